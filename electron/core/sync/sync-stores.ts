import type { ExchangeStatusCode } from '#shared/domain/exchange-status.ts';
import type { OutboxKind, OutboxState } from '#shared/domain/outbox.ts';

export interface OutboxRecord {
  readonly messageId: string;
  readonly kind: OutboxKind;
  /** The outgoing document that it carries, or the incoming one whose state it reports. */
  readonly documentId: string;
  readonly statusCode: ExchangeStatusCode | null;
  readonly fileId: string;
  /** Higher goes first. */
  readonly priority: number;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly errorCode: string | null;
  readonly createdAt: string;
}

export interface OutboxReads {
  /**
   * The row to send next. One planned for after `latest` counts as due: no pause is that long, so the clock was ahead
   * when it was planned.
   */
  due(now: Date, latest: Date): OutboxRecord | null;
  nextAttemptAt(): string | null;
  of(documentId: string): OutboxRecord[];
  counts(): { documents: number; statuses: number; blocked: number };
}

export interface OutboxWrites extends OutboxReads {
  add(record: OutboxRecord): void;
  /** State, attempts, next attempt and error are replaced. */
  update(record: OutboxRecord): void;
}

/** A message that came and could not be taken in. */
export interface InboxProblem {
  readonly messageId: string;
  readonly seq: number;
  readonly senderCode: string;
  readonly fileId: string | null;
  readonly code: string;
  readonly at: string;
}

export interface InboxProblemReads {
  list(): InboxProblem[];
  count(): number;
}

export interface InboxProblemWrites extends InboxProblemReads {
  add(problem: InboxProblem): void;
}
