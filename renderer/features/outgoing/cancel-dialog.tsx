import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextArea } from '../../components/text-field.tsx';

interface CancelDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

/** Asks why a number is cancelled: the book keeps it, with the reason. */
export function CancelDialog({ detail, onClose }: CancelDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const cancel = useCommand('outgoing.cancel');
  const [reason, setReason] = useState('');
  const code = detail.codeText;

  const run = async (): Promise<void> => {
    const outcome = await cancel.run({ id: detail.id, revision: detail.revision, reason });
    if (!outcome.ok) return;
    notify({ tone: 'warn', text: t('outgoing.pane.toast.cancelled', { code }) });
    onClose();
  };

  return (
    <Dialog
      title={t('outgoing.cancel.title', { code })}
      consequence={t('outgoing.cancel.text', { code })}
      action={{
        label: t('outgoing.cancel.confirm', { code }),
        run: () => void run(),
        busy: cancel.busy,
        disabled: reason.trim() === '',
        danger: true,
      }}
      closeLabel={t('outgoing.cancel.keep')}
      onClose={onClose}
    >
      <TextArea
        label={t('outgoing.cancel.reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={200}
        required
        autoFocus
      />
      {cancel.failure !== null && <ErrorNote failure={cancel.failure} />}
    </Dialog>
  );
}
