import type { IncomingRecord } from '../incoming/incoming-store.ts';
import type { CoreContext } from '../core-context.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { Statement } from '../ports/exchange.ts';

type Stated<S> = S extends Statement ? Omit<S, 'id' | 'at'> : never;

/** Makes a statement and queues it in the transaction that makes it true; its id stays the same however often it is sent. */
export function queueStatement(
  { stores, at }: Pick<Transaction, 'stores' | 'at'>,
  ctx: Pick<CoreContext, 'ids'>,
  documentId: string,
  stated: Stated<Statement>,
): void {
  stores.statements.add({
    statement: { ...stated, id: ctx.ids.next(), at },
    documentId,
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: at,
    errorCode: null,
    createdAt: at,
    settledAt: null,
  });
}

/** A person opened a document: said once for every message that brought it; one that came on paper nobody waits for. */
export function stateOpened(
  tx: Pick<Transaction, 'stores' | 'at'>,
  ctx: Pick<CoreContext, 'ids'>,
  { id, received }: Pick<IncomingRecord, 'id' | 'received'>,
  person: string,
): void {
  for (const messageId of messagesOf(tx, { id, received })) {
    queueStatement(tx, ctx, id, { event: 'opened', messageId, person });
  }
}

/** Every message that brought a document; none for one that came on paper. */
export function messagesOf(
  { stores }: Pick<Transaction, 'stores'>,
  { id, received }: Pick<IncomingRecord, 'id' | 'received'>,
): readonly string[] {
  if (received === null) return [];
  const again = stores.history
    .of(id)
    .filter(({ action }) => action === 'received-again')
    .map(({ params }) => String(params['messageId']));
  return [...new Set([received.messageId, ...again])];
}
