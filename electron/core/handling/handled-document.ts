import type { HandlingDetail } from '#shared/contract/handling.ts';
import {
  FINISH_STATUS,
  type Handling,
  handlingAfter,
  handlingRefusal,
  type HandlingStep,
  isOfHandling,
  stageOf,
  statusOfStep,
} from '#shared/domain/handling.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { Target } from '../documents/document-record.ts';
import { load } from '../documents/document-record.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import { prepareStatus, type StatusMessage } from '../incoming/report-status.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { OutboxRecord } from '../sync/sync-stores.ts';
import type { AssignmentRecord, HandlingRecord } from './handling-store.ts';

/** What the handling of a document is read from. */
export type HandlingStores = Pick<ReadStores, 'incoming' | 'handling' | 'outbox'>;

/** A registered document with what decides about its next step. */
export interface Handled {
  readonly record: IncomingRecord;
  readonly handling: Handling;
  readonly kept: HandlingRecord;
  /** Those who have it now. */
  readonly open: readonly AssignmentRecord[];
}

/** @throws CodedError NOT_FOUND, STALE_REVISION */
export function loadHandled(stores: HandlingStores, target: Target): Handled {
  const record = load(stores.incoming, target);
  const kept = stores.handling.find(record.id) ?? notHandled(record.id);
  const open = stores.handling.assignments(record.id).filter(({ closedAt }) => closedAt === null);
  const handling: Handling = {
    askedLeader: kept.askedLeader,
    directed: kept.directed,
    started: kept.started,
    assignees: open.map(({ part, kind, assigneeId }) => ({ part, kind, id: assigneeId })),
    finished: record.state === 'done',
  };
  return { record, handling, kept, open };
}

function notHandled(documentId: string): HandlingRecord {
  return {
    documentId,
    stage: 'registered',
    askedLeader: null,
    askedAt: null,
    directed: false,
    started: false,
    finishedAt: null,
    outcome: null,
  };
}

/** @throws CodedError WRONG_STATE, ONE_LEAD, ASSIGNED_TWICE, NOT_ASSIGNED */
export function requireStep({ record, handling }: Handled, step: HandlingStep): void {
  // What has not been entered, or went back, is in nobody's hands.
  const inBook = record.state === 'registered' || record.state === 'done';
  const refusal = inBook ? handlingRefusal(handling, step) : 'WRONG_STATE';
  if (refusal === 'WRONG_STATE') throw new CodedError(refusal, { state: record.state, step: step.step });
  if (refusal !== null) throw new CodedError(refusal);
}

/** The status that a step makes true, written and ready for the outbox; null when nobody waits for it. */
export async function prepareStepStatus(
  ctx: CoreContext,
  { record }: Handled,
  step: HandlingStep,
  description = '',
): Promise<StatusMessage | null> {
  const code = statusOfStep(step, toldOf(ctx.registers, record.id));
  return code === null ? null : prepareStatus(ctx, record, code, description);
}

function toldOf({ outbox }: Pick<HandlingStores, 'outbox'>, documentId: string): string[] {
  return outbox.of(documentId).flatMap(({ statusCode }) => (statusCode === null ? [] : [statusCode]));
}

/** The status by which the sender is told that it is finished, as long as nothing took it back; null when there is none. */
export function finishStatus({ outbox }: Pick<HandlingStores, 'outbox'>, documentId: string): OutboxRecord | null {
  const last = outbox.of(documentId).findLast(({ statusCode }) => isOfHandling(statusCode));
  return last?.statusCode === FINISH_STATUS ? last : null;
}

/** Keeps what a step makes of a document: one revision on, with its status. Returns the record as it is then. */
export function keepStep(
  { stores, at }: Transaction,
  handled: Handled,
  step: HandlingStep,
  status: StatusMessage | null,
  changes: Partial<HandlingRecord> = {},
): IncomingRecord {
  const after = handlingAfter(handled.handling, step);
  stores.handling.put({
    ...handled.kept,
    askedLeader: after.askedLeader,
    directed: after.directed,
    started: after.started,
    ...changes,
    stage: stageOf(after),
  });
  if (status !== null) stores.outbox.add(status);
  const record: IncomingRecord = {
    ...handled.record,
    state: after.finished ? 'done' : 'registered',
    revision: handled.record.revision + 1,
    changedAt: at,
  };
  stores.incoming.update(record);
  return record;
}

/** The handling as screens and prints show it. */
export function handlingDetail(stores: HandlingStores, record: IncomingRecord, now: string): HandlingDetail {
  const all = stores.handling.assignments(record.id);
  const kept = stores.handling.find(record.id) ?? notHandled(record.id);
  const finished = record.state === 'done';
  const status = finished ? finishStatus(stores, record.id) : null;
  const asked = kept.askedLeader === null ? null : stores.handling.assignee('person', kept.askedLeader);
  return {
    stage: finished ? 'finished' : kept.stage,
    askedLeader: kept.askedLeader === null ? null : { id: kept.askedLeader, name: asked?.name ?? '' },
    askedAt: kept.askedAt,
    assignments: all
      .filter(({ closedAt, closedWhy }) => (finished ? closedWhy === 'finished' : closedAt === null))
      .map(({ part, kind, assigneeId, name, dueAt, note, assignedAt }) => ({
        part,
        kind,
        id: assigneeId,
        name,
        dueAt,
        note,
        assignedAt,
      })),
    remarks: stores.handling.remarks(record.id),
    finishedAt: kept.finishedAt,
    outcome: finished
      ? (kept.outcome ?? { kind: 'unsaid', answerId: null, codeText: null, date: null, reason: null })
      : null,
    finishIsTold: status !== null && stores.outbox.hasLeft(status.messageId),
    asideUntil: stores.handling.asideUntil(record.id, now),
  };
}
