import { nextIncomingState, type IncomingState, type IncomingStep } from '#shared/domain/incoming-state.ts';
import { CodedError } from '../coded-error.ts';
import type { IncomingRecord, ReadStores } from '../ports/stores.ts';

export const INCOMING_BOOK = 'incoming';

/** @throws CodedError NOT_FOUND, STALE_REVISION */
export function loadIncoming(stores: ReadStores, target: { id: string; revision: number }): IncomingRecord {
  const record = stores.incoming.find(target.id);
  if (record === null) throw new CodedError('NOT_FOUND', { id: target.id });
  if (record.revision !== target.revision) throw new CodedError('STALE_REVISION', { id: target.id });
  return record;
}

/** The state after `step`. @throws CodedError WRONG_STATE */
export function incomingStateAfter(record: IncomingRecord, step: IncomingStep): IncomingState {
  const next = nextIncomingState(record.state, step);
  if (next === null) throw new CodedError('WRONG_STATE', { state: record.state, step });
  return next;
}
