import type { RecallReply } from '#shared/contract/incoming.ts';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { incomingMachine } from '#shared/domain/incoming-state.ts';
import { recallAnswerOf, statusOfRecallAnswer } from '#shared/domain/recall.ts';
import type { Caller } from '#shared/domain/roles.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { advance, asTarget, load, type Target } from '../documents/document-record.ts';
import { endHandling } from '../handling/finish-document.ts';
import { loadHandled } from '../handling/handled-document.ts';
import { openHandling } from '../handling/open-handling.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { OutboxRecord } from '../sync/sync-stores.ts';
import type { IncomingRecord, RecallRequest } from './incoming-store.ts';
import { prepareStatus } from './report-status.ts';

/** Outcome of the work on a document that was given up; stands in the follow-up book. */
const GIVEN_UP = 'Đã thu hồi theo yêu cầu của nơi gửi';

/**
 * What this office says to a sender that wants a document back (thu hồi): 15 agrees, 16 refuses. Agreeing ends what is done
 * with the document; number and book stay. As long as the sender has not been told, the answer can be taken back; afterwards
 * the other answer takes its place, with a status of its own.
 */
export function recallAnswerCommands(
  ctx: CoreContext,
): Pick<CoreHandlers, 'incoming.answerRecall' | 'incoming.undoRecallAnswer'> {
  return {
    'incoming.answerRecall': async (input, caller, transact) => {
      const { answer, reason } = input.reply;
      const before = loadAsked(ctx.registers, input);
      requireOther(before, answer);
      const status = await prepareStatus(ctx, before.record, statusOfRecallAnswer[answer], reason);
      return transact((tx) => {
        const asked = loadAsked(tx.stores, input);
        requireOther(asked, answer);
        const earlierReason = takeBackStatus(tx, asked) ? asked.request.earlierReason : asked.request.answerReason;
        const open = asked.request.answer === null ? asked : undo(tx, asked);
        const settled = settle(tx, { ...open, request: { ...open.request, earlierReason } }, input.reply, caller);
        if (status !== null) tx.stores.outbox.add(status);
        tx.record('incoming', settled.id, answer === 'agreed' ? 'recall-agreed' : 'recall-refused', { reason });
        return asTarget(settled);
      });
    },
    'incoming.undoRecallAnswer': (input, caller, transact) =>
      transact((tx) => {
        const asked = loadAsked(tx.stores, input);
        if (asked.request.answer === null)
          throw new CodedError('WRONG_STATE', { state: asked.record.state, step: 'undo-recall-answer' });
        if (!takeBackStatus(tx, asked)) throw new CodedError('RECALL_ANSWER_LEFT');
        const undone = undo(tx, asked);
        // What the sender was told before stands, with all that it ended.
        const told = toldOf(tx.stores, undone.record.id, undone.request);
        const answer = recallAnswerOf(told?.statusCode ?? null);
        const record =
          told === null || answer === null
            ? undone.record
            : settle(tx, undone, { answer, reason: asked.request.earlierReason, at: told.createdAt }, caller);
        tx.record('incoming', record.id, 'recall-answer-undone', {});
        return asTarget(record);
      }),
  };
}

/** The recall that concerns a document: of itself, or the one that it is the message of. */
export function recallDetail(stores: Pick<ReadStores, 'incoming' | 'outbox'>, id: string): IncomingDetail['recall'] {
  const request = stores.incoming.recallOf(id) ?? stores.incoming.recallAskedBy(id);
  const document = request === null ? null : stores.incoming.find(request.documentId);
  if (request === null || document === null) return null;
  const { askedAt, reason, answer, answeredAt, answerReason } = request;
  const status = toldOf(stores, document.id, request);
  return {
    id: document.id,
    revision: document.revision,
    codeText: document.fields.codeText,
    askedAt,
    reason,
    answer,
    answeredAt,
    answerReason,
    told: status !== null && stores.outbox.hasLeft(status.messageId),
  };
}

/**
 * A sender wants a document back. Asked again after a refusal it is to be answered again; what was given up stays given up.
 * @param askedBy the arrival that brought the request; null for a status
 */
export function keepRecallRequest(
  { stores, at, record: note }: Transaction,
  { documentId, askedBy, reason }: Pick<RecallRequest, 'documentId' | 'askedBy' | 'reason'>,
): void {
  note('incoming', documentId, 'recall-asked', { reason });
  if (stores.incoming.recallOf(documentId)?.answer === 'agreed') return;
  stores.incoming.putRecall({ ...unanswered, documentId, askedBy, askedAt: at, reason });
}

