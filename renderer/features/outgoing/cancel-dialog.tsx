import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { useNotify } from '../../components/notices.tsx';
import { ReasonDialog } from '../forms/reason-dialog.tsx';

interface CancelDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

/** Asks why a number is cancelled: the book keeps it, with the reason. */
export function CancelDialog({ detail, onClose }: CancelDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const code = detail.codeText;
  return (
    <ReasonDialog
      command="outgoing.cancel"
      form="cancel"
      target={detail}
      title={t('outgoing.cancel.title', { code })}
      consequence={t('outgoing.cancel.text', { code })}
      action={{ label: t('outgoing.cancel.confirm', { code }), danger: true }}
      closeLabel={t('outgoing.cancel.keep')}
      reason={{ label: t('outgoing.cancel.reason'), maxLength: 200 }}
      onDone={() => notify({ tone: 'warn', text: t('outgoing.pane.toast.cancelled', { code }) })}
      onClose={onClose}
    />
  );
}
