import type { EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import { isSameAgency } from '#shared/domain/agency-code.ts';
import { deliveryStateOfStatus } from '#shared/domain/delivery.ts';
import type { Actor } from '#shared/domain/history.ts';
import { SMALL_BYTES } from '#shared/domain/lane.ts';
import { TAKE_BACK_REQUEST } from '#shared/domain/recall.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { wasIssued } from '#shared/domain/outgoing-state.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { KeyedLock } from '../dispatch/keyed-lock.ts';
import { keepRecallRequest } from '../incoming/answer-recall.ts';
import { receiveDocument, type ReceivedDocument } from '../incoming/receive-document.ts';
import { findReported, takeStatus } from '../outgoing/take-status.ts';
import type { ExchangeClient, ExchangeOutcome, InboxItem, MessageSink } from '../ports/exchange.ts';
import type { ForeignDocument } from '../ports/foreign-reader.ts';
import type { PartialFile } from '../ports/file-store.ts';
import { nextAttempt } from './next-attempt.ts';
import { isWorkstationRefusal } from './refusals.ts';
import type { Failure, StepResult } from './step-result.ts';
import type { ListedMessage } from './sync-stores.ts';

/**
 * A full disk passes, and so do a file that another program holds and a lack of processes; a message that cannot be read
 * will never get better by itself.
 */
const passing: ReadonlySet<string> = new Set(['DISK_FULL', 'FILE_HELD', 'READER_UNAVAILABLE']);

/** A message that ended the program this often is passed over; power cuts do not strike thrice at one message. */
const MOST_BEGUN = 3;
/** Enough that neither the line, nor the disk, nor a reading process waits for another of them. */
export const MOST_FETCHED_AT_ONCE = 8;

/** Whether one message of a lane may be fetched while others are: only as many as are small even together. */
export function mayFetchBeside(message: ListedMessage, others: readonly ListedMessage[]): boolean {
  if (others.length === 0) return true;
  const all = [message, ...others];
  // What was begun before may have ended the program. Alone it takes no other with it, if it does so again.
  if (all.some(({ begun }) => begun > 0)) return false;
  return all.reduce((bytes, { size }) => bytes + size, 0) <= SMALL_BYTES;
}

/**
 * Brings one listed message into the registers. What it adds and its end as a listed one are one transaction, so a crash
 * at any point means that it is taken again, and one that is here already changes nothing. Whatever goes wrong makes this
 * message step back, and the next one is fetched.
 */
export async function fetchMessage(
  ctx: CoreContext,
  client: ExchangeClient,
  message: ListedMessage,
  signal: AbortSignal,
): Promise<StepResult> {
  if (message.kind === 'document') return fetchBeside(ctx, client, message, Promise.resolve(), signal);
  // A sender's statuses come beside each other, and yet into the history in their order.
  const turn = queueUp(ctx.lock, `statuses ${message.from}`);
  try {
    return await fetchBeside(ctx, client, message, turn.come, signal);
  } finally {
    turn.leave();
  }
}

/** A place in a queue: `come` resolves when all before it have left. */
function queueUp(lock: KeyedLock, key: string): { readonly come: Promise<void>; readonly leave: () => void } {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const come = new Promise<void>((resolve) => {
    void lock.run(key, () => {
      resolve();
      return left;
    });
  });
  return { come, leave };
}

/** @param turn resolves when what the message says may come into the registers */
async function fetchBeside(
  ctx: CoreContext,
  client: ExchangeClient,
  message: ListedMessage,
  turn: Promise<void>,
  signal: AbortSignal,
): Promise<StepResult> {
  // Two messages may be the same bytes, and so one file.
  const fetched = await ctx.lock.run(`file ${message.sha256}`, () => bring(ctx, client, message, signal));
  if (fetched.kind === 'aborted') return fetched;
  if (fetched.kind === 'failed') {
    stepBack(ctx, message, fetched.outcome);
    return fetched;
  }
  if (fetched.kind === 'refused') {
    // Listed, and not given out: told, and passed over.
    setAside(ctx, message, null, fetched.code);
    return { kind: 'done' };
  }
  ctx.fault('after-download-before-commit');
  if (!mayBegin(ctx, message)) {
    setAside(ctx, message, fetched.fileId, 'UNEXPECTED');
    return { kind: 'done' };
  }
  try {
    await take(ctx, message, fetched.fileId, turn);
  } catch (error) {
    const code = isCodedError(error) ? error.code : null;
    if (code !== null && passing.has(code)) {
      ctx.transact('not-the-message', null, ({ stores }) => stores.inbox.update(message));
      throw error;
    }
    if (code === null) ctx.log.error('message-broke', error, { messageId: message.messageId });
    setAside(ctx, message, fetched.fileId, code ?? 'UNEXPECTED');
  }
  return { kind: 'done' };
}

type Fetched =
  | { readonly kind: 'here'; readonly fileId: string }
  | { readonly kind: 'refused'; readonly code: string }
  | Exclude<StepResult, { kind: 'done' }>;

async function bring(
  ctx: CoreContext,
  client: ExchangeClient,
  message: ListedMessage,
  signal: AbortSignal,
): Promise<Fetched> {
  // One that was set aside and is taken again is here.
  if (await ctx.files.has(message.sha256)) return { kind: 'here', fileId: message.sha256 };
  const partial = await ctx.files.receive(message.sha256);
  const outcome = await download(client, message, partial, signal);
  if (outcome.kind === 'aborted') return { kind: 'aborted' };
  if (outcome.kind === 'ok') return { kind: 'here', fileId: (await partial.finish()).fileId };
  const isOfMessage = outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code);
  if (!isOfMessage) return { kind: 'failed', outcome };
  // It was listed, so the exchange had it: since then it was put back to a copy that does not know it.
  return { kind: 'refused', code: outcome.code === 'NOT_FOUND' ? 'MESSAGE_FORGOTTEN' : outcome.code };
}

