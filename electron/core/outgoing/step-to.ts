import type { HistoryAction, HistoryParams } from '#shared/domain/history.ts';
import { outgoingMachine, type OutgoingStep } from '#shared/domain/outgoing-state.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { advance, asTarget, load, type Target } from '../documents/document-record.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/** A step that changes the state and nothing else than `changes`. @throws CodedError NOT_FOUND, STALE_REVISION, WRONG_STATE */
export function stepTo<A extends HistoryAction<'outgoing'>>(
  { stores, at, record }: Transaction,
  target: Target,
  step: OutgoingStep,
  action: A,
  params: HistoryParams<'outgoing', A>,
  changes: Partial<OutgoingRecord> = {},
) {
  const next = advance(outgoingMachine, load(stores.outgoing, target), step, at, changes);
  stores.outgoing.update(next);
  record('outgoing', next.id, action, params);
  return asTarget(next);
}
