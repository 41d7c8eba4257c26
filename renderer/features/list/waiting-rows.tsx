import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingRow } from '#shared/contract/outgoing.ts';
import { isExpress } from '#shared/domain/urgency.ts';
import { useCall } from '../../api/use-call.ts';
import { classNames } from '../../components/class-names.ts';
import { Icon } from '../../components/icon.tsx';
import { Tag } from '../../components/tag.tsx';
import { formatRemaining, formatTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { HiddenText } from '../access/hidden-text.tsx';
import { LimitedTag } from '../access/limited-tag.tsx';
import { formatStamp } from '../document/format-stamp.ts';
import { UrgencyTag } from './urgency-tags.tsx';
import styles from './waiting-rows.module.css';

interface WaitingTagsProps {
  readonly row: OutgoingRow;
  /** In a column of a table, where there is no room for the bar. */
  readonly brief: boolean;
}

/** Urgency, and how much time there is until somebody must do something. */
export function WaitingTags({ row, brief }: WaitingTagsProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { watch, expressAt } = row;
  return (
    <>
      {expressAt === null ? (
        <UrgencyTag urgency={row.urgency} brief={brief} />
      ) : (
        <Tag tone="urgent" icon="clock">
          {t(`common.urgency.${brief ? 'express' : row.urgency}`)} {formatStamp(expressAt, now)}
        </Tag>
      )}
      {row.hidden ? null : <LimitedTag document={row} />}
      {brief && watch !== null ? <Tag>{t('list.openedOf', watch)}</Tag> : null}
      {brief && watch !== null && watch.calls > 0 ? (
        <Tag tone="urgent" icon="phone">
          {t('list.calls', { count: watch.calls })}
        </Tag>
      ) : null}
      {brief && watch !== null && watch.extensions > 0 ? (
        <Tag tone="warn" icon="clock">
          {t('list.extensions', { count: watch.extensions })}
        </Tag>
      ) : null}
      {brief ? null : (
        <span className={classNames(styles.left, isHurried(row, now) && styles.hurried)}>{timeLeft(t, row, now)}</span>
      )}
    </>
  );
}

/** Less than an hour, or past. */
const HURRIED_MS = 3_600_000;

/** Everybody has opened it; it keeps its place until the list is asked for anew. */
const isOver = ({ watch }: OutgoingRow): boolean => watch !== null && watch.opened === watch.total;

function isHurried(row: OutgoingRow, now: number): boolean {
  const { expressAt, urgency } = row;
  return !isOver(row) && isExpress(urgency) && expressAt !== null && Date.parse(expressAt) - now < HURRIED_MS;
}

function timeLeft(t: TFunction, row: OutgoingRow, now: number): string {
  const { expressAt, dueAt, watch } = row;
  if (isOver(row)) return '';
  if (expressAt !== null) return formatRemaining(t, expressAt, now);
  const callFrom = watch?.callFrom ?? null;
  if (callFrom !== null) return t('list.callFrom', { time: formatStamp(callFrom, now) });
  return dueAt === null ? '' : t('list.before', { time: formatStamp(dueAt, now) });
}

/** "13/18 đã mở", a bar of it, and what is left. The words say all that the bar shows. */
export function OpenedBar({ row }: { readonly row: OutgoingRow }) {
  const { t } = useTranslation();
  const { watch } = row;
  if (watch === null) return null;
  const { total, opened, calls, extensions } = watch;
  const share = (part: number): string => `${(100 * part) / Math.max(1, total)}%`;
  return (
    <div className={styles.opened}>
      <span className={styles.words}>{t('list.openedOf', { opened, total })}</span>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.part} style={{ width: share(opened) }} />
        <span className={styles.callPart} style={{ width: share(calls) }} />
      </span>
      {extensions > 0 ? <b className={styles.asking}>{t('list.extensions', { count: extensions })}</b> : null}
      {calls > 0 ? (
        <b className={styles.calls}>{t('list.calls', { count: calls })}</b>
      ) : extensions > 0 ? null : (
        <span className={styles.rest}>{t('list.left', { count: total - opened })}</span>
      )}
    </div>
  );
}

interface OpenedTodayProps {
  readonly selectedId: string | null;
  readonly onOpen: (id: string) => void;
}

/** Letters that all recipients have opened, in one line that opens. */
export function OpenedToday({ selectedId, onOpen }: OpenedTodayProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const rows = useCall('outgoing.openedToday', {}).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <div className={styles.today}>
      <button type="button" className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} size={13} />
        <span>{t('list.openedToday')}</span>
        <span className={styles.count}>{t('list.documents', { count: rows.length })}</span>
      </button>
      {open ? (
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={styles.done}
                aria-current={row.id === selectedId || undefined}
                onClick={() => onOpen(row.id)}
              >
                <b>{row.codeText}</b>
                <span className={styles.abstract}>{row.hidden ? <HiddenText /> : row.abstract}</span>
                {row.sentAt === null ? null : <time dateTime={row.sentAt}>{formatTime(row.sentAt)}</time>}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
