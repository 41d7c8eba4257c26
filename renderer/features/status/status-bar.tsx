import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Book } from '#shared/contract/books.ts';
import type { SyncStatus } from '#shared/contract/exchange.ts';
import { directions } from '#shared/domain/direction.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Icon } from '../../components/icon.tsx';
import { ariaShortcut, shortcutLabel } from '../../components/shortcuts.ts';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { formatNumber, formatWhen } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { currentBook } from '../books/current-book.ts';
import { useNavigation } from '../navigation/navigation.tsx';
import styles from './status-bar.module.css';

/** Connection, last exchange, what still has to leave, and how far the books have got. */
export function StatusBar({ onKeys }: { readonly onKeys: () => void }) {
  const { t } = useTranslation();
  const line = useCall('exchange.line', {}).data;
  const counts = useCall('office.counts', {}).data;
  const books = useCall('books.list', {}).data;
  const identity = useCall('office.identity', {}).data;
  const syncNow = useCommand('exchange.syncNow');
  const canSync = identity?.enrolled === true;
  const ask = () => void syncNow.run({});
  useShortcut('F5', ask, canSync);
  return (
    <footer className={styles.bar} aria-label={t('status.label')}>
      {line && counts && books ? (
        <>
          <Connection sync={line} />
          <Queue sync={line} />
          <BackupWarning />
          {counts.setAside > 0 ? <SetAside count={counts.setAside} /> : null}
          {canSync ? (
            <button
              type="button"
              className={styles.sync}
              onClick={ask}
              title={`${t('status.syncNow')} (${shortcutLabel('F5')})`}
              aria-label={t('status.syncNow')}
              aria-keyshortcuts={ariaShortcut('F5')}
            >
              <Icon name="refresh" size={13} />
            </button>
          ) : null}
          <span className={styles.space} />
          <LastNumbers books={books.books} />
        </>
      ) : null}
      <button type="button" className={styles.keys} onClick={onKeys} aria-keyshortcuts={ariaShortcut('F1')}>
        {t('frame.keys.title')} ({shortcutLabel('F1')})
      </button>
    </footer>
  );
}

/** How far this year's books have got. */
function LastNumbers({ books }: { readonly books: readonly Book[] }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  return directions.map((direction) => {
    const book = currentBook(books, direction, now);
    if (book === null) return null;
    const words = { year: book.year, number: formatNumber(book.last, i18n.language) };
    return (
      <span key={direction} className={styles.book}>
        {t(direction === 'incoming' ? 'status.incomingBook' : 'status.outgoingBook', words)}
      </span>
    );
  });
}

/** Backups are overdue, while there is still something to back up. */
function BackupWarning() {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const state = useCall('backup.state', {}).data;
  if (state === undefined || !state.overdue) return null;
  return (
    <button type="button" className={styles.aside} onClick={() => go({ screen: 'settings', section: 'backup' })}>
      <Icon name="warning" size={13} /> {t('status.backupOverdue')}
    </button>
  );
}

/** Messages that came and could not be taken in must not be known to the log alone. */
function SetAside({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  return (
    <button type="button" className={styles.aside} onClick={() => go({ screen: 'settings', section: 'server' })}>
      <Icon name="warning" size={13} /> {t('status.setAside', { count })}
    </button>
  );
}

function Connection({ sync }: { readonly sync: SyncStatus }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <span role="status" className={styles.connection} data-state={tone(sync)} title={connectionText(t, sync, now)}>
      <i aria-hidden="true" className={styles.dot} />
      {connectionText(t, sync, now)}
    </span>
  );
}

function tone(sync: SyncStatus): 'good' | 'off' | 'bad' {
  if (sync.state === 'blocked') return 'bad';
  return ['idle', 'pulling', 'applying', 'pushing'].includes(sync.state) ? 'good' : 'off';
}

function connectionText(t: TFunction, sync: SyncStatus, now: number): string {
  switch (sync.state) {
    case 'not-enrolled':
      return t('status.notEnrolled');
    case 'offline':
      return sync.offlineSince === null
        ? t('status.offline')
        : t('status.offlineSince', { time: formatWhen(t, sync.offlineSince, now) });
    case 'pulling':
    case 'applying':
      return t('status.receiving');
    case 'pushing':
      return t('status.sending');
    case 'waiting':
      return sync.retryAt === null
        ? t('status.offline')
        : t('status.waiting', { time: formatWhen(t, sync.retryAt, now) });
    case 'blocked':
      return describeError(t, { code: sync.reason ?? 'UNEXPECTED' }).what;
    case 'idle':
      return sync.lastExchangeAt === null
        ? t('status.connected')
        : t('status.connectedAt', { time: formatWhen(t, sync.lastExchangeAt, now) });
  }
}

function Queue({ sync }: { readonly sync: SyncStatus }) {
  const { t } = useTranslation();
  const { waitingDocuments, waitingStatuses } = sync;
  if (waitingDocuments + waitingStatuses === 0) return null;
  const cut = sync.state === 'offline' || sync.state === 'waiting';
  const what =
    waitingDocuments > 0
      ? t('status.documentsWaiting', { count: waitingDocuments })
      : t('status.statusesWaiting', { count: waitingStatuses });
  return (
    <span role="status" className={styles.queue}>
      {cut ? t('status.willSend', { what }) : what}
    </span>
  );
}
