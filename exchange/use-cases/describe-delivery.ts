import type { EscalationTarget } from '#shared/domain/escalation-policy.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import { formatPhone } from '#shared/domain/phone-number.ts';
import type { WatchedEvent, WatchedNotice, WatchedRow } from '../storage/watch-store.ts';
import type { NoticeState } from '../rules/notice-rules.ts';

type WatchedStep = WatchedDelivery['steps'][number];
type ShownState = WatchedStep['notices'][number]['state'];

/** A step that is not done, with whom it would reach as things stand. */
export interface StepToCome {
  readonly at: number;
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
    dueAt: time(row.dueAt),
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
      ...coming.map(({ at, target, person, title }) => ({
        at: new Date(at).toISOString(),
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
    extension: extensionOf(last('extension-asked'), last('extension-answered')),
    invitation: invitationOf(last('invitation-answered')),
  };
}

function text(event: WatchedEvent | undefined, name: string): string {
  const value = event?.params[name];
  return typeof value === 'string' ? value : '';
}

function stepDone(event: WatchedEvent, notices: readonly WatchedNotice[]): WatchedStep {
  return {
    at: event.at.toISOString(),
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

function extensionOf(
  asked: WatchedEvent | undefined,
  answered: WatchedEvent | undefined,
): WatchedDelivery['extension'] {
  if (asked === undefined) return null;
  if (answered === undefined || answered.at < asked.at) {
    return { until: text(asked, 'until'), reason: text(asked, 'reason'), granted: null };
  }
  return {
    until: text(answered, 'until'),
    reason: text(answered, 'reason'),
    granted: answered.params['granted'] === true,
  };
}

function invitationOf(answered: WatchedEvent | undefined): WatchedDelivery['invitation'] {
  if (answered === undefined) return null;
  return {
    answer: text(answered, 'answer') as NonNullable<WatchedDelivery['invitation']>['answer'],
    attendee: text(answered, 'attendee'),
    note: text(answered, 'note'),
    at: answered.at.toISOString(),
  };
}
