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
  const { t } = useTranslation();
  const sync = useCall('office.overview', {}).data?.sync;
  const retry = useCommand('outgoing.retrySending');
  const { sending } = detail;
  if (detail.state !== 'queued' || sending.state === 'none' || sending.state === 'done') return null;

  const again = (): void => void retry.run({ id: detail.id, revision: detail.revision });
  if (retry.failure !== null) return <ErrorNote failure={retry.failure} onRetry={again} busy={retry.busy} />;
  if (sending.state === 'blocked') {
    return <ErrorNote failure={{ code: sending.errorCode ?? 'UNEXPECTED' }} onRetry={again} busy={retry.busy} />;
  }
  const button = (
    <Button busy={retry.busy} onClick={again}>
      {t('outgoing.pane.actions.retry')}
    </Button>
  );
  if (sync?.state === 'pushing') {
    return <Note tone="plain" icon="send" title={t('outgoing.queue.sending')} />;
  }
  if (sync?.state === 'not-enrolled') {
    return (
      <Note tone="plain" icon="offline" title={t('outgoing.send.notEnrolledTitle')}>
        {t('outgoing.queue.notEnrolled')}
      </Note>
    );
  }
  if (sync?.state === 'offline') {
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
