import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { useNotify } from '../../components/notices.tsx';
import { ReasonDialog } from '../forms/reason-dialog.tsx';

interface DiscardDialogProps {
  readonly detail: IncomingDetail;
  readonly onClose: () => void;
}

/** Puts away what was taken in by mistake: it has no sender who would hear of it. */
export function DiscardDialog({ detail, onClose }: DiscardDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  return (
    <ReasonDialog
      command="incoming.discard"
      form="discard"
      target={detail}
      title={t('incoming.takeIn.discardTitle', { name: detail.codeText || detail.abstract })}
      consequence={t('incoming.takeIn.discardText')}
      action={{ label: t('incoming.takeIn.discardAction'), danger: true }}
      reason={{ label: t('incoming.takeIn.discardReason'), maxLength: 200 }}
      onDone={() => notify({ text: t('incoming.takeIn.discarded') })}
      onClose={onClose}
    />
  );
}
