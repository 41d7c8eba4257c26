import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person, Unit } from '#shared/contract/people.ts';
import { roles, type Role } from '#shared/domain/roles.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { CheckBox } from '../../components/check-box.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { PositionField } from './position-field.tsx';
import { isPosition } from './position.ts';
import styles from './settings.module.css';

interface PersonDialogProps {
  /** Null for one that is still to be added. */
  readonly person: Person | null;
  readonly units: readonly Unit[];
  readonly onClose: () => void;
}

/** Name, position, unit and duties of a person. Her account is asked for first, so that saving never drops it. */
export function PersonDialog(props: PersonDialogProps) {
  const accounts = useCall('people.accounts', {}, { enabled: props.person !== null });
  const { t } = useTranslation();
  if (props.person !== null && accounts.error !== null) {
    return (
      <Dialog title={t('people.personTitle.edit')} onClose={props.onClose}>
        <ErrorNote failure={accounts.error} onRetry={() => void accounts.refetch()} />
      </Dialog>
    );
  }
  if (props.person !== null && accounts.data === undefined) return null;
  const account = accounts.data?.accounts.find(({ personId }) => personId === props.person?.id)?.windowsAccount ?? '';
  return <PersonForm {...props} account={account} />;
}

function PersonForm({ person, units, onClose, account }: PersonDialogProps & { readonly account: string }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const save = useCommand('people.savePerson');
  const [name, setName] = useState(person?.name ?? '');
  const [title, setTitle] = useState(person?.title ?? '');
  const [unitId, setUnitId] = useState(person?.unitId ?? '');
  const [held, setHeld] = useState<readonly Role[]>(person?.roles ?? ['officer']);
  const [position, setPosition] = useState(String(person?.position ?? 0));
  const [windowsAccount, setWindowsAccount] = useState(account);

  const run = async (): Promise<void> => {
    const outcome = await save.run({
      personId: person?.id ?? null,
      name,
      title,
      unitId: unitId === '' ? null : unitId,
      roles: [...held],
      position: Number(position),
      windowsAccount,
    });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('people.saved', { name }) });
    onClose();
  };

  return (
    <Dialog
      title={t(`people.personTitle.${person === null ? 'add' : person.active ? 'edit' : 'back'}`)}
      width="wide"
      action={{
        label: t('people.save'),
        run: () => void run(),
        busy: save.busy,
        disabled: name.trim() === '' || !isPosition(position),
      }}
      onClose={onClose}
    >
      <TextField label={t('people.name')} value={name} onChange={setName} maxLength={200} required autoFocus />
      <TextField label={t('people.personOfficeTitle')} value={title} onChange={setTitle} maxLength={200} />
      <Select
        label={t('people.unit')}
        value={unitId}
        onChange={setUnitId}
        options={[
          { value: '', label: t('people.noUnit') },
          ...units
            .filter(({ active, id }) => active || id === unitId)
            .map((unit) => ({ value: unit.id, label: unit.name })),
        ]}
      />
      <div className={styles.roles} role="group" aria-label={t('people.roles')}>
        {roles.map((role) => (
          <CheckBox
            key={role}
            label={t(`people.roleHelp.${role}`)}
            checked={held.includes(role)}
            onChange={(checked) => setHeld(checked ? [...held, role] : held.filter((each) => each !== role))}
          />
        ))}
      </div>
      <TextField
        label={t('people.account')}
        help={t('people.accountHelp')}
        value={windowsAccount}
        onChange={setWindowsAccount}
        maxLength={120}
      />
      <PositionField value={position} onChange={setPosition} />
      {save.failure === null ? null : <ErrorNote failure={save.failure} />}
    </Dialog>
  );
}
