import { queriesReading } from '#shared/contract/contract.ts';
import type { EventName, EventPayload } from '#shared/contract/events.ts';
import type { Topic } from '#shared/contract/topics.ts';
import type { Direction } from '#shared/domain/direction.ts';
import type { Actor, HistoryAction, HistoryParams } from '#shared/domain/history.ts';
import type { Durability, Registers, WriteStores } from '../ports/stores.ts';
import type { Clock, FaultPoint, FaultPointName } from '../ports/system.ts';
import { collectChanges } from './collect-changes.ts';

/** One write transaction, from inside. All of it is kept, or nothing. */
export interface Transaction {
  readonly stores: WriteStores;
  /** When it happens, UTC: one instant for everything in it. */
  readonly at: string;
  /** Adds to the history of a document. `at` is the transaction's instant unless another said when it happened. */
  record<D extends Direction, A extends HistoryAction<D>>(
    direction: D,
    documentId: string,
    action: A,
    params: HistoryParams<D, A>,
    at?: string,
  ): void;
}

export interface TransactionOptions {
  /** Crash point between the commit and the telling. */
  readonly fault?: FaultPointName;
  /** What it outlives when it is not a power cut. */
  readonly durability?: Durability;
}

export type RunTransaction = <T>(
  name: string,
  /** Who did it, for the history; null for one that writes none. */
  actor: Actor | null,
  work: (transaction: Transaction) => T,
  options?: TransactionOptions,
) => T;

interface TransactionParts {
  readonly registers: Pick<Registers, 'tx'>;
  readonly clock: Clock;
  readonly fault: FaultPoint;
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** Something waits to be sent or fetched. */
  messagesWait(): void;
}

/**
 * Runs transactions, and does for each of them what no use case should have to think of: after the commit, the screens
 * hear which queries have another answer, and the sync hears that there is something to send.
 */
export function createTransactions(parts: TransactionParts): RunTransaction {
  return (name, actor, work, options = {}) => {
    const changed = new Set<Topic>();
    let queued = false;
    const run = (stores: WriteStores) => {
      const at = parts.clock.now().toISOString();
      const collecting = collectChanges(stores, changed, () => (queued = true));
      return work({
        stores: collecting,
        at,
        record: (direction, documentId, action, params, recordedAt = at) => {
          if (actor === null) throw new Error(`${name} writes history without saying who did it`);
          changed.add(direction);
          collecting.history.add(documentId, { at: recordedAt, actor, action, params });
        },
      });
    };
    const value = parts.registers.tx(name, run, options.durability);
    if (options.fault !== undefined) parts.fault(options.fault);
    if (changed.size > 0) parts.emit('answers.changed', { queries: queriesReading(changed) });
    if (queued) parts.messagesWait();
    return value;
  };
}
