import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import type { StatementState } from '#shared/domain/stated.ts';
import type { WatchPosition, Statement } from '../ports/exchange.ts';
import type { Inbox } from '../sync/sync-stores.ts';

/** Something that this office states to the exchange, on its way there or settled. */
export interface StatementRecord {
  readonly statement: Statement;
  /** The document here that it is about. */
  readonly documentId: string;
  readonly state: StatementState;
  readonly attempts: number;
  readonly nextAttemptAt: string;
  /** Why it was refused, or why the last attempt failed. */
  readonly errorCode: string | null;
  readonly createdAt: string;
  /** When the exchange answered, by this machine's clock. */
  readonly settledAt: string | null;
}

export interface StatementReads {
  /** Those to send next, the oldest first; like `OutboxReads.due`. */
  due(now: Date, latest: Date, limit: number): StatementRecord[];
  nextAttemptAt(): string | null;
  of(documentId: string): StatementRecord[];
  /** How many wait to be sent. */
  count(): number;
}

export interface StatementWrites extends StatementReads {
  add(record: StatementRecord): void;
  /** State, attempts, next attempt, error and settling are replaced. */
  update(record: StatementRecord): void;
  /** What waits only because the line was bad is due now. */
  lineIsBack(at: string): void;
}

/** A watched delivery as it is kept. */
export interface WatchedRecord {
  readonly delivery: WatchedDelivery;
  /** The letter of this office that it is about; null when another office sent it, or this register does not have it. */
  readonly documentId: string | null;
  /** When it was read from the exchange, by this machine's clock. */
  readonly takenAt: string;
}

/** What a list shows of the ways of one letter. */
export interface WatchCounts {
  readonly total: number;
  readonly opened: number;
  /** Somebody must be telephoned. */
  readonly calls: number;
  /** When the next call is due if nobody opens it; null when none is planned. */
  readonly callFrom: string | null;
  /** Recipients that ask for a longer time and have no answer. */
  readonly extensions: number;
}

export interface WatchReads {
  position(inbox: Inbox): WatchPosition | null;
  find(messageId: string, recipient: string): WatchedRecord | null;
  /** Of a letter of this office, by recipient. */
  of(documentId: string): WatchedRecord[];
  /** Letters for which a call waits. */
  callsWaiting(): number;
  /** Letters about which a recipient asks for a longer time. */
  extensionsWaiting(): number;
  /** Ids (edXML DocumentId) of letters that the exchange has from an agency, and no document of this register is. */
  unknownOf(senderCode: string): string[];
  /** Letters whose last recipient opened at or after an instant, the latest first. */
  completedSince(at: string, limit: number): string[];
}

export interface WatchWrites extends WatchReads {
  put(record: WatchedRecord): void;
  moveTo(inbox: Inbox, position: WatchPosition): void;
}
