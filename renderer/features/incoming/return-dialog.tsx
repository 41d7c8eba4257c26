import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextArea } from '../../components/text-field.tsx';
import styles from './return-dialog.module.css';

interface ReturnDialogProps {
  readonly detail: IncomingDetail;
  /** Name of the agency that it goes back to. */
  readonly sender: string;
  readonly onClose: () => void;
}

const reasons = ['wrong', 'incomplete', 'signature', 'unreadable'] as const;

/** Sends a document back with a reason that the sender reads. */
export function ReturnDialog({ detail, sender, onClose }: ReturnDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const giveBack = useCommand('incoming.return');
  const [reason, setReason] = useState('');

  const run = async (): Promise<void> => {
    const outcome = await giveBack.run({ id: detail.id, revision: detail.revision, reason });
    if (!outcome.ok) return;
    notify({ text: t('incoming.pane.toast.returned', { sender }) });
    onClose();
  };

  return (
    <Dialog
      title={t('incoming.return.title', { code: detail.codeText })}
      consequence={t('incoming.return.text', { sender })}
      action={{
        label: t('incoming.return.action'),
        run: () => void run(),
        busy: giveBack.busy,
        disabled: reason.trim() === '',
        danger: true,
      }}
      onClose={onClose}
    >
      <TextArea
        label={t('incoming.return.reason')}
        hint={t('incoming.return.reasonHint')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={200}
        required
        autoFocus
      />
      <div className={styles.reasons}>
        {reasons.map((each) => (
          <Button key={each} onClick={() => setReason(t(`incoming.return.reasons.${each}`))}>
            {t(`incoming.return.reasons.${each}`)}
          </Button>
        ))}
      </div>
      {giveBack.failure !== null && <ErrorNote failure={giveBack.failure} />}
    </Dialog>
  );
}
