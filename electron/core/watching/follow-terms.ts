import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';

/**
 * What the sender changed since the last word of the exchange holds for the document here: its fixed hour, and its deadline
 * when a longer time was granted. Whatever the clerk entered herself stays while the sender changes nothing.
 * @param before null when nothing was known yet
 * @returns whether the hour is another now
 */
export function followTerms(
  { stores, at, record: note }: Transaction,
  record: IncomingRecord,
  before: WatchedDelivery | null,
  delivery: WatchedDelivery,
): boolean {
  const isHourNew = delivery.hourChangedAt !== null && delivery.hourChangedAt !== before?.hourChangedAt;
  const isGrantNew = delivery.dueGrantedAt !== null && delivery.dueGrantedAt !== before?.dueGrantedAt;
  const expressAt = isHourNew ? delivery.expressAt : record.expressAt;
  const dueAt = isGrantNew ? delivery.dueAt : record.fields.dueAt;
  if (!isSame(expressAt, record.expressAt) || !isSame(dueAt, record.fields.dueAt)) {
    const fields = { ...record.fields, dueAt };
    stores.incoming.update({ ...record, fields, expressAt, revision: record.revision + 1, changedAt: at });
  }
  const isHourChanged = !isSame(expressAt, record.expressAt);
  if (isHourChanged) {
    note('incoming', record.id, 'hour-changed', { from: record.expressAt ?? '', to: expressAt ?? '' });
  }
  if (isGrantNew) {
    const from = record.fields.dueAt ?? '';
    const reason = delivery.extension?.answer?.reason ?? '';
    note('incoming', record.id, 'extension-granted', { from, until: dueAt ?? '', reason });
  }
  const { extension } = delivery;
  const wasRefused = before?.extension?.id === extension?.id && before?.extension?.granted === false;
  if (extension?.granted === false && !wasRefused) {
    note('incoming', record.id, 'extension-refused', { reason: extension.answer?.reason ?? '' });
  }
  return isHourChanged;
}

/** Instants are written with more or fewer digits. */
function isSame(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : Date.parse(one) === Date.parse(other);
}
