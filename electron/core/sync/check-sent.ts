import { EXCHANGE_ACTOR } from '#shared/domain/history.ts';
import type { CoreContext } from '../core-context.ts';
import { type ExchangeClient, MOST_CHECKED_MESSAGES } from '../ports/exchange.ts';
import type { WriteStores } from '../ports/stores.ts';
import { inboxKey, type InboxSequence, type SentMessage } from './sync-stores.ts';

/** `<epoch>` when all that was sent has been asked for in it; `<epoch> <createdAt> <messageId>` while on the way. */
const CHECKED = 'sent-checked';
/** The receipt of a letter to thousands is longer than a question may be; any other proves as much. */
const LONGEST_PROOF = 32_000;

/**
 * Asks the exchange whether it still has what it gave receipts for, and queues again what it has not. The newest are asked
 * for with `askNewest`, as when the line has come back; in a new epoch all of them, a page at a time. Returns whether there is more to ask.
 */
export async function checkSent(
  ctx: CoreContext,
  client: ExchangeClient,
  sequence: InboxSequence,
  askNewest: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const { epoch } = sequence;
  const checked = readChecked(ctx);
  const isWhole = checked?.epoch === epoch && checked.last === null;
  if (isWhole && !askNewest) return false;
  const before = checked?.epoch === epoch && !askNewest ? checked.last : null;
  const page = ctx.registers.outbox.sent(inboxKey(sequence), MOST_CHECKED_MESSAGES, before);
  if (page.length > 0) {
    const proof = page.find(({ proof: text }) => text !== null && text.length <= LONGEST_PROOF)?.proof ?? null;
    const outcome = await client.checkReceipts(
      page.map(({ messageId }) => messageId),
      proof,
      signal,
    );
    // Whatever is wrong with the line, the inbox call that follows meets it and reports it.
    if (outcome.kind !== 'ok') return false;
    sendAgain(ctx, outcome.value.missing);
    // Our receipt made it begin a new one: everything is asked for in that.
    if (outcome.value.epoch !== epoch) return false;
  }
  if (isWhole) return false;
  const last = page.length === MOST_CHECKED_MESSAGES ? (page.at(-1) ?? null) : null;
  writeChecked(ctx, epoch, last);
  return last !== null;
}

/** Queues messages again that the exchange took once and has no longer. They keep their ids: who got one knows it. */
export function sendAgain(ctx: CoreContext, messageIds: readonly string[]): void {
  const rows = messageIds
    .map((messageId) => ctx.registers.outbox.find(messageId))
    .filter((row) => row !== null && row.state === 'done');
  if (rows.length === 0) return;
  ctx.log.warn('sending-again', { messages: rows.length });
  ctx.transact('send-again', EXCHANGE_ACTOR, ({ stores, at, record }) => {
    for (const row of rows) {
      if (row === null) continue;
      stores.outbox.update({
        ...row,
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: at,
        errorCode: null,
        proof: null,
        takenBy: null,
      });
      if (row.kind === 'document') record('outgoing', row.documentId, 'lost-by-exchange', {});
    }
  });
  ctx.messagesWait();
}

/** Whether the exchange still has what was sent is asked anew. */
export function doubtSent(stores: Pick<WriteStores, 'settings'>): void {
  stores.settings.set(CHECKED, '');
}

interface Checked {
  readonly epoch: string;
  /** The last one asked for; null when all are. */
  readonly last: SentMessage | null;
}

function readChecked(ctx: Pick<CoreContext, 'registers'>): Checked | null {
  const [epoch = '', createdAt, messageId] = (ctx.registers.settings.get(CHECKED) ?? '').split(' ');
  if (epoch === '') return null;
  if (createdAt === undefined || messageId === undefined) return { epoch, last: null };
  return { epoch, last: { createdAt, messageId, proof: null } };
}

function writeChecked(ctx: CoreContext, epoch: string, last: SentMessage | null): void {
  const value = last === null ? epoch : `${epoch} ${last.createdAt} ${last.messageId}`;
  ctx.transact('sent-checked', null, ({ stores }) => stores.settings.set(CHECKED, value));
}
