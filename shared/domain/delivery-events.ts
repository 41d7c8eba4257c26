/**
 * What can happen to a document on its way to one recipient. `opened` to `finished` are what people at the recipient did;
 * the exchange itself saw `accepted`, `available` and `fetched`, and did `reminder-sent` and `call-needed`.
 */
export const deliveryEvents = [
  'accepted',
  'available',
  'fetched',
  'opened',
  'returned',
  'registered',
  'assigned',
  'in-progress',
  'finished',
  'reopened',
  'paper-posted',
  'paper-received',
  'reminder-asked',
  'reminder-sent',
  'reminder-skipped',
  'call-needed',
  'call-recorded',
  'extension-asked',
  'extension-answered',
  'invitation-answered',
  'hour-changed',
  'recalled',
] as const;
export type DeliveryEvent = (typeof deliveryEvents)[number];
export type EventParams = Readonly<Record<string, string | number | boolean | null>>;

/** Events by which a step of the escalation is done with; their keys name the step. */
export const STEP_EVENTS: readonly DeliveryEvent[] = ['reminder-sent', 'reminder-skipped', 'call-needed'];

/** Times of a delivery that an event sets, the first time it happens. `reopened` takes back that of `finished`. */
export const timeOfEvent = {
  fetched: 'fetched_at',
  opened: 'opened_at',
  returned: 'returned_at',
  registered: 'registered_at',
  assigned: 'assigned_at',
  'in-progress': 'in_progress_at',
  finished: 'finished_at',
  'paper-posted': 'paper_posted_at',
  'paper-received': 'paper_received_at',
  recalled: 'recalled_at',
} as const satisfies Partial<Record<DeliveryEvent, string>>;
export type TimedEvent = keyof typeof timeOfEvent;
export type DeliveryTime = (typeof timeOfEvent)[TimedEvent];

/**
 * What a status of the recipient (edXML StatusCode) proves. Whoever returned, registered or worked on a document has opened
 * it, also where its software reports no opening. A code that says nothing of the way is none.
 */
export function eventsOfStatus(statusCode: string): readonly TimedEvent[] {
  switch (statusCode) {
    case '01':
      return ['fetched'];
    case '02':
      return ['fetched', 'opened', 'returned'];
    case '03':
      return ['fetched', 'opened', 'registered'];
    case '04':
      return ['fetched', 'opened', 'assigned'];
    case '05':
      return ['fetched', 'opened', 'in-progress'];
    case '06':
      return ['fetched', 'opened', 'finished'];
    default:
      return [];
  }
}

/** Before the id of the statement that asked for it: the key of a reminder by hand. */
export const HAND_REMINDER = 'hand:';
/** Before the place of a step of the chain that waits for an opening. */
export const OPENING_STEP = 'opening:';
/** Before the deadline, a colon and the place of a step that reminds of it. */
const DEADLINE_STEP = 'deadline@';

/** Before the place of a step that reminds of a deadline: reminders belong to this very deadline, another one has its own. */
export function deadlineStep(dueAt: string): string {
  return `${DEADLINE_STEP}${dueAt}:`;
}

export function isDeadlineStep(key: string): boolean {
  return key.startsWith(DEADLINE_STEP);
}

/** Whether the step reminds of another deadline than the one that holds: a longer time was granted since. */
export function isOfFormerDeadline(key: string, dueAt: string | null): boolean {
  return isDeadlineStep(key) && !key.startsWith(deadlineStep(dueAt ?? ''));
}
