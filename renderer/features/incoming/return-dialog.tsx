import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { Button } from '../../components/button.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ReasonDialog } from '../forms/reason-dialog.tsx';
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
  return (
    <ReasonDialog
      command="incoming.return"
      form="return"
      target={detail}
      title={t('incoming.return.title', { code: detail.codeText })}
      consequence={t('incoming.return.text', { sender })}
      action={{ label: t('incoming.return.action'), danger: true }}
      reason={{ label: t('incoming.return.reason'), hint: t('incoming.return.reasonHint'), maxLength: 200 }}
      under={(choose) => (
        <div className={styles.reasons}>
          {reasons.map((each) => (
            <Button key={each} onClick={() => choose(t(`incoming.return.reasons.${each}`))}>
              {t(`incoming.return.reasons.${each}`)}
            </Button>
          ))}
        </div>
      )}
      onDone={() => notify({ text: t('incoming.pane.toast.returned', { sender }) })}
      onClose={onClose}
    />
  );
}
