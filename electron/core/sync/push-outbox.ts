import { nowIso, type CoreContext } from '../core-context.ts';
import { expectedFailure } from '../dispatch/answer-call.ts';
import type { ExchangeClient, ExchangeOutcome, Receipt } from '../ports/exchange.ts';
import type { OutboxRecord, WriteStores } from '../ports/stores.ts';
import { isWorkstationRefusal } from './refusals.ts';
import { retryDelayMs } from './sync-machine.ts';

export type PushResult =
  | { readonly kind: 'done' | 'row-blocked' }
  | { readonly kind: 'failed'; readonly outcome: Exclude<ExchangeOutcome<Receipt>, { kind: 'ok' | 'aborted' }> }
  | { readonly kind: 'aborted' };

/** Sends one row of the outbox. The message id makes any repetition harmless. */
export async function pushRow(
  ctx: CoreContext,
  client: ExchangeClient,
  row: OutboxRecord,
  signal: AbortSignal,
): Promise<PushResult> {
  const bytes = await ctx.files.read(row.fileId).catch((error: unknown) => {
    const code = expectedFailure(error)?.code;
    // Its file will not come back by itself, and the rows behind it must not wait for it.
    if (code !== 'FILE_MISSING' && code !== 'FILE_DAMAGED') throw error;
    return code;
  });
  if (typeof bytes === 'string') {
    blockRow(ctx, row, bytes);
    return { kind: 'row-blocked' };
  }
  const outcome = await client.putMessage(row.messageId, bytes, signal);
  if (outcome.kind === 'aborted') return { kind: 'aborted' };
  if (outcome.kind === 'ok') {
    ctx.fault('after-send-before-receipt');
    ctx.registers.tx('keep-receipt', (stores) => keepReceipt(ctx, stores, row, outcome.value));
    announce(ctx, row);
    return { kind: 'done' };
  }
  if (outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code)) {
    blockRow(ctx, row, outcome.code);
    return { kind: 'row-blocked' };
  }
  const nextAttemptAt = outcome.kind === 'offline' ? row.nextAttemptAt : laterThanNow(ctx, row, outcome);
  ctx.registers.tx('delay-message', (stores) =>
    stores.outbox.update(row.messageId, { ...row, attempts: row.attempts + 1, nextAttemptAt, errorCode: outcome.kind }),
  );
  return { kind: 'failed', outcome };
}

/**
 * A broken line says nothing about the message. Any other failure may be the message's own, so it steps back by the
 * longest pause of its turn: the sync's own pause ends before, and the rows behind it go first.
 */
function laterThanNow(ctx: CoreContext, row: OutboxRecord, outcome: ExchangeOutcome<Receipt>): string {
  const wishedMs = outcome.kind === 'retry-later' ? outcome.retryAfterMs : null;
  return new Date(ctx.clock.now().getTime() + retryDelayMs(row.attempts, 1, wishedMs)).toISOString();
}

function keepReceipt(ctx: CoreContext, stores: WriteStores, row: OutboxRecord, receipt: Receipt): void {
  stores.outbox.update(row.messageId, {
    ...row,
    state: 'done',
    attempts: row.attempts + 1,
    errorCode: null,
    doneAt: nowIso(ctx),
  });
  if (row.kind === 'status') return;
  const record = stores.outgoing.find(row.subjectId);
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
  if (record.state === 'queued') {
    stores.outgoing.update({
      ...record,
      state: 'sent',
      revision: record.revision + 1,
      changedAt: nowIso(ctx),
      sentAt: receipt.acceptedAt,
    });
  }
  stores.history.add(record.id, {
    at: receipt.acceptedAt,
    actor: 'exchange',
    action: 'sent',
    params: { recipients: receipt.recipients.length, unknown: unknown.join(', ') },
  });
}

/** This message cannot go however often it is tried: the document shows why and waits for a person. */
function blockRow(ctx: CoreContext, row: OutboxRecord, code: string): void {
  ctx.log.warn('message-refused', { messageId: row.messageId, code });
  ctx.registers.tx('block-message', (stores) => {
    stores.outbox.update(row.messageId, { ...row, state: 'blocked', attempts: row.attempts + 1, errorCode: code });
    stores.history.add(row.subjectId, {
      at: nowIso(ctx),
      actor: 'exchange',
      action: 'refused-by-exchange',
      params: { code },
    });
  });
  announce(ctx, row);
  const codeText =
    ctx.registers.outgoing.find(row.subjectId)?.codeText ??
    ctx.registers.incoming.find(row.subjectId)?.fields.codeText ??
    '';
  ctx.shell.notify({ notice: 'sending-blocked', params: { codeText, code } });
}

function announce(ctx: CoreContext, row: OutboxRecord): void {
  ctx.emit(row.kind === 'document' ? 'outgoing.changed' : 'incoming.changed', { ids: [row.subjectId] });
  ctx.emit('office.changed', {});
}
