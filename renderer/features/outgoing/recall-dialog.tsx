import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { isRecalled } from '#shared/domain/recall.ts';
import { useNotify } from '../../components/notices.tsx';
import { ReasonDialog } from '../forms/reason-dialog.tsx';

interface RecallDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

/** Whether a letter can be asked back: it left, somebody may have it, and nobody asked before. */
export function mayRecall({ state, recipients, history }: OutgoingDetail): boolean {
  const has = recipients.total - recipients.blocked - recipients.refused;
  return state === 'sent' && has > 0 && !isRecalled(history);
}

/** Asks why a letter is recalled: everybody who has it is told. */
export function RecallDialog({ detail, onClose }: RecallDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const code = detail.codeText;
  return (
    <ReasonDialog
      command="outgoing.recall"
      form="recall"
      target={detail}
      title={t('outgoing.recall.title', { code })}
      consequence={t('outgoing.recall.text')}
      action={{ label: t('outgoing.recall.confirm', { code }), danger: true }}
      reason={{ label: t('outgoing.recall.reason'), maxLength: 500 }}
      onDone={() => notify({ tone: 'warn', text: t('outgoing.recall.done', { code }) })}
      onClose={onClose}
    />
  );
}
