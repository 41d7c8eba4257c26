import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { formatTime } from '../../i18n/format.ts';
import { Note } from '../document/note.tsx';

/** How the sending of a queued document stands, calmly: it goes by itself, or says what stopped it. */
export function QueueLine({ detail }: { readonly detail: OutgoingDetail }) {
  const retry = useCommand('outgoing.retrySending');
  const { sending } = detail;
  if (detail.state !== 'queued') return null;

  const again = (): void => void retry.run({ id: detail.id, revision: detail.revision });
  switch (sending.state) {
    case 'none':
    case 'done':
      return null;
    case 'blocked': {
      const failure = retry.failure ?? { code: sending.errorCode ?? 'UNEXPECTED' };
      return <ErrorNote failure={failure} onRetry={again} busy={retry.busy} />;
    }
    case 'waiting':
      if (retry.failure !== null) return <ErrorNote failure={retry.failure} onRetry={again} busy={retry.busy} />;
      return <WaitingLine sending={sending} busy={retry.busy} onRetry={again} />;
  }
}

interface WaitingLineProps {
  readonly sending: OutgoingDetail['sending'];
  readonly busy: boolean;
  readonly onRetry: () => void;
}

function WaitingLine({ sending, busy, onRetry }: WaitingLineProps) {
  const { t } = useTranslation();
  const line = useCall('exchange.line', {}).data;
  const button = (
    <Button busy={busy} onClick={onRetry}>
      {t('outgoing.pane.actions.retry')}
    </Button>
  );
  if (line?.state === 'pushing') {
    return <Note tone="plain" icon="send" title={t('outgoing.queue.sending')} />;
  }
  if (line?.state === 'not-enrolled') {
    return (
      <Note tone="plain" icon="offline" title={t('outgoing.send.notEnrolledTitle')}>
        {t('outgoing.queue.notEnrolled')}
      </Note>
    );
  }
  if (line?.state === 'offline') {
    return (
      <Note tone="plain" icon="offline" title={t('outgoing.queue.waitingOfflineTitle')} action={button}>
        {t('outgoing.queue.waitingOffline')}
      </Note>
    );
  }
  if (sending.attempts > 0 && sending.nextAttemptAt !== null) {
    const words = { count: sending.attempts, time: formatTime(sending.nextAttemptAt) };
    return <Note tone="plain" icon="clock" title={t('outgoing.queue.waitingUntil', words)} action={button} />;
  }
  return <Note tone="plain" icon="clock" title={t('outgoing.queue.waiting')} />;
}
