import type { HandlingAnswers } from '#shared/contract/handling.ts';
import {
  REMIND_AGAIN_MS,
  type HandlingStep,
  handlingRefusal,
  isSameAssignee,
  NOT_HANDLED,
} from '#shared/domain/handling.ts';
import { isIncomingSettled } from '#shared/domain/incoming-state.ts';
import { isExpress } from '#shared/domain/urgency.ts';
import { vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import { CodedError, isCodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { asTarget, find, load, type Target } from '../documents/document-record.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import { prepareStatus, type StatusMessage } from '../incoming/report-status.ts';
import type { ReadStores } from '../ports/stores.ts';
import {
  finishStatus,
  type Handled,
  keepStep,
  loadHandled,
  prepareStepStatus,
  requireStep,
} from './handled-document.ts';
import { assignTo, requireAssignee, requireLeader, submitTo } from './hand-out.ts';
import { openHandling } from './open-handling.ts';
import { say } from './say.ts';

type HandlingCommands = Pick<
  CoreHandlers,
  | 'handling.submit'
  | 'handling.direct'
  | 'handling.assign'
  | 'handling.callBack'
  | 'handling.start'
  | 'handling.reopen'
  | 'handling.remark'
  | 'handling.remind'
  | 'handling.putAside'
  | 'handling.takeBack'
>;

/** What becomes of a document between the book and its answer (NĐ 30/2020 Điều 23, 24). */
export function handlingCommands(ctx: CoreContext): HandlingCommands {
  return {
    'handling.submit': ({ documents, leaderId, note }, caller, transact) => {
      requireLeader(ctx.registers, leaderId);
      return transact((tx) =>
        forEach(documents, (target) => submitTo(tx, loadHandled(tx.stores, target), leaderId, note, caller)),
      );
    },
    'handling.direct': (input, caller, transact) =>
      transact((tx) => {
        const handled = loadHandled(tx.stores, input);
        const step: HandlingStep = { step: 'direct' };
        requireStep(handled, step);
        const speakerId = input.leaderId ?? caller.personId;
        // A clerk without the role writes down what a leader said; nobody speaks for nobody.
        const speaker =
          caller.roles.includes('leader') && speakerId === caller.personId
            ? caller
            : requireLeader(tx.stores, speakerId);
        const record = keepStep(tx, handled, step, null);
        say(tx, record.id, caller, 'opinion', input.opinion, speakerId);
        tx.record('incoming', record.id, 'directed', { leader: speaker.name });
        return asTarget(record);
      }),
    'handling.assign': async ({ documents, assignees, dueAt, note }, caller, transact) => {
      const step: HandlingStep = { step: 'assign', assignees };
      const refusal = handlingRefusal(NOT_HANDLED, step);
      if (refusal !== null) throw new CodedError(refusal);
      if (dueAt !== null && Date.parse(dueAt) <= ctx.clock.now().getTime()) throw new CodedError('IN_THE_PAST');
      const prepared = await prepareEach(ctx, documents, step);
      return transact((tx) => {
        for (const one of assignees) requireAssignee(tx.stores, one);
        return forEach(documents, (target) => {
          const handled = loadHandled(tx.stores, target);
          requireStep(handled, step);
          return assignTo(tx, handled, { assignees, dueAt, note, status: statusFor(prepared, target) }, caller);
        });
      });
    },
    'handling.callBack': (input, caller, transact) =>
      transact((tx) => {
        const handled = loadHandled(tx.stores, input);
        const step: HandlingStep = { step: 'call-back', assignee: input.assignee };
        requireStep(handled, step);
        const called = handled.open.find(({ kind, assigneeId }) =>
          isSameAssignee({ kind, id: assigneeId }, input.assignee),
        );
        if (called === undefined) throw new CodedError('NOT_ASSIGNED');
        tx.stores.handling.close(called.id, 'called-back', caller.personId, tx.at);
        const record = keepStep(tx, handled, step, null);
        if (input.reason !== '') say(tx, record.id, caller, 'call-back', input.reason);
        tx.record('incoming', record.id, 'called-back', { from: called.name, reason: input.reason });
        return asTarget(record);
      }),
    'handling.start': async (input, _caller, transact) => {
      const step: HandlingStep = { step: 'start' };
      const before = loadHandled(ctx.registers, input);
      requireStep(before, step);
      const status = await prepareStepStatus(ctx, before, step);
      return transact((tx) => {
        const handled = loadHandled(tx.stores, input);
        requireStep(handled, step);
        const record = keepStep(tx, handled, step, status);
        tx.record('incoming', record.id, 'started', {});
        return asTarget(record);
      });
    },
    'handling.reopen': async (input, caller, transact) => {
      const before = loadHandled(ctx.registers, input);
      requireStep(before, { step: 'reopen', told: false });
      // Whether it has left shows in the transaction alone: it may leave while this is written.
      const correction = await prepareStatus(ctx, before.record, '05', input.reason);
      return transact((tx) => {
        const handled = loadHandled(tx.stores, input);
        requireStep(handled, { step: 'reopen', told: false });
        // Its sender was told that nobody works on it any more: the answer to the recall says otherwise, or nothing does.
        if (tx.stores.incoming.recallOf(input.id)?.answer === 'agreed') throw new CodedError('RECALL_AGREED');
        const told = !takeBackFinish(tx, handled);
        if (told && input.reason === '') throw new CodedError('REASON_NEEDED');
        const record = openHandling(tx, input, told, told ? correction : null);
        if (input.reason !== '') say(tx, record.id, caller, 'correction', input.reason);
        tx.record('incoming', record.id, 'reopened', { reason: input.reason });
        return asTarget(record);
      });
    },
    'handling.remark': ({ id, text }, caller, transact) =>
      transact((tx) => {
        const { state } = find(tx.stores.incoming, id);
        // Before it is entered it may still become one with a paper document.
        if (state !== 'registered' && state !== 'done') throw new CodedError('NOT_REGISTERED');
        say(tx, id, caller, 'remark', text);
        return { id };
      }),
    'handling.remind': ({ id }, caller, transact) =>
      transact((tx) => {
        const { state } = find(tx.stores.incoming, id);
        const lead = tx.stores.handling
          .assignments(id)
          .find(({ closedAt, part }) => closedAt === null && part === 'lead');
        if (state !== 'registered' || lead === undefined) throw new CodedError('NOT_ASSIGNED');
        const last = tx.stores.handling.remarks(id).findLast(({ kind }) => kind === 'reminder');
        if (last !== undefined && Date.parse(tx.at) - Date.parse(last.at) < REMIND_AGAIN_MS) {
          throw new CodedError('REMINDED_LATELY', { at: last.at });
        }
        say(tx, id, caller, 'reminder', lead.name);
        return { name: lead.name };
      }),
    'handling.putAside': ({ documents, until }, caller, transact) => {
      const today = vietnamDay(ctx.clock.now().getTime());
      if (until <= today) throw new CodedError('IN_THE_PAST');
      const instant = new Date(vietnamInstant(until, '00:00')).toISOString();
      return transact((tx) =>
        forEach(documents, (target) => {
          const record = load(tx.stores.incoming, target);
          requireMayWait(tx.stores, record, until);
          tx.stores.handling.putAside(record.id, instant, caller.personId, tx.at);
          tx.record('incoming', record.id, 'put-aside', { until });
          return record;
        }),
      );
    },
    'handling.takeBack': ({ documents }, _caller, transact) =>
      transact((tx) =>
        forEach(documents, (target) => {
          const record = load(tx.stores.incoming, target);
          if (tx.stores.handling.takeBack(record.id)) tx.record('incoming', record.id, 'taken-back', {});
          return record;
        }),
      ),
  };
}

/** One that cannot go with the others does not hold them back. */
function forEach(documents: readonly Target[], work: (target: Target) => IncomingRecord): HandlingAnswers {
  const answers = documents.map((target): HandlingAnswers['answers'][number] => {
    try {
      return { ok: true, ...asTarget(work(target)) };
    } catch (error) {
      if (!isCodedError(error)) throw error;
      return { ok: false, id: target.id, code: error.code };
    }
  });
  return { answers };
}

/** What each document's sender is told. One that cannot go says why in the transaction. */
async function prepareEach(
  ctx: CoreContext,
  documents: readonly Target[],
  step: HandlingStep,
): Promise<ReadonlyMap<string, StatusMessage | null>> {
  const prepared = new Map<string, StatusMessage | null>();
  for (const target of documents) {
    try {
      const handled = loadHandled(ctx.registers, target);
      requireStep(handled, step);
      prepared.set(target.id, await prepareStepStatus(ctx, handled, step));
    } catch (error) {
      if (
        !isCodedError(error) ||
        (error.code !== 'NOT_FOUND' && error.code !== 'STALE_REVISION' && error.code !== 'WRONG_STATE')
      )
        throw error;
    }
  }
  return prepared;
}

function statusFor(prepared: ReadonlyMap<string, StatusMessage | null>, { id }: Target): StatusMessage | null {
  const status = prepared.get(id);
  // It could not be assigned a moment ago: whoever asks again finds it as it is now.
  if (status === undefined) throw new CodedError('STALE_REVISION', { id });
  return status;
}

/** Takes the word of its being finished out of the outbox; false when it has left. */
function takeBackFinish({ stores }: Transaction, { record }: Handled): boolean {
  const status = finishStatus(stores, record.id);
  return status === null || stores.outbox.takeBack(status.messageId);
}

/** What is express, or has to be done before, is not put aside. @throws CodedError WRONG_STATE, EXPRESS_WAITS_FOR_NOBODY, DUE_BEFORE */
function requireMayWait({ handling }: Pick<ReadStores, 'handling'>, record: IncomingRecord, until: string): void {
  if (isIncomingSettled(record.state)) throw new CodedError('WRONG_STATE', { state: record.state, step: 'put-aside' });
  if (isExpress(record.fields.urgency)) throw new CodedError('EXPRESS_WAITS_FOR_NOBODY');
  const deadlines = handling
    .assignments(record.id)
    .filter(({ closedAt, part }) => closedAt === null && part === 'lead')
    .map(({ dueAt }) => dueAt);
  for (const dueAt of [record.fields.dueAt, ...deadlines]) {
    if (dueAt !== null && vietnamDay(Date.parse(dueAt)) < until) throw new CodedError('DUE_BEFORE');
  }
}