function stepBack(ctx: CoreContext, message: ListedMessage, outcome: Failure): void {
  ctx.transact('delay-fetching', null, ({ stores }) =>
    stores.inbox.update({ ...message, ...nextAttempt(ctx, message.attempts, outcome) }),
  );
}

/** Counts beginnings outside of the program, because what a message does to it may leave no other trace than its end. */
function mayBegin(ctx: CoreContext, message: ListedMessage): boolean {
  if (message.begun >= MOST_BEGUN) return false;
  const begun = message.begun + 1;
  ctx.transact('begin-message', null, ({ stores }) => stores.inbox.update({ ...message, begun }), {
    durability: 'program-end',
  });
  return true;
}

/** The client takes any failure of its sink for a broken line, so a full disk is remembered here and told as such. */
async function download(
  client: ExchangeClient,
  item: InboxItem,
  partial: PartialFile,
  signal: AbortSignal,
): Promise<ExchangeOutcome<unknown>> {
  let local: { readonly error: unknown } | null = null;
  const sink: MessageSink = {
    ...partial,
    append: (bytes) =>
      partial.append(bytes).catch((error: unknown) => {
        local = { error };
        throw error;
      }),
  };
  let complete = false;
  try {
    const outcome = await client.getMessage(item, sink, signal);
    if (local !== null) throw (local as { readonly error: unknown }).error;
    complete = outcome.kind === 'ok';
    return outcome;
  } finally {
    if (!complete) await partial.suspend();
  }
}

async function take(ctx: CoreContext, item: InboxItem, fileId: string, turn: Promise<void>): Promise<void> {
  const message = await ctx.reader.readMessage(fileId);
  await turn;
  if (!isSameAgency(message.from.organId, item.from)) {
    setAside(ctx, item, fileId, 'SENDER_MISMATCH');
    return;
  }
  if (message.kind === 'document') await takeDocument(ctx, item, fileId, message);
  else receiveStatus(ctx, item, fileId, message);
}

