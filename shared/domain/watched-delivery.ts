/** How far a document has got with one recipient, and who is being told: what the exchange says to its sender and to the recipient. */
import { z } from 'zod';
import { AGENCY_CODE_PATTERN, MAX_AGENCY_CODE } from './agency-code.ts';
import { escalationKinds, escalationTargets, noticeChannels } from './escalation-policy.ts';
import { invitationAnswers } from './meeting.ts';
import { urgencies } from './urgency.ts';
import { vietnamDay } from './vn-date.ts';

/** `unsure`: handed over without a word of what became of it. `skipped`: the document was opened before. */
export const noticeStates = ['waiting', 'sent', 'unsure', 'delivered', 'failed', 'skipped'] as const;
export type NoticeState = (typeof noticeStates)[number];

export const callOutcomes = ['reached', 'no-answer', 'wrong-number'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** Why the notices were not enough, so that somebody must telephone. */
export const callReasons = ['not-opened', 'nobody-reachable', 'unreachable'] as const;

const instant = z.iso.datetime();
const agencyCode = z.string().min(1).max(MAX_AGENCY_CODE).regex(AGENCY_CODE_PATTERN);

/** One step of the escalation, done or to come. */
const watchedStepSchema = z.object({
  at: instant,
  /** What it waits for: the opening, or the work that a deadline is set for. An older exchange says nothing of it. */
  kind: z.enum(escalationKinds).default('opening'),
  target: z.enum(escalationTargets),
  /** Who was told, or would be as things stand; empty for a call. */
  person: z.string(),
  title: z.string(),
  /** Null while it is to come. */
  doneAt: instant.nullable(),
  notices: z.array(z.object({ channel: z.enum(noticeChannels), state: z.enum(noticeStates), at: instant.nullable() })),
});
export type WatchedStep = z.infer<typeof watchedStepSchema>;

export const watchedDeliverySchema = z.object({
  messageId: z.uuid(),
  documentId: z.string(),
  sender: agencyCode,
  recipient: agencyCode,
  urgency: z.enum(urgencies),
  /** As changed last. */
  expressAt: instant.nullable(),
  /** When the sender changed the hour last; null when it is the one that the document names. */
  hourChangedAt: instant.nullable().default(null),
  /** With what was granted. */
  dueAt: instant.nullable(),
  /** When a longer time was granted last; null when the deadline is the one that the document names. */
  dueGrantedAt: instant.nullable().default(null),
  availableAt: instant,
  fetchedAt: instant.nullable(),
  openedAt: instant.nullable(),
  openedBy: z.string(),
  returnedAt: instant.nullable(),
  registeredAt: instant.nullable(),
  finishedAt: instant.nullable(),
  paperPostedAt: instant.nullable(),
  /** Number of the postal item; empty for a courier. */
  paperItem: z.string(),
  /** Day on which it was posted, as its sender says; empty when it does not, and for what an older program kept. */
  paperDay: z.string().default(''),
  paperReceivedAt: instant.nullable(),
  /** Last sign of life of the recipient's workstation before or while it does not open; null when never. */
  lastContactAt: instant.nullable(),
  steps: z.array(watchedStepSchema),
  /** Somebody at the sender must telephone; null while not, and once a call is recorded. */
  call: z.object({ since: instant, phone: z.string(), askFor: z.string(), reason: z.enum(callReasons) }).nullable(),
  calls: z.array(
    z.object({
      at: instant,
      person: z.string(),
      spokeTo: z.string(),
      outcome: z.enum(callOutcomes),
      note: z.string(),
    }),
  ),
  /** The last question of the recipient for a longer time. */
  extension: z
    .object({
      /** Of the statement that asked. */
      id: z.uuid(),
      at: instant,
      person: z.string(),
      until: instant,
      reason: z.string(),
      /** Null while the sender has not answered. */
      granted: z.boolean().nullable(),
      /** `until` is the deadline from then on when it was granted. */
      answer: z.object({ at: instant, person: z.string(), until: instant, reason: z.string() }).nullable(),
    })
    .nullable(),
  invitation: z
    .object({
      answer: z.enum(invitationAnswers),
      /** Who comes instead; what was kept before they were asked for has neither title nor number. */
      attendee: z.string(),
      title: z.string().default(''),
      phone: z.string().default(''),
      /** Why nobody comes. */
      note: z.string(),
      at: instant,
    })
    .nullable(),
});
export type WatchedDelivery = z.infer<typeof watchedDeliverySchema>;

type Progress = Pick<WatchedDelivery, 'openedAt' | 'returnedAt' | 'registeredAt' | 'finishedAt'>;

/** When a person of the recipient first did something with it, which opening comes before; null while nobody has. */
export function seenAt({ openedAt, returnedAt, registeredAt, finishedAt }: Progress): string | null {
  const times = [openedAt, returnedAt, registeredAt, finishedAt].filter((time) => time !== null);
  return times.reduce<string | null>(
    (first, time) => (first === null || Date.parse(time) < Date.parse(first) ? time : first),
    null,
  );
}

/** Day in Việt Nam on which a paper copy was posted, as its sender said, else as the exchange heard of it; null while none was. */
export function paperPostedDay({
  paperPostedAt,
  paperDay,
}: Pick<WatchedDelivery, 'paperPostedAt' | 'paperDay'>): string | null {
  return paperPostedAt === null ? null : paperDay || vietnamDay(Date.parse(paperPostedAt));
}

/** A workstation in contact fetches within seconds; what it has not fetched for so long, in ms, it cannot fetch. */
export const OUT_OF_CONTACT_MS = 10 * 60_000;

export type WatchState = 'opened' | 'returned' | 'no-contact' | 'call' | 'reminding' | 'waiting';

/**
 * What the sender's clerk should know of a recipient in one word. "No contact" is apart from "reminding": who cannot be
 * reached is not one who does not look. @param now milliseconds since 1970
 */
export function watchStateOf(delivery: WatchedDelivery, now: number): WatchState {
  if (delivery.returnedAt !== null) return 'returned';
  if (seenAt(delivery) !== null) return 'opened';
  const isNotFetched = delivery.fetchedAt === null && now - Date.parse(delivery.availableAt) > OUT_OF_CONTACT_MS;
  if (delivery.call?.reason === 'unreachable' || isNotFetched) return 'no-contact';
  if (delivery.call !== null) return 'call';
  return delivery.steps.some(({ doneAt }) => doneAt !== null) ? 'reminding' : 'waiting';
}

/** The step of a kind that comes next, if nothing happens. */
export function nextStep({ steps }: Pick<WatchedDelivery, 'steps'>, kind: WatchedStep['kind']): WatchedStep | null {
  return steps.find((step) => step.kind === kind && step.doneAt === null) ?? null;
}

/** When the sender must call if nobody opens it, as far as it is still to come. */
export function nextCallAt({ steps }: Pick<WatchedDelivery, 'steps'>): string | null {
  return steps.find(({ target, doneAt }) => target === 'sender-call' && doneAt === null)?.at ?? null;
}
