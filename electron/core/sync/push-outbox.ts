import { EXCHANGE_ACTOR } from '#shared/domain/history.ts';
import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { advance } from '../documents/document-record.ts';
import type { ExchangeClient, ExchangeOutcome, Receipt } from '../ports/exchange.ts';
import { isRevocableStatus } from '#shared/domain/handling.ts';
import { nextAttempt } from './next-attempt.ts';
import { isWorkstationRefusal } from './refusals.ts';
import type { StepResult } from './step-result.ts';
import { inboxKey, type OutboxRecord } from './sync-stores.ts';

/** Sends one row of the outbox. The message id makes any repetition harmless. */
export async function pushRow(
  ctx: CoreContext,
  client: ExchangeClient,
  row: OutboxRecord,
  signal: AbortSignal,
): Promise<StepResult> {
  if (isRevocableStatus(row.statusCode) && !leaves(ctx, row)) return { kind: 'done' };
  const outcome = await sendFile(ctx, client, row, signal).catch((error: unknown) => {
    const code = isCodedError(error) ? error.code : null;
    // Its file will not come back by itself, and the rows behind it must not wait for it.
    if (code !== 'FILE_MISSING' && code !== 'FILE_DAMAGED') throw error;
    return code;
  });
  if (typeof outcome === 'string') {
    blockRow(ctx, row, outcome);
    return { kind: 'done' };
  }
  if (outcome.kind === 'aborted') return { kind: 'aborted' };
  if (outcome.kind === 'ok') {
    ctx.fault('after-send-before-receipt');
    ctx.transact('keep-receipt', EXCHANGE_ACTOR, (tx) => keepReceipt(tx, row, outcome.value));
    return { kind: 'done' };
  }
  if (outcome.kind === 'refused' && outcome.code === 'MESSAGE_ID_CONFLICT') {
    takeNewId(ctx, row);
    return { kind: 'done' };
  }
  if (outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code)) {
    blockRow(ctx, row, outcome.code);
    return { kind: 'done' };
  }
  ctx.transact('delay-message', null, ({ stores }) =>
    stores.outbox.update({ ...row, ...nextAttempt(ctx, row.attempts, outcome) }),
  );
  return { kind: 'failed', outcome };
}

/** "Finished" and an answer to a recall may be undone while they have not left, so the register knows before they go; false when it is undone. */
function leaves(ctx: CoreContext, { messageId }: OutboxRecord): boolean {
  return ctx.transact('status-leaves', null, ({ stores }) => stores.outbox.leaves(messageId));
}

async function sendFile(
  ctx: CoreContext,
  client: ExchangeClient,
  row: OutboxRecord,
  signal: AbortSignal,
): Promise<ExchangeOutcome<Receipt>> {
  return client.putMessage(row.messageId, await ctx.files.source(row.fileId), signal);
}

/** The id stands for another message: the exchange lost this one, and somebody took its id meanwhile. */
function takeNewId(ctx: CoreContext, row: OutboxRecord): void {
  const newId = ctx.ids.next();
  ctx.log.warn('message-id-taken', { messageId: row.messageId, newId });
  ctx.transact('new-message-id', null, ({ stores }) => stores.outbox.rename(row.messageId, newId));
}

function keepReceipt({ stores, at, record: note }: Transaction, row: OutboxRecord, receipt: Receipt): void {
  const exchangeId = stores.office.connection()?.exchangeId;
  const agencyCode = stores.office.agency()?.code;
  if (exchangeId === undefined || agencyCode === undefined) throw new Error('a receipt without an enrolment');
  stores.outbox.update({
    ...row,
    state: 'done',
    attempts: row.attempts + 1,
    errorCode: null,
    proof: receipt.proof,
    takenBy: inboxKey({ exchangeId, agencyCode }),
  });
  if (row.kind === 'status') return;
  const record = stores.outgoing.find(row.documentId);
  if (record === null) throw new Error(`outbox ${row.messageId} carries a document that is not there`);
  const unknown: string[] = [];
  for (const { organId, outcome } of receipt.recipients) {
    const accepted = outcome === 'accepted';
    if (!accepted) unknown.push(organId);
    stores.outgoing.advanceDelivery(record.id, organId, {
      state: accepted ? 'delivered' : 'unknown-recipient',
      at: receipt.acceptedAt,
      reason: null,
    });
  }
  // A receipt that comes once more, after a crash, finds the document sent.
  if (outgoingMachine.allows(record.state, 'acknowledge')) {
    stores.outgoing.update(advance(outgoingMachine, record, 'acknowledge', at, { sentAt: receipt.acceptedAt }));
  }
  const counts = { recipients: receipt.recipients.length, unknown: unknown.join(', ') };
  note('outgoing', record.id, 'sent', counts, receipt.acceptedAt);
}

/** This message cannot go however often it is tried: the document shows why and waits for a person. */
function blockRow(ctx: CoreContext, row: OutboxRecord, code: string): void {
  ctx.log.warn('message-refused', { messageId: row.messageId, code });
  ctx.transact('block-message', EXCHANGE_ACTOR, ({ stores, record: note }) => {
    stores.outbox.update({ ...row, state: 'blocked', attempts: row.attempts + 1, errorCode: code });
    note(row.kind === 'document' ? 'outgoing' : 'incoming', row.documentId, 'refused-by-exchange', { code });
  });
  const codeText =
    ctx.registers.outgoing.find(row.documentId)?.codeText ??
    ctx.registers.incoming.find(row.documentId)?.fields.codeText ??
    '';
  ctx.shell.notify({ notice: 'sending-blocked', params: { codeText, code } });
}
