import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import type { CoreContext } from '../core-context.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { OutgoingRecord } from '../outgoing/outgoing-store.ts';
import type { Statement } from '../ports/exchange.ts';
import { queueStatement } from './queue-statement.ts';
import type { StatementRecord } from './watching-stores.ts';

type HourChanged = Extract<Statement, { readonly event: 'hour-changed' }>;

/** Another hour of a sent letter, for one recipient; whoever has dealt with it or sent it back needs none. */
export function stateHour(
  tx: Pick<Transaction, 'stores' | 'at'>,
  ctx: Pick<CoreContext, 'ids'>,
  documentId: string,
  { messageId, recipient, returnedAt, finishedAt }: WatchedDelivery,
  stated: { readonly person: string; readonly expressAt: string },
): void {
  if (returnedAt !== null || finishedAt !== null) return;
  queueStatement(tx, ctx, documentId, { event: 'hour-changed', messageId, recipient, ...stated });
}

/**
 * What was changed before the exchange told of a recipient could not be stated of it: that is made up for with the first
 * word of it. A message that was made after the change names the new hour itself.
 */
export function stateHourAtLast(
  tx: Transaction,
  ctx: Pick<CoreContext, 'ids'>,
  documentId: string,
  delivery: WatchedDelivery,
): void {
  const expressAt = tx.stores.outgoing.find(documentId)?.fields.expressAt ?? null;
  if (expressAt === null || delivery.hourChangedAt !== null) return;
  if (delivery.expressAt !== null && Date.parse(delivery.expressAt) === Date.parse(expressAt)) return;
  // The newest stands first.
  const last = tx.stores.history
    .of(documentId)
    .find(({ action }) => action === 'hour-changed' || action === 'hour-kept');
  if (last?.action !== 'hour-changed') return;
  const { messageId, recipient } = delivery;
  const isStated = hourChanges(tx.stores.statements.of(documentId)).some(
    ({ statement }) => statement.messageId === messageId && statement.recipient === recipient,
  );
  if (!isStated) stateHour(tx, ctx, documentId, delivery, { person: last.actor.name, expressAt });
}

/**
 * Puts the hour that is in force back into the register when the exchange has taken a change of it for no recipient.
 * @param code why the change was refused
 * @returns the letter; null when nothing was put back
 */
export function keepHour(tx: Transaction, documentId: string, code: string): OutgoingRecord | null {
  const record = tx.stores.outgoing.find(documentId);
  const refused = record?.fields.expressAt ?? null;
  if (record === null || refused === null) return null;
  const standing = hourChanges(tx.stores.statements.of(documentId)).findLast(({ state }) => state !== 'refused');
  const first = tx.stores.history.of(documentId).findLast(({ action }) => action === 'hour-changed');
  const to = standing?.statement.expressAt ?? String(first?.params['from'] ?? '');
  if (to === refused) return null;
  const fields = { ...record.fields, expressAt: to === '' ? null : to };
  tx.stores.outgoing.update({ ...record, fields, revision: record.revision + 1, changedAt: tx.at });
  tx.record('outgoing', documentId, 'hour-kept', { to, refused, code });
  return record;
}

function hourChanges(
  statements: readonly StatementRecord[],
): readonly (StatementRecord & { readonly statement: HourChanged })[] {
  return statements.filter((one): one is StatementRecord & { readonly statement: HourChanged } => {
    return one.statement.event === 'hour-changed';
  });
}
