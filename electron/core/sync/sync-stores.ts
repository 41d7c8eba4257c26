import type { ExchangeStatusCode } from '#shared/domain/exchange-status.ts';
import type { Lane } from '#shared/domain/lane.ts';
import type { OutboxKind, OutboxState } from '#shared/domain/outbox.ts';
import type { InboxItem } from '../ports/exchange.ts';

export interface OutboxRecord {
  readonly messageId: string;
  readonly kind: OutboxKind;
  /** The outgoing document that it carries, or the incoming one whose state it reports. */
  readonly documentId: string;
  readonly statusCode: ExchangeStatusCode | null;
  readonly fileId: string;
  readonly lane: Lane;
  /** Higher goes first. */
  readonly priority: number;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly errorCode: string | null;
  /** The receipt as the exchange signed it; null before there is one. */
  readonly proof: string | null;
  /** The `inboxKey` of the agency that it was sent from, at the exchange that took it. */
  readonly takenBy: string | null;
  readonly createdAt: string;
}

/** What was sent, as far as it is asked for again. */
export type SentMessage = Pick<OutboxRecord, 'messageId' | 'proof' | 'createdAt'>;

export interface OutboxReads {
  /**
   * The row to send next. One that was never tried waits for nothing, and one planned for after `latest` counts as due: no
   * pause is that long, so the clock was ahead when it was planned. Those `atWork`, by their ids, are none of them.
   */
  due(lane: Lane, now: Date, latest: Date, atWork?: readonly string[]): OutboxRecord | null;
  nextAttemptAt(lane: Lane, atWork?: readonly string[]): string | null;
  find(messageId: string): OutboxRecord | null;
  of(documentId: string): OutboxRecord[];
  /** Messages that an exchange took from an agency, the newest first; those after `before` in that order. */
  sent(takenBy: string, limit: number, before: SentMessage | null): SentMessage[];
  /** Whether the exchange has it, or may have it: it was offered at least once and not refused. */
  hasLeft(messageId: string): boolean;
  counts(): { documents: number; statuses: number; blocked: number };
}

export interface OutboxWrites extends OutboxReads {
  /** With `unflushed`, the bytes of its file stand here until that is on the disk. */
  add(record: OutboxRecord & { readonly unflushed?: Uint8Array }): void;
  /** State, attempts, next attempt, error, proof and taker are replaced. */
  update(record: OutboxRecord): void;
  /** Takes a message out that was refused and will never be sent. */
  withdraw(messageId: string): void;
  /** Notes that it is about to be offered; false when it was taken back meanwhile. */
  leaves(messageId: string): boolean;
  /** Takes out what has not left (`hasLeft`); false for what has. */
  takeBack(messageId: string): boolean;
  /** Gives a message that the exchange never took a new id. */
  rename(messageId: string, newId: string): void;
  /** What waits only because the line was bad is due now. */
  lineIsBack(at: string): void;
}

/** Whose inbox at which exchange. */
export interface Inbox {
  readonly exchangeId: string;
  readonly agencyCode: string;
}

/** Tells one agency at one exchange from another. */
export const inboxKey = ({ exchangeId, agencyCode }: Inbox): string => `${exchangeId} ${agencyCode}`;

/** The sequence of numbers that a position belongs to. */
export interface InboxSequence extends Inbox {
  readonly epoch: string;
}

/** How far a sequence was listed; `messageId` stands at `seq`, and is null at the start. */
export interface InboxPosition {
  readonly epoch: string;
  readonly seq: number;
  readonly messageId: string | null;
}

/** A message that the exchange has for this office and that is not in the registers yet. */
export interface ListedMessage extends InboxItem {
  /** How often the taking of it began and did not end. */
  readonly begun: number;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly errorCode: string | null;
}

export interface InboxReads {
  /** Where to go on in the inbox of this agency; null when this office never asked there. */
  position(inbox: Inbox): InboxPosition | null;
  /** The message to fetch next; like `OutboxReads.due`. */
  due(lane: Lane, now: Date, latest: Date, atWork?: readonly string[]): ListedMessage | null;
  nextAttemptAt(lane: Lane, atWork?: readonly string[]): string | null;
  count(): number;
  /** Hash of the message that is here under this id, taken in; null when none is. */
  takenSha256(messageId: string): string | null;
}

export interface InboxWrites extends InboxReads {
  moveTo(sequence: InboxSequence, position: Pick<InboxPosition, 'seq' | 'messageId'>): void;
  /** Adds a message that waits to be fetched; one that waits already stays as it is. */
  add(item: InboxItem, at: string): void;
  /** Beginnings, attempts, next attempt and error are replaced. */
  update(message: ListedMessage): void;
  remove(messageId: string): void;
  /** What waits only because the line was bad is due now. */
  lineIsBack(at: string): void;
}

/** A message that came and could not be taken in. */
export interface InboxProblem {
  readonly item: InboxItem;
  /** Null when the exchange could not give it out. */
  readonly fileId: string | null;
  readonly code: string;
  readonly at: string;
}

export interface InboxProblemReads {
  /** The newest of each sender, at most `perSender` of them, so that one cannot push out what others sent. */
  list(perSender: number): InboxProblem[];
  find(messageId: string): InboxProblem | null;
  count(): number;
}

export interface InboxProblemWrites extends InboxProblemReads {
  /** Adds one, or replaces the reason of one that is there. */
  add(problem: InboxProblem): void;
  remove(messageId: string): void;
}
