import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PIN, MIN_PIN } from '#shared/domain/pin.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import { isComplete, NewPinFields, noPin } from './new-pin-fields.tsx';

/** Her own PIN, by one who knows the present one. */
export function ChangePinDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const change = useCommand('session.changePin');
  const [present, setPresent] = useState('');
  const [fresh, setFresh] = useState(noPin);
  const isPin = /^\d+$/u.test(present) && present.length >= MIN_PIN;
  const run = async (): Promise<void> => {
    const outcome = await change.run({ pin: present, newPin: fresh.pin });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('session.pinChanged') });
    onClose();
  };
  return (
    <Dialog
      title={t('session.changePinTitle')}
      consequence={t('session.changePinText')}
      action={{
        label: t('session.changePinAction'),
        run: () => void run(),
        busy: change.busy,
        disabled: !isPin || !isComplete(fresh),
      }}
      onClose={onClose}
    >
      <TextField
        label={t('session.pinNow')}
        type="password"
        value={present}
        onChange={setPresent}
        maxLength={MAX_PIN}
        autoFocus
      />
      <NewPinFields value={fresh} onChange={setFresh} />
      {change.failure === null ? null : <ErrorNote failure={change.failure} />}
    </Dialog>
  );
}