async function takeDocument(
  ctx: CoreContext,
  item: InboxItem,
  fileId: string,
  message: ForeignDocument,
): Promise<void> {
  // Two under one id at once must not both find that nothing was there before.
  await ctx.lock.run(`arrival ${item.from} ${message.documentId}`, () => keepDocument(ctx, item, fileId, message));
}

async function keepDocument(
  ctx: CoreContext,
  item: InboxItem,
  fileId: string,
  message: ForeignDocument,
): Promise<void> {
  const received = await receiveDocument(ctx, item, fileId, message);
  ctx.transact('take-document', senderOf(ctx, item), (tx) => {
    received.apply(tx);
    tx.stores.files.keepMessage(item.messageId, fileId);
    tx.stores.inbox.remove(item.messageId);
  });
  if (!received.isNew) return;
  ctx.emit('incoming.arrived', { ids: [received.id] });
  notify(ctx, received);
}

function receiveStatus(ctx: CoreContext, item: InboxItem, fileId: string, message: EdxmlStatus): void {
  if (message.statusCode === TAKE_BACK_REQUEST) {
    receiveTakeBack(ctx, item, fileId, message);
    return;
  }
  const record = findReported(ctx, item.from, message);
  if (record === null || !wasIssued(record.state)) {
    setAside(ctx, item, fileId, 'STATUS_OF_UNKNOWN_DOCUMENT');
    return;
  }
  // Anyone on the exchange can write a status; only a recipient's own says anything.
  if (!ctx.registers.outgoing.deliveries(record.id).some(({ agencyCode }) => agencyCode === item.from)) {
    setAside(ctx, item, fileId, 'STATUS_FROM_STRANGER');
    return;
  }
  ctx.transact('take-status', senderOf(ctx, item), (tx) => {
    takeStatus(tx, record, item, message);
    tx.stores.files.keepMessage(item.messageId, fileId);
    tx.stores.inbox.remove(item.messageId);
  });
  if (deliveryStateOfStatus(message.statusCode) === 'refused') {
    ctx.shell.notify({
      notice: 'refused',
      about: record.id,
      params: { codeText: record.codeText, agencyName: provenAgency(ctx, item.from).name, reason: message.description },
    });
  }
}

/** A sender asks for a document back by a status alone; what it is about is here or not. */
function receiveTakeBack(ctx: CoreContext, item: InboxItem, fileId: string, message: EdxmlStatus): void {
  const arrivals = ctx.registers.incoming.arrivalsOf(item.from, message.responseFor.documentId);
  const asked = arrivals.find(({ state }) => state !== 'returned');
  if (asked === undefined) {
    setAside(ctx, item, fileId, 'STATUS_OF_UNKNOWN_DOCUMENT');
    return;
  }
  ctx.transact('take-back-asked', senderOf(ctx, item), (tx) => {
    keepRecallRequest(tx, { documentId: asked.id, askedBy: null, reason: message.description });
    tx.stores.files.keepMessage(item.messageId, fileId);
    tx.stores.inbox.remove(item.messageId);
  });
}

const senderOf = (ctx: CoreContext, item: InboxItem): Actor => ({
  kind: 'agency',
  id: item.from,
  name: provenAgency(ctx, item.from).name,
});

function notify(ctx: CoreContext, received: ReceivedDocument): void {
  const { id, codeText, senderName, abstract, expressAt } = received;
  const until = expressAt === null ? {} : { until: expressAt };
  ctx.shell.notify(
    received.express
      ? { notice: 'express-arrived', params: { agencyName: senderName, codeText, abstract, id, ...until } }
      : { notice: 'arrived', params: { count: 1, id } },
  );
}

/** Keeps the message and the reason, and lets the next ones come. */
function setAside(ctx: CoreContext, item: InboxItem, fileId: string | null, code: string): void {
  ctx.log.warn('message-set-aside', { messageId: item.messageId, code });
  ctx.transact('set-aside', null, ({ stores, at }) => {
    stores.inboxProblems.add({ item, fileId, code, at });
    stores.inbox.remove(item.messageId);
  });
}
