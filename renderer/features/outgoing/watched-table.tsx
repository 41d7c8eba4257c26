import { Fragment, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import { nextStep, seenAt, type WatchedStep, type WatchState } from '#shared/domain/watched-delivery.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Tag, type Tone } from '../../components/tag.tsx';
import { formatTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { asksExtension, callsOf, stateOf, timesTold, type Watched } from './watched.ts';
import styles from './watched-table.module.css';

/** Who needs a look first. */
const order: readonly WatchState[] = ['call', 'no-contact', 'reminding', 'waiting', 'returned', 'opened'];

const toneOf: Readonly<Record<WatchState, Tone>> = {
  call: 'urgent',
  'no-contact': 'plain',
  reminding: 'warn',
  waiting: 'plain',
  returned: 'warn',
  opened: 'good',
};
const iconOf: Readonly<Partial<Record<WatchState, IconName>>> = { call: 'phone', 'no-contact': 'offline' };

/** What the recipient itself has reported says less than these. */
const needsWord: readonly WatchState[] = ['call', 'no-contact', 'reminding'];

const isOpen = (state: WatchState): boolean => state !== 'opened' && state !== 'returned';

function useStates(detail: OutgoingDetail): readonly (readonly [Watched, WatchState])[] {
  const now = useNow();
  return detail.watched.map((watched) => [watched, stateOf(watched, now)] as const);
}

/** "13 đã mở · 3 đang nhắc · 2 cần gọi", and the way to remind all who have not opened. */
export function WatchFigures({ detail }: { readonly detail: OutgoingDetail }) {
  const { t } = useTranslation();
  const states = useStates(detail);
  if (states.length === 0) return null;
  const toCall = new Set(callsOf(detail).map(({ delivery }) => delivery.recipient));
  // One that is to be called is counted there alone.
  const count = (state: WatchState): number =>
    states.filter(([{ delivery }, each]) => each === state && !toCall.has(delivery.recipient)).length;
  const figures = [
    { id: 'opened', value: count('opened'), always: true, bad: false },
    { id: 'reminding', value: count('reminding'), always: false, bad: false },
    { id: 'noContact', value: count('no-contact'), always: false, bad: false },
    { id: 'extensions', value: detail.watched.filter(asksExtension).length, always: false, bad: true },
    { id: 'calls', value: toCall.size, always: false, bad: true },
  ] as const;
  return (
    <>
      {figures
        .filter(({ always, value }) => always || value > 0)
        .map(({ id, value, bad }) => (
          <div key={id} data-bad={bad || undefined} data-testid={`figure-${id}`}>
            <dd>{value}</dd>
            <dt>{t(`outgoing.watch.${id}`)}</dt>
          </div>
        ))}
      <RemindAll
        id={detail.id}
        recipients={states.filter(([, state]) => isOpen(state)).map(([{ delivery }]) => delivery.recipient)}
      />
    </>
  );
}

/** The officers on duty of these recipients are told once more, now. */
function RemindAll({ id, recipients }: { readonly id: string; readonly recipients: readonly string[] }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const remind = useCommand('outgoing.remind');
  if (recipients.length === 0) return null;
  const run = async (): Promise<void> => {
    const done = await remind.run({ id, recipients: [...recipients] });
    if (!done.ok) return;
    const { reminded } = done.value;
    notify({
      tone: 'good',
      text: reminded === 0 ? t('outgoing.watch.nobodyLeft') : t('outgoing.watch.reminded', { count: reminded }),
    });
  };
  return (
    <div className={styles.remind}>
      <Button variant="quiet" busy={remind.busy} onClick={() => void run()}>
        {t('outgoing.watch.remind', { count: recipients.length })}
      </Button>
      {remind.failure === null ? null : <ErrorNote failure={remind.failure} />}
    </div>
  );
}

interface WatchedTableProps {
  readonly detail: OutgoingDetail;
  readonly stateOf: (delivery: Delivery) => ReactNode;
}

/** Each recipient: whether and when a person opened it, and what was done about it. A row opens into the whole chain. */
export function WatchedTable({ detail, stateOf: plainState }: WatchedTableProps) {
  const { t } = useTranslation();
  const now = useNow();
  const states = new Map(useStates(detail).map((each) => [each[0].delivery.recipient, each]));
  // As they stood when the letter was opened: who opens it meanwhile changes in place.
  const [places] = useState(
    () => new Map([...states].map(([recipient, [, state]]) => [recipient, order.indexOf(state)])),
  );
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const toggle = (code: string): void =>
    setShown((old) => (old.has(code) ? new Set([...old].filter((each) => each !== code)) : new Set([...old, code])));
  const place = ({ agencyCode }: Delivery): number => places.get(agencyCode) ?? order.length;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t('outgoing.deliveries.table')}</caption>
      <colgroup>
        <col />
        <col className={styles.openedColumn} />
        <col className={styles.stateColumn} />
        <col className={styles.chainColumn} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('outgoing.deliveries.agency')}</th>
          <th scope="col">{t('outgoing.watch.openedAt')}</th>
          <th scope="col">{t('outgoing.deliveries.state')}</th>
          <th scope="col">{t('outgoing.watch.chain')}</th>
        </tr>
      </thead>
      <tbody>
        {detail.deliveries
          .toSorted((a, b) => place(a) - place(b))
          .map((row) => {
            const [watched, state] = states.get(row.agencyCode) ?? [null, null];
            const isShown = watched !== null && shown.has(row.agencyCode);
            const seen = watched === null ? row.openedAt : seenAt(watched.delivery);
            return (
              <Fragment key={row.agencyCode}>
                <tr data-shown={isShown || undefined} onClick={() => watched !== null && toggle(row.agencyCode)}>
                  <td>
                    {watched === null ? null : (
                      <button
                        type="button"
                        className={styles.fold}
                        aria-expanded={isShown}
                        aria-label={t('outgoing.watch.show', { name: row.agencyName })}
                        onClick={(event) => {
                          event.stopPropagation();
                          toggle(row.agencyCode);
                        }}
                      >
                        <Icon name={isShown ? 'chevron-down' : 'chevron-right'} size={13} />
                      </button>
                    )}
                    <span title={row.agencyName}>{row.agencyName}</span>
                  </td>
                  <td className={styles.opened}>{seen === null ? '' : formatStamp(seen, now)}</td>
                  <td>
                    {watched !== null && asksExtension(watched) ? (
                      <Tag tone="warn" icon="clock">
                        {t('outgoing.watch.asksExtension')}
                      </Tag>
                    ) : watched !== null && needsWord.includes(state) ? (
                      <StateTag watched={watched} state={state} now={now} />
                    ) : (
                      plainState(row)
                    )}
                  </td>
                  <td className={styles.chainCell}>
                    {watched === null ? null : <Chain watched={watched} state={state} now={now} />}
                  </td>
                </tr>
                {isShown ? (
                  <tr className={styles.steps}>
                    <td colSpan={4}>
                      <Steps id={detail.id} row={row} watched={watched} state={state} now={now} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            );
          })}
      </tbody>
    </table>
  );
}

interface StateProps {
  readonly watched: Watched;
  readonly state: WatchState;
  readonly now: number;
}

function StateTag({ watched, state, now }: StateProps) {
  const { t } = useTranslation();
  const icon = iconOf[state];
  const { lastContactAt } = watched.delivery;
  return (
    <Tag tone={toneOf[state]} {...(icon === undefined ? {} : { icon })}>
      {state === 'no-contact' && lastContactAt !== null
        ? t('outgoing.watch.states.no-contact-since', { time: formatStamp(lastContactAt, now) })
        : t(`outgoing.watch.states.${state}`)}
    </Tag>
  );
}

/**
 * A dot for each step of the way to the opening, and in words what comes next or how it ended. Reminders of a deadline wait
 * for something else: only the next one is named, once there is nothing else to say.
 */
function Chain({ watched, state, now }: StateProps) {
  const { t } = useTranslation();
  const { delivery } = watched;
  const ofDeadline = state === 'returned' ? null : nextStep(delivery, 'deadline');
  const deadline =
    ofDeadline === null ? '' : t('outgoing.watch.deadlineNext', { time: formatStamp(ofDeadline.at, now) });
  if (!isOpen(state)) {
    const told = timesTold(delivery);
    const person = delivery.openedBy;
    const opened = told > 0 && person !== '' ? t('outgoing.watch.openedAfter', { person, count: told }) : person;
    return <>{[opened, deadline].filter((part) => part !== '').join(' · ')}</>;
  }
  const opening = delivery.steps.filter(({ kind }) => kind === 'opening');
  const next = nextStep(delivery, 'opening');
  const ended = opening.length === 0 ? deadline : t('outgoing.watch.allDone');
  const words =
    next === null ? ended : t('outgoing.watch.next', { time: formatStamp(next.at, now), who: whoOf(t, next) });
  return (
    <span className={styles.chain}>
      {opening.length === 0 ? null : (
        <span className={styles.dots} aria-hidden="true">
          {opening.map((step, index) => (
            <span key={`${step.at} ${index}`} data-dot={dotOf(step)} />
          ))}
        </span>
      )}
      <span>{words}</span>
    </span>
  );
}

function dotOf({ target, doneAt, notices }: WatchedStep): 'to-come' | 'done' | 'failed' | 'call' {
  if (doneAt === null) return 'to-come';
  if (target === 'sender-call') return 'call';
  return notices.length > 0 && notices.every(({ state }) => state === 'failed') ? 'failed' : 'done';
}

function whoOf(t: TFunction, { person, title, target }: WatchedStep): string {
  return title || person || t(`outgoing.watch.targets.${target}`);
}

interface StepsProps extends StateProps {
  readonly id: string;
}

interface StepsProps extends StateProps {
  readonly id: string;
  readonly row: Delivery;
}

/** One line of a chain. */
interface Link {
  readonly at: string;
  readonly dot: ReturnType<typeof dotOf>;
  readonly what: string;
  readonly result: string;
}

/** The chain of one recipient: when, whom by what, with what result, what came of it, and what would come next. */
function Steps({ id, row, watched, state, now }: StepsProps) {
  const { t } = useTranslation();
  const links = [...progressOf(t, row, watched), ...changesOf(t, watched, now), ...toldOf(t, watched, isOpen(state))];
  return (
    <div className={styles.list}>
      {links.length === 0 ? <p className={styles.soft}>{t('outgoing.watch.noSteps')}</p> : null}
      <ol>
        {links
          .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
          .map(({ at, dot, what, result }) => (
            <li key={`${at} ${what}`} data-dot={dot}>
              <time dateTime={at}>{formatStamp(at, now)}</time>
              <span>{what}</span>
              <span className={styles.soft}>{result}</span>
            </li>
          ))}
      </ol>
      {isOpen(state) ? <RemindOne id={id} watched={watched} /> : null}
    </div>
  );
}

/** How far it has got there. */
function progressOf(t: TFunction, row: Delivery, { delivery }: Watched): Link[] {
  const times = {
    arrived: row.arrivedAt,
    opened: delivery.openedAt,
    accepted: row.acceptedAt,
    refused: row.refusedAt,
    completed: row.completedAt,
  } as const;
  return (Object.keys(times) as (keyof typeof times)[]).flatMap((name) => {
    const at = times[name];
    const result = name === 'opened' ? delivery.openedBy : name === 'refused' ? (row.reason ?? '') : '';
    return at === null ? [] : [{ at, dot: 'done' as const, what: t(`outgoing.deliveries.states.${name}`), result }];
  });
}

/** What was changed of its hour and deadline. */
function changesOf(t: TFunction, { delivery }: Watched, now: number): Link[] {
  const { extension, hourChangedAt, expressAt } = delivery;
  const dot = 'done' as const;
  const links: Link[] = [];
  if (hourChangedAt !== null && expressAt !== null) {
    const what = t('outgoing.watch.hourChanged', { time: formatStamp(expressAt, now) });
    links.push({ at: hourChangedAt, dot, what, result: '' });
  }
  if (extension === null) return links;
  const { at, until, reason, granted, answer } = extension;
  links.push({ at, dot, what: t('outgoing.watch.askedUntil', { until: formatStamp(until, now) }), result: reason });
  if (answer !== null) {
    const what = granted
      ? t('outgoing.watch.grantedUntil', { until: formatStamp(answer.until, now) })
      : t('outgoing.watch.notGranted');
    links.push({ at: answer.at, dot, what, result: answer.reason });
  }
  return links;
}

/** Who was told, and who would be while nobody opens it, or the work is not done. */
function toldOf(t: TFunction, { delivery, callRecorded }: Watched, waitsFor: boolean): Link[] {
  const isCalled = callRecorded || delivery.call === null;
  const steps = delivery.steps
    .filter(({ kind, doneAt }) => waitsFor || kind === 'deadline' || doneAt !== null)
    .map((step) => ({
      at: step.doneAt ?? step.at,
      dot: dotOf(step),
      what: describeStep(t, step),
      result: resultOf(t, step, isCalled),
    }));
  const calls = delivery.calls.map(({ at, person, outcome, spokeTo, note }) => ({
    at,
    dot: 'done' as const,
    what: t('outgoing.watch.called', { person }),
    result: [t(`document.calls.${outcome}`), spokeTo, note].filter((part) => part !== '').join(' · '),
  }));
  return [...steps, ...calls];
}

function RemindOne({ id, watched }: { readonly id: string; readonly watched: Watched }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const remind = useCommand('outgoing.remind');
  const run = async (): Promise<void> => {
    const done = await remind.run({ id, recipients: [watched.delivery.recipient] });
    if (done.ok) notify({ tone: 'good', text: t('outgoing.watch.reminded', { count: done.value.reminded }) });
  };
  return (
    <>
      <Button
        variant="quiet"
        busy={remind.busy}
        label={t('outgoing.watch.remindFor', { name: watched.agencyName })}
        onClick={() => void run()}
      >
        {t('outgoing.watch.remindOne')}
      </Button>
      {remind.failure === null ? null : <ErrorNote failure={remind.failure} />}
    </>
  );
}

function describeStep(t: TFunction, step: WatchedStep): string {
  const what = describeTold(t, step);
  return step.kind === 'deadline' ? t('outgoing.watch.deadlineStep', { what }) : what;
}

function describeTold(t: TFunction, { target, person, title, notices }: WatchedStep): string {
  if (target === 'sender-call') return t('outgoing.watch.callStep');
  const by = [...new Set(notices.map(({ channel }) => t(`outgoing.watch.channels.${channel}`)))].join(', ');
  const who = [person, title].filter((part) => part !== '').join(', ') || t(`outgoing.watch.targets.${target}`);
  return by === '' ? who : `${by} ${who}`;
}

function resultOf(t: TFunction, { kind, target, doneAt, notices }: WatchedStep, isCalled: boolean): string {
  if (doneAt === null) return t(kind === 'deadline' ? 'outgoing.watch.ifNotDone' : 'outgoing.watch.ifNobody');
  if (target === 'sender-call') return isCalled ? t('outgoing.watch.callRecorded') : t('outgoing.watch.callWaits');
  return notices
    .map(({ state, at }) => `${t(`outgoing.watch.notices.${state}`)}${at === null ? '' : ` ${formatTime(at)}`}`)
    .join(' · ');
}
