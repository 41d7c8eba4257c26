import { readEdxmlInSlices } from '#shared/edxml/read-edxml.ts';
import type { EdxmlDocument, EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import { isSameAgency } from '#shared/domain/agency-code.ts';
import { deliveryStateOfStatus } from '#shared/domain/delivery.ts';
import type { Actor } from '#shared/domain/history.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { wasIssued } from '#shared/domain/outgoing-state.ts';
import type { CoreContext } from '../core-context.ts';
import { receiveDocument, type ReceivedDocument } from '../incoming/receive-document.ts';
import { findReported, takeStatus } from '../outgoing/take-status.ts';
import type { ExchangeClient, ExchangeOutcome, InboxItem, MessageSink } from '../ports/exchange.ts';
import type { PartialFile } from '../ports/file-store.ts';
import { moveInboxCursor } from './cursors.ts';
import { isWorkstationRefusal } from './refusals.ts';

/** `<seq> <count>`: how often the taking of an item began and did not end. */
const BEGUN = 'inbox-begun';
/** A message that ended the program this often is passed over; power cuts do not strike thrice at one message. */
const MOST_BEGUN = 3;

export type PullResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly outcome: Exclude<ExchangeOutcome<unknown>, { kind: 'ok' | 'aborted' }> }
  | { readonly kind: 'aborted' };

/**
 * Brings one item of the inbox into the registers. What it adds and the cursor's move are one transaction, so a crash
 * at any point means the item comes again, and an item that came already changes nothing.
 */
export async function pullItem(
  ctx: CoreContext,
  client: ExchangeClient,
  item: InboxItem,
  signal: AbortSignal,
): Promise<PullResult> {
  if (ctx.registers.incoming.findByMessage(item.messageId) !== null) {
    ctx.transact('skip-known-message', null, ({ stores }) => moveInboxCursor(stores, item));
    return { kind: 'done' };
  }
  const partial = await ctx.files.receive(item.sha256);
  const outcome = await download(client, item, partial, signal);
  if (outcome.kind !== 'ok') {
    if (outcome.kind === 'aborted') return { kind: 'aborted' };
    if (outcome.kind !== 'refused' || isWorkstationRefusal(outcome.code)) return { kind: 'failed', outcome };
    // The inbox lists it but will not give it out: told, and passed over, so that the next ones come.
    setAside(ctx, item, null, outcome.code);
    return { kind: 'done' };
  }
  const { fileId } = await partial.finish();
  ctx.fault('after-download-before-commit');
  if (!mayBegin(ctx, item)) {
    setAside(ctx, item, fileId, 'UNEXPECTED');
    return { kind: 'done' };
  }
  try {
    await take(ctx, item, fileId);
  } catch (error) {
    const code = isCodedError(error) ? error.code : null;
    // A full disk passes; a message that cannot be read will never get better, and a bug that it meets must not shut
    // out all that come after it.
    if (code === 'DISK_FULL') {
      ctx.transact('not-the-message', null, ({ stores }) => stores.settings.set(BEGUN, ''));
      throw error;
    }
    if (code === null) ctx.log.error('message-broke', error, { messageId: item.messageId });
    setAside(ctx, item, fileId, code ?? 'UNEXPECTED');
  }
  return { kind: 'done' };
}

/** Counts beginnings on disk, because what a message does to the program may leave no other trace than its end. */
function mayBegin(ctx: CoreContext, item: InboxItem): boolean {
  const [seq, count] = (ctx.registers.settings.get(BEGUN) ?? '').split(' ').map(Number);
  const begun = seq === item.seq ? (count ?? 0) : 0;
  if (begun >= MOST_BEGUN) return false;
  ctx.transact('begin-message', null, ({ stores }) => stores.settings.set(BEGUN, `${item.seq} ${begun + 1}`));
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

async function take(ctx: CoreContext, item: InboxItem, fileId: string): Promise<void> {
  // Screens and the other loop go on while a large message is read.
  const pause = () => new Promise<void>((resolve) => void ctx.timers.after(0, resolve));
  const message = await readEdxmlInSlices(await ctx.files.read(fileId), pause, { unzipSingle: ctx.unzipSingle });
  if (!isSameAgency(message.from.organId, item.from)) {
    setAside(ctx, item, fileId, 'SENDER_MISMATCH');
    return;
  }
  if (message.kind === 'document') await takeDocument(ctx, item, fileId, message);
  else receiveStatus(ctx, item, fileId, message);
}

async function takeDocument(ctx: CoreContext, item: InboxItem, fileId: string, message: EdxmlDocument): Promise<void> {
  const received = await receiveDocument(ctx, item, fileId, message);
  ctx.transact('take-document', senderOf(item, message), (tx) => {
    received.apply(tx);
    tx.stores.files.keepMessage(item.messageId, fileId);
    moveInboxCursor(tx.stores, item);
  });
  if (!received.isNew) return;
  ctx.emit('incoming.arrived', { ids: [received.id] });
  notify(ctx, received);
}

function receiveStatus(ctx: CoreContext, item: InboxItem, fileId: string, message: EdxmlStatus): void {
  const record = findReported(ctx, message);
  if (record === null || !wasIssued(record.state)) {
    setAside(ctx, item, fileId, 'STATUS_OF_UNKNOWN_DOCUMENT');
    return;
  }
  // Anyone on the exchange can write a status; only a recipient's own says anything.
  if (!ctx.registers.outgoing.deliveries(record.id).some(({ agencyCode }) => agencyCode === item.from)) {
    setAside(ctx, item, fileId, 'STATUS_FROM_STRANGER');
    return;
  }
  ctx.transact('take-status', senderOf(item, message), (tx) => {
    takeStatus(tx, record, item.from, message);
    tx.stores.files.keepMessage(item.messageId, fileId);
    moveInboxCursor(tx.stores, item);
  });
  if (deliveryStateOfStatus(message.statusCode) === 'refused') {
    ctx.shell.notify({
      notice: 'refused',
      params: { codeText: record.codeText, agencyName: message.from.organName, reason: message.description },
    });
  }
}

const senderOf = (item: InboxItem, message: EdxmlDocument | EdxmlStatus): Actor => ({
  kind: 'agency',
  id: item.from,
  name: message.from.organName || item.from,
});

function notify(ctx: CoreContext, received: ReceivedDocument): void {
  const { id, codeText, senderName, abstract } = received;
  ctx.shell.notify(
    received.express
      ? { notice: 'express-arrived', params: { agencyName: senderName, codeText, abstract, id } }
      : { notice: 'arrived', params: { count: 1, id } },
  );
}

/** Keeps the message and the reason, and lets the next ones come. */
function setAside(ctx: CoreContext, item: InboxItem, fileId: string | null, code: string): void {
  ctx.log.warn('message-set-aside', { messageId: item.messageId, code });
  ctx.transact('set-aside', null, ({ stores, at }) => {
    stores.inboxProblems.add({
      messageId: item.messageId,
      seq: item.seq,
      senderCode: item.from,
      fileId,
      code,
      at,
    });
    moveInboxCursor(stores, item);
  });
}