const unanswered = {
  answer: null,
  answeredAt: null,
  answerReason: '',
  earlierReason: '',
  endedFrom: null,
  settledRequest: false,
} as const;

interface Asked {
  readonly record: IncomingRecord;
  readonly request: RecallRequest;
}

/** @throws CodedError NOT_FOUND, STALE_REVISION, NO_RECALL */
function loadAsked(stores: Pick<ReadStores, 'incoming'>, target: Target): Asked {
  const record = load(stores.incoming, target);
  const request = stores.incoming.recallOf(record.id);
  if (request === null) throw new CodedError('NO_RECALL');
  return { record, request };
}

/** @throws CodedError WRONG_STATE */
function requireOther({ record, request }: Asked, answer: RecallReply['answer']): void {
  if (request.answer === answer) throw new CodedError('WRONG_STATE', { state: record.state, step: 'answer-recall' });
}

/** The last word to this request in the outbox, gone or waiting. */
function toldOf(
  { outbox }: Pick<ReadStores, 'outbox'>,
  documentId: string,
  { askedAt }: RecallRequest,
): OutboxRecord | null {
  const said = outbox.of(documentId).filter(({ statusCode }) => recallAnswerOf(statusCode) !== null);
  return said.findLast(({ createdAt }) => createdAt >= askedAt) ?? null;
}

/** Takes the last word out of the outbox; false when it has left. */
function takeBackStatus({ stores }: Transaction, { record, request }: Asked): boolean {
  const status = toldOf(stores, record.id, request);
  return status !== null && stores.outbox.takeBack(status.messageId);
}

/** Keeps the answer, given `at` or now, with what it ends. Returns the document as it is then. */
function settle(
  tx: Transaction,
  { record, request }: Asked,
  { answer, reason, at = tx.at }: RecallReply & { readonly at?: string },
  caller: Caller,
) {
  const { stores } = tx;
  const given = answer === 'agreed' ? giveUp(tx, record, request, caller) : unchanged(tx, record);
  const message = request.askedBy === null ? null : stores.incoming.find(request.askedBy);
  // Nothing is left to do with the message that asked, unless it got a number of its own.
  const settledRequest = message?.state === 'arrived';
  if (settledRequest) stores.incoming.update(advance(incomingMachine, message, 'return', tx.at));
  const { endedFrom } = given;
  stores.incoming.putRecall({ ...request, answer, answeredAt: at, answerReason: reason, endedFrom, settledRequest });
  return given.record;
}

type Given = Pick<RecallRequest, 'endedFrom'> & { readonly record: IncomingRecord };

/** What waits goes out of the boxes without a number, what is worked on is finished. */
function giveUp(tx: Transaction, record: IncomingRecord, request: RecallRequest, caller: Caller): Given {
  if (record.state === 'arrived') {
    const next = advance(incomingMachine, record, 'return', tx.at, { reason: request.reason });
    tx.stores.incoming.update(next);
    return { endedFrom: 'arrived', record: next };
  }
  if (record.state !== 'registered') return unchanged(tx, record);
  const outcome = { kind: 'no-answer', answerId: null, codeText: null, date: null, reason: GIVEN_UP } as const;
  return { endedFrom: 'registered', record: endHandling(tx, loadHandled(tx.stores, record), null, outcome, caller) };
}

/** Another revision, for what is known of it is another. */
function unchanged({ stores, at }: Transaction, record: IncomingRecord): Given {
  const next: IncomingRecord = { ...record, revision: record.revision + 1, changedAt: at };
  stores.incoming.update(next);
  return { endedFrom: null, record: next };
}

/** As if nobody had answered. */
function undo(tx: Transaction, { record, request }: Asked): Asked {
  const { stores, at } = tx;
  const message = request.askedBy === null ? null : stores.incoming.find(request.askedBy);
  if (request.settledRequest && message?.state === 'returned')
    stores.incoming.update(advance(incomingMachine, message, 'restore', at));
  const before = { ...request, ...unanswered };
  stores.incoming.putRecall(before);
  return { record: keepAfterAll(tx, record, request), request: before };
}

function keepAfterAll(tx: Transaction, record: IncomingRecord, { endedFrom }: RecallRequest): IncomingRecord {
  if (endedFrom === 'registered' && record.state === 'done') return openHandling(tx, record, false, null);
  if (endedFrom !== 'arrived' || record.state !== 'returned') return unchanged(tx, record).record;
  const next = advance(incomingMachine, record, 'restore', tx.at, { reason: null });
  tx.stores.incoming.update(next);
  return next;
}
