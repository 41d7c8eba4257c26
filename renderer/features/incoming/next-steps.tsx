import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { WatchedDelivery, WatchedStep } from '#shared/domain/watched-delivery.ts';
import { formatTime } from '../../i18n/format.ts';
import { formatStamp } from '../document/format-stamp.ts';
import styles from './next-steps.module.css';

interface NextStepsProps {
  /** Null while the exchange has said nothing of it. */
  readonly watch: WatchedDelivery | null;
  readonly expressAt: string | null;
  readonly now: number;
}

interface Point {
  readonly at: string;
  readonly state: 'done' | 'to-come' | 'end';
  readonly words: string;
  readonly detail: string;
}

/** "Nếu chưa ai mở": what was done and what comes, from left to right, with a mark for now. */
export function NextSteps({ watch, expressAt, now }: NextStepsProps) {
  const { t } = useTranslation();
  if (watch === null) {
    return (
      <div className={styles.steps}>
        <p className={styles.head}>
          <b>{t('incoming.express.ifNobody')}</b>
        </p>
        <p className={styles.calm}>{t('incoming.express.notReached')}</p>
      </div>
    );
  }
  const end: readonly Point[] =
    expressAt === null ? [] : [{ at: expressAt, state: 'end', words: t('incoming.express.late'), detail: '' }];
  // Reminders of a deadline go on after it was opened: they are no part of this.
  const opening = watch.steps.filter(({ kind }) => kind === 'opening');
  const points = [...opening.map((step) => pointOf(t, step)), ...end];
  if (points.length === 0) return null;
  return (
    <div className={styles.steps}>
      <p className={styles.head}>
        <b>{t('incoming.express.ifNobody')}</b>
        <span>{t('incoming.express.stops')}</span>
      </p>
      <div className={styles.scroll}>
        <ol
          className={styles.rail}
          aria-label={t('incoming.express.ifNobody')}
          style={{ ['--points' as string]: points.length }}
        >
          <li
            className={styles.now}
            data-testid="now"
            style={{ insetInlineStart: `${(placeOfNow(points, now) * 100) / points.length}%` }}
          >
            <span className="visually-hidden">{t('incoming.express.now')} </span>
            {formatTime(new Date(now).toISOString())}
          </li>
          {points.map((point, index) => (
            <li key={`${point.at} ${index}`} data-state={point.state}>
              <time dateTime={point.at}>{formatStamp(point.at, now)}</time>
              <span>{point.words}</span>
              <span>{point.detail}</span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function pointOf(t: TFunction, step: WatchedStep): Point {
  const at = step.doneAt ?? step.at;
  const state = step.doneAt === null ? 'to-come' : 'done';
  if (step.target === 'sender-call')
    return { at, state, words: t('incoming.express.senderCalls'), detail: step.person };
  const who = [step.person, step.title].filter((part) => part !== '').join(', ');
  const [notice] = step.notices;
  if (notice === undefined || state === 'to-come') {
    return {
      at,
      state,
      words: t('incoming.express.willTell'),
      detail: who || t(`outgoing.watch.targets.${step.target}`),
    };
  }
  const told = `${t(`outgoing.watch.channels.${notice.channel}`)} ${who}`;
  const result = t(`outgoing.watch.notices.${notice.state}`);
  return { at, state, words: told, detail: notice.at === null ? result : `${result} ${formatTime(notice.at)}` };
}

/** How many points along the rail now is; between two of them in proportion to the time. */
function placeOfNow(points: readonly Point[], now: number): number {
  const next = points.findIndex(({ at }) => Date.parse(at) > now);
  if (next === 0) return 0;
  if (next === -1) return points.length - 1;
  const before = Date.parse(points[next - 1]?.at ?? '');
  const after = Date.parse(points[next]?.at ?? '');
  return next - 1 + (now - before) / (after - before);
}
