import { useTranslation } from 'react-i18next';
import type { Direction } from '#shared/domain/direction.ts';
import type { HistoryEntry } from '#shared/domain/history.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { describeAction, isWarning, nameActor } from './describe-action.ts';
import styles from './history-list.module.css';

interface HistoryListProps {
  readonly direction: Direction;
  readonly history: readonly HistoryEntry[];
}

/** Who did what and when, newest first. */
export function HistoryList({ direction, history }: HistoryListProps) {
  const { t } = useTranslation();
  if (history.length === 0) return <EmptyState icon="clock" title={t('document.history.empty')} />;
  return (
    <ol className={styles.list} aria-label={t('document.history.label')}>
      {history
        .toSorted((one, other) => other.at.localeCompare(one.at))
        .map((entry, index) => (
          <li key={`${entry.at}/${entry.action}/${index}`} data-warning={isWarning(entry) || undefined}>
            <time dateTime={entry.at}>{formatDateTime(entry.at)}</time>
            <span>
              <b>{describeAction(t, direction, entry)}</b>
              <small>{nameActor(t, entry)}</small>
            </span>
          </li>
        ))}
    </ol>
  );
}
