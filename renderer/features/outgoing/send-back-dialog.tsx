import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { useNotify } from '../../components/notices.tsx';
import { ReasonDialog } from '../forms/reason-dialog.tsx';

interface SendBackDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

/** Asks why a letter goes back: whoever drafted it reads it above the draft. */
export function SendBackDialog({ detail, onClose }: SendBackDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const code = detail.codeText;
  return (
    <ReasonDialog
      command="outgoing.sendBack"
      form="send-back"
      target={detail}
      title={t('outgoing.sendBack.title')}
      consequence={t(detail.numbered ? 'outgoing.sendBack.textNumbered' : 'outgoing.sendBack.text', { code })}
      action={{ label: t('outgoing.sendBack.confirm') }}
      reason={{ label: t('outgoing.sendBack.reason'), rows: 3, maxLength: 500 }}
      onDone={() => notify({ tone: 'warn', text: t('outgoing.sendBack.done') })}
      onClose={onClose}
    />
  );
}
