import type { FeedbackKind } from '#shared/domain/feedback.ts';
import type { StatementState } from '#shared/domain/stated.ts';

/** A report of this office, on its way to the exchange or settled. */
export interface FeedbackRecord {
  readonly id: string;
  readonly kind: FeedbackKind;
  readonly text: string;
  readonly person: string;
  readonly appVersion: string;
  /** What the clerk agreed to send with it; null when she did not, or when it went from another copy of this register. */
  readonly bundle: string | null;
  readonly state: StatementState;
  /** The `inboxKey` of the agency that it was sent from, at the exchange that took it. */
  readonly takenBy: string | null;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly errorCode: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
}

export interface FeedbackAnswerRecord {
  readonly id: string;
  readonly reportId: string;
  /** Null for the exchange's administrator. */
  readonly agencyCode: string | null;
  readonly person: string;
  readonly text: string;
  readonly at: string;
  readonly readAt: string | null;
}

export interface FeedbackReads {
  /** The oldest that waits and was tried least lately. */
  next(): FeedbackRecord | null;
  find(id: string): FeedbackRecord | null;
  /** The newest first. */
  list(limit: number): FeedbackRecord[];
  /** Taken by an exchange from an agency. */
  takenBy(key: string): FeedbackRecord[];
  /** The oldest first. */
  answers(reportId: string): FeedbackAnswerRecord[];
  /** How many wait to be sent. */
  count(): number;
  /** Answers that nobody has read. */
  unread(): number;
  /** Answers that were read, which the exchange does not know. */
  readHere(limit: number): string[];
  /** Whether a report that was made after an instant has no answer. */
  awaitsAnswer(since: string): boolean;
}

export interface FeedbackWrites extends FeedbackReads {
  add(record: FeedbackRecord): void;
  /** State, taker, attempts, next attempt, error and settling are replaced. */
  update(record: FeedbackRecord): void;
  /** Keeps an answer; false when it is known. */
  addAnswer(answer: FeedbackAnswerRecord): boolean;
  /** Somebody has read the answers to a report; of those read before nothing changes. */
  markRead(reportId: string, at: string): void;
  /** The exchange knows that these were read, whoever read them. */
  noteKnown(answerIds: readonly string[], at: string): void;
  /** What waits only because the line was bad is due now. */
  lineIsBack(at: string): void;
}
