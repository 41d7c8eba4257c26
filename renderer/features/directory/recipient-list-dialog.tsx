import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency, RecipientList } from '#shared/contract/directory.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import { AgencyChips } from '../outgoing/agency-chips.tsx';
import { GoneMembers } from '../outgoing/gone-members.tsx';
import { withGroup } from '../outgoing/recipient-chips.ts';
import { RecipientSearch } from '../outgoing/recipient-search.tsx';

interface RecipientListDialogProps {
  /** Null for one that is still to be made. */
  readonly list: RecipientList | null;
  /** Whom it begins with. */
  readonly members: RecipientList['members'];
  readonly onClose: () => void;
}

/** Name and members of a list of the office's own, which letters offer beside the directory's groups. */
export function RecipientListDialog({ list, members, onClose }: RecipientListDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const save = useCommand('directory.saveList');
  const drop = useCommand('directory.removeList');
  const [name, setName] = useState(list?.name ?? '');
  const [agencies, setAgencies] = useState<readonly DirectoryAgency[]>(() =>
    members.map(({ code, name: agencyName }) => ({ code, name: agencyName, parentName: null, group: null })),
  );
  const gone = members.filter((member) => member.gone && agencies.some(({ code }) => code === member.code));
  const busy = save.busy || drop.busy;
  const failure = save.failure ?? drop.failure;

  const keep = async (): Promise<void> => {
    const outcome = await save.run({ listId: list?.id ?? null, name, codes: agencies.map(({ code }) => code) });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('directory.lists.kept', { name, count: agencies.length }) });
    onClose();
  };
  const remove = async (listId: string): Promise<void> => {
    const outcome = await drop.run({ listId });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('directory.lists.removed', { name: outcome.value.name }) });
    onClose();
  };

  return (
    <Dialog
      title={t(list === null ? 'directory.lists.addTitle' : 'directory.lists.editTitle')}
      consequence={t('directory.lists.text')}
      width="wide"
      action={{
        label: t('directory.lists.keep'),
        run: () => void keep(),
        busy,
        disabled: name.trim() === '' || agencies.length === 0,
      }}
      onClose={onClose}
    >
      <TextField label={t('directory.lists.name')} value={name} onChange={setName} maxLength={200} required autoFocus />
      {agencies.length === 0 ? null : (
        <AgencyChips label={t('directory.lists.members')} agencies={agencies} onChange={setAgencies} />
      )}
      <GoneMembers group={{ name, gone }} />
      <RecipientSearch
        chosen={new Set(agencies.map(({ code }) => code))}
        onAdd={(agency) => setAgencies([...agencies, agency])}
        onAddGroup={(group) => setAgencies(withGroup(agencies, group))}
      />
      {list === null ? null : (
        <div>
          <Button variant="quiet" disabled={busy} onClick={() => void remove(list.id)}>
            {t('directory.lists.remove')}
          </Button>
        </div>
      )}
      {failure === null ? null : <ErrorNote failure={failure} />}
    </Dialog>
  );
}
