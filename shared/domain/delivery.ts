import type { PostingWay } from './other-recipient.ts';
import type { RecallAnswer } from './recall.ts';
import type { Urgency } from './urgency.ts';

const HOUR_MS = 3_600_000;

/**
 * How far a sent document has got with one recipient. The last ones come from the recipient itself
 * (edXML 01, its statement that a person opened it, 03, 02, 06); the order is the order of progress.
 */
export const deliveryStates = [
  'planned',
  'queued',
  'unknown-recipient',
  'delivered',
  'arrived',
  'opened',
  'accepted',
  'refused',
  'completed',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface DeliveryTarget {
  readonly agencyCode: string;
  readonly agencyName: string;
}

export interface Delivery extends DeliveryTarget {
  readonly state: DeliveryState;
  /** When the exchange took it for this agency. */
  readonly deliveredAt: string | null;
  readonly arrivedAt: string | null;
  /** When a person there opened it, which arriving is not. */
  readonly openedAt: string | null;
  readonly acceptedAt: string | null;
  readonly refusedAt: string | null;
  readonly completedAt: string | null;
  readonly reason: string | null;
  /** Whether a paper copy is to go there as well; by the rules of the moment until the letter is sent. */
  readonly paperNeeded: boolean;
  /** Day (yyyy-MM-dd) on which the paper copy was posted. */
  readonly paperPostedOn: string | null;
  /** Number of the postal item; empty for a courier, and while nothing was posted. */
  readonly paperItem: string;
  /** How it went; null where nobody said it. */
  readonly paperWay: PostingWay | null;
  /** Copies in the envelope; 1 while nothing was posted. */
  readonly paperCopies: number;
  readonly paperReceivedAt: string | null;
  /** What it said to a recall, when, and why; null while it said nothing. */
  readonly recallAnswer: RecallAnswer | null;
  readonly recallAnsweredAt: string | null;
  readonly recallReason: string;
}

/** What is known of the paper copy for one recipient. */
export type DeliveryPaper = Pick<
  Delivery,
  'paperNeeded' | 'paperPostedOn' | 'paperItem' | 'paperWay' | 'paperCopies' | 'paperReceivedAt'
>;

/** What it said to a recall. */
export type DeliveryRecall = Pick<Delivery, 'recallAnswer' | 'recallAnsweredAt' | 'recallReason'>;

/** A paper copy is still to be posted. One that was received was posted, whoever forgot to say so. */
export function isPaperToPost({ paperNeeded, paperPostedOn, paperReceivedAt }: DeliveryPaper): boolean {
  return paperNeeded && paperPostedOn === null && paperReceivedAt === null;
}

/** One step of a delivery, with its instant. */
export interface DeliveryProgress {
  readonly state: DeliveryState;
  readonly at: string;
  readonly reason: string | null;
  /** It takes back an earlier word of its being completed. */
  readonly corrects?: boolean;
}

export type DeliveryTime = 'deliveredAt' | 'arrivedAt' | 'openedAt' | 'acceptedAt' | 'refusedAt' | 'completedAt';

/**
 * Times that a state proves. A recipient that accepted or sent it back must have got it and opened it, and one that completed must have accepted,
 * whatever status was lost.
 */
const provenBy: Readonly<Record<DeliveryState, readonly DeliveryTime[]>> = {
  planned: [],
  queued: [],
  'unknown-recipient': [],
  delivered: ['deliveredAt'],
  arrived: ['arrivedAt'],
  opened: ['arrivedAt', 'openedAt'],
  accepted: ['arrivedAt', 'openedAt', 'acceptedAt'],
  refused: ['arrivedAt', 'openedAt', 'refusedAt'],
  completed: ['arrivedAt', 'openedAt', 'acceptedAt', 'completedAt'],
};

export function plannedDelivery(target: DeliveryTarget): Delivery {
  return {
    agencyCode: target.agencyCode,
    agencyName: target.agencyName,
    state: 'planned',
    deliveredAt: null,
    arrivedAt: null,
    openedAt: null,
    acceptedAt: null,
    refusedAt: null,
    completedAt: null,
    reason: null,
    paperNeeded: false,
    paperPostedOn: null,
    paperItem: '',
    paperWay: null,
    paperCopies: 1,
    paperReceivedAt: null,
    recallAnswer: null,
    recallAnsweredAt: null,
    recallReason: '',
  };
}

/** Statuses may arrive late or twice: the time of each is kept once, and the state goes back by a correction alone. */
export function advanceDelivery(delivery: Delivery, progress: DeliveryProgress): Delivery {
  if (progress.corrects === true && delivery.completedAt !== null && progress.at > delivery.completedAt) {
    return { ...delivery, state: progress.state, completedAt: null, reason: progress.reason };
  }
  const forward = deliveryStates.indexOf(progress.state) > deliveryStates.indexOf(delivery.state);
  const times = Object.fromEntries(provenBy[progress.state].map((time) => [time, delivery[time] ?? progress.at]));
  return { ...delivery, ...times, ...(forward ? { state: progress.state, reason: progress.reason } : {}) };
}

/** The state that a recipient's status (edXML StatusCode) proves; null for one that says nothing of progress. */
export function deliveryStateOfStatus(statusCode: string): DeliveryState | null {
  switch (statusCode) {
    case '01':
      return 'arrived';
    case '02':
      return 'refused';
    // Assigned and in progress say that it was accepted before, whatever happened to that status.
    case '03':
    case '04':
    case '05':
      return 'accepted';
    case '06':
      return 'completed';
    default:
      return null;
  }
}

/**
 * "In progress" with a reason, after a word of its being completed, takes that word back (a status that is only late comes
 * without a reason).
 */
export function isCorrection(statusCode: string, reason: string): boolean {
  return statusCode === '05' && reason !== '';
}

/**
 * How long a document may be on the exchange before the recipient's office has it, in milliseconds: longer than that, its
 * workstation is off, or cannot reach the exchange, and somebody should know.
 */
export const ARRIVES_WITHIN_MS: Readonly<Record<Urgency, number>> = {
  normal: 24 * HOUR_MS,
  urgent: 4 * HOUR_MS,
  'very-urgent': HOUR_MS,
  express: HOUR_MS / 2,
  'express-timed': HOUR_MS / 2,
};

/** Đã chuyển, chưa đến: for longer than it should be. @param now milliseconds since 1970 */
export function isNotArrived({ state, deliveredAt }: Delivery, urgency: Urgency, now: number): boolean {
  if (state !== 'delivered' || deliveredAt === null) return false;
  return Date.parse(deliveredAt) < now - ARRIVES_WITHIN_MS[urgency];
}

/** The recipient did not take it: it sent it back, or the exchange does not know it. */
export const notTakenStates: readonly DeliveryState[] = ['refused', 'unknown-recipient'];

/** Has nothing that could be asked back. */
const withoutLetter: readonly DeliveryState[] = ['planned', 'queued', 'unknown-recipient', 'refused'];
export const hasLetter = ({ state }: Pick<Delivery, 'state'>): boolean => !withoutLetter.includes(state);

/** What is counted of a document's recipients: those whose time is known, or that are in a state. */
export const recipientCountRules = {
  arrived: { known: 'arrivedAt' },
  opened: { known: 'openedAt' },
  accepted: { known: 'acceptedAt' },
  refused: { state: 'refused' },
  blocked: { state: 'unknown-recipient' },
} as const satisfies Readonly<Record<string, { readonly known: DeliveryTime } | { readonly state: DeliveryState }>>;

export type RecipientCounts = Readonly<Record<keyof typeof recipientCountRules | 'total', number>>;

export function countRecipients(deliveries: readonly Delivery[]): RecipientCounts {
  const count = (rule: { readonly known: DeliveryTime } | { readonly state: DeliveryState }) =>
    deliveries.filter((delivery) => ('known' in rule ? delivery[rule.known] !== null : delivery.state === rule.state))
      .length;
  return {
    total: deliveries.length,
    arrived: count(recipientCountRules.arrived),
    opened: count(recipientCountRules.opened),
    accepted: count(recipientCountRules.accepted),
    refused: count(recipientCountRules.refused),
    blocked: count(recipientCountRules.blocked),
  };
}
