import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#shared/contract/people.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { isComplete, NewPinFields, noPin } from '../session/new-pin-fields.tsx';

/** Sets a PIN for a person. */
export function PinDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const save = useCommand('people.setPin');
  const [fresh, setFresh] = useState(noPin);
  const run = async (): Promise<void> => {
    const outcome = await save.run({ personId: person.id, pin: fresh.pin });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('people.pinSaved', { name: person.name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('people.pinTitle', { name: person.name })}
      consequence={t('people.pinText')}
      action={{ label: t('people.pinSave'), run: () => void run(), busy: save.busy, disabled: !isComplete(fresh) }}
      onClose={onClose}
    >
      <NewPinFields value={fresh} onChange={setFresh} autoFocus />
      {save.failure === null ? null : <ErrorNote failure={save.failure} />}
    </Dialog>
  );
}
