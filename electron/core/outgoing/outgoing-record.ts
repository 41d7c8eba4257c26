import { nextOutgoingState, type OutgoingState, type OutgoingStep } from '#shared/domain/outgoing-state.ts';
import { CodedError } from '../coded-error.ts';
import { nowIso, type CoreContext } from '../core-context.ts';
import type { OutgoingRecord, ReadStores } from '../ports/stores.ts';

export interface Target {
  readonly id: string;
  readonly revision: number;
}

/** @throws CodedError NOT_FOUND, STALE_REVISION (someone changed it since the screen read it) */
export function loadOutgoing(stores: ReadStores, target: Target): OutgoingRecord {
  const record = stores.outgoing.find(target.id);
  if (record === null) throw new CodedError('NOT_FOUND', { id: target.id });
  if (record.revision !== target.revision) throw new CodedError('STALE_REVISION', { id: target.id });
  return record;
}

/** The state after `step`. @throws CodedError WRONG_STATE */
export function stateAfter(record: OutgoingRecord, step: OutgoingStep): OutgoingState {
  const next = nextOutgoingState(record.state, step);
  if (next === null) throw new CodedError('WRONG_STATE', { state: record.state, step });
  return next;
}

/** The record one revision on, in the state after `step`, with `changes`. */
export function advanced(
  ctx: CoreContext,
  record: OutgoingRecord,
  step: OutgoingStep,
  changes: Partial<OutgoingRecord> = {},
): OutgoingRecord {
  return {
    ...record,
    ...changes,
    state: stateAfter(record, step),
    revision: record.revision + 1,
    changedAt: nowIso(ctx),
  };
}

export const moved = (record: OutgoingRecord) => ({ id: record.id, revision: record.revision, state: record.state });
