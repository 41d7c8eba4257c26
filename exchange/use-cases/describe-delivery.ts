import { isDeadlineStep } from '#shared/domain/delivery-events.ts';
import type { EscalationKind, EscalationTarget } from '#shared/domain/escalation-policy.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import { formatPhone } from '#shared/domain/phone-number.ts';
import type { WatchedEvent, WatchedNotice, WatchedRow } from '../storage/watch-store.ts';
import type { NoticeState } from '../rules/notice-rules.ts';

type WatchedStep = WatchedDelivery['steps'][number];
type ShownState = WatchedStep['notices'][number]['state'];

/** A step that is not done, with whom it would reach as things stand. */
export interface StepToCome {
  readonly at: number;
  readonly kind: EscalationKind;
  readonly target: EscalationTarget;
  readonly person: string;
  readonly title: string;
}

const shownState: Readonly<Record<NoticeState, ShownState>> = {
  gathering: 'waiting',
  waiting: 'waiting',
  sending: 'waiting',
  sent: 'sent',
  unsure: 'unsure',
  delivered: 'delivered',
  failed: 'failed',
  skipped: 'skipped',
};

/** A delivery as its sender and its recipient are shown it: never a telephone number but the one that is to be called. */
export function describeDelivery(row: WatchedRow, coming: readonly StepToCome[]): WatchedDelivery {
  const { events, notices } = row;
  const of = (event: WatchedEvent['event']): readonly WatchedEvent[] => events.filter((one) => one.event === event);
  const last = (event: WatchedEvent['event']): WatchedEvent | undefined => of(event).at(-1);
  const time = (at: Date | null): string | null => at?.toISOString() ?? null;
  return {
    messageId: row.messageId,
    documentId: row.documentId,
    sender: row.sender,
    recipient: row.recipient,
    urgency: row.urgency,
    expressAt: time(row.expressAt),
    hourChangedAt: time(last('hour-changed')?.at ?? null),
    dueAt: time(row.dueAt),
    dueGrantedAt: time(of('extension-answered').findLast(isGranted)?.at ?? null),
    availableAt: row.availableAt.toISOString(),
    fetchedAt: time(row.fetchedAt),
    openedAt: time(row.openedAt),
    openedBy: text(last('opened'), 'person'),
    returnedAt: time(row.returnedAt),
    registeredAt: time(row.registeredAt),
    finishedAt: time(row.finishedAt),
    paperPostedAt: time(row.paperPostedAt),
    paperItem: text(last('paper-posted'), 'item'),
    paperDay: text(last('paper-posted'), 'day'),
    paperReceivedAt: time(row.paperReceivedAt),
    lastContactAt: time(row.lastContactAt),
    steps: [
      ...events
        .filter(({ event }) => event === 'reminder-sent' || event === 'call-needed')
        .map((event) => stepDone(event, notices)),
      ...coming.map(({ at, kind, target, person, title }) => ({
        at: new Date(at).toISOString(),
        kind,
        target,
        person,
        title,
        doneAt: null,
        notices: [],
      })),
    ],
    call: callOf(row, last('call-needed'), last('call-recorded')),
    calls: of('call-recorded').map((event) => ({
      at: event.at.toISOString(),
      person: text(event, 'person'),
      spokeTo: text(event, 'spokeTo'),
      outcome: text(event, 'outcome') as WatchedDelivery['calls'][number]['outcome'],
      note: text(event, 'note'),
    })),
    extension: extensionOf(last('extension-asked'), of('extension-answered')),
    invitation: invitationOf(of('invitation-answered')),
  };
}

function text(event: WatchedEvent | undefined, name: string): string {
  const value = event?.params[name];
  return typeof value === 'string' ? value : '';
}

function stepDone(event: WatchedEvent, notices: readonly WatchedNotice[]): WatchedStep {
  return {
    at: event.at.toISOString(),
    kind: isDeadlineStep(event.key) ? 'deadline' : 'opening',
    target: text(event, 'target') as EscalationTarget,
    person: text(event, 'person'),
    title: text(event, 'title'),
    doneAt: event.at.toISOString(),
    notices: notices
      .filter(({ stepKey }) => stepKey === event.key)
      .map(({ channel, state, at }) => ({ channel, state: shownState[state], at: at?.toISOString() ?? null })),
  };
}

/** Nobody need call once it was opened, given back or recalled, or once a call is recorded. */
function callOf(
  row: WatchedRow,
  needed: WatchedEvent | undefined,
  recorded: WatchedEvent | undefined,
): WatchedDelivery['call'] {
  if (needed === undefined || row.openedAt !== null || row.returnedAt !== null || row.recalledAt !== null) return null;
  if (recorded !== undefined && recorded.at >= needed.at) return null;
  const phone = text(needed, 'phone');
  return {
    since: needed.at.toISOString(),
    phone: phone === '' ? '' : formatPhone(phone),
    askFor: text(needed, 'askFor'),
    reason: text(needed, 'reason') as NonNullable<WatchedDelivery['call']>['reason'],
  };
}

const isGranted = ({ params }: WatchedEvent): boolean => params['granted'] === true;

/** The last question, and the answer to this very question. */
function extensionOf(asked: WatchedEvent | undefined, answers: readonly WatchedEvent[]): WatchedDelivery['extension'] {
  if (asked === undefined) return null;
  const answer = answers.find((one) => text(one, 'question') === asked.key);
  const said = (event: WatchedEvent) => ({
    at: event.at.toISOString(),
    person: text(event, 'person'),
    until: text(event, 'until'),
    reason: text(event, 'reason'),
  });
  return {
    id: asked.key,
    ...said(asked),
    granted: answer === undefined ? null : isGranted(answer),
    answer: answer === undefined ? null : said(answer),
  };
}

/** The office may have sent an earlier answer after a later one, when the line broke between them: its own order counts. */
function invitationOf(answers: readonly WatchedEvent[]): WatchedDelivery['invitation'] {
  const statedAt = (event: WatchedEvent): number => Date.parse(text(event, 'statedAt'));
  const answered = answers.toSorted((a, b) => statedAt(a) - statedAt(b)).at(-1);
  if (answered === undefined) return null;
  return {
    answer: text(answered, 'answer') as NonNullable<WatchedDelivery['invitation']>['answer'],
    attendee: text(answered, 'attendee'),
    title: text(answered, 'title'),
    phone: text(answered, 'phone'),
    note: text(answered, 'note'),
    at: answered.at.toISOString(),
  };
}
