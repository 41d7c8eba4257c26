import { nameExchangeStatus } from '#shared/domain/exchange-status.ts';
import type { DeliveryState } from '#shared/domain/outgoing-state.ts';
import type { EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import { nowIso, type CoreContext } from '../core-context.ts';
import type { OutgoingRecord, WriteStores } from '../ports/stores.ts';

const deliveryStateOf: Readonly<Record<string, DeliveryState>> = {
  '01': 'arrived',
  '02': 'refused',
  '03': 'accepted',
  // Assigned and in progress say that it was accepted before, whatever happened to that status.
  '04': 'accepted',
  '05': 'accepted',
  '06': 'completed',
};

/** The document that a recipient's status is about; null when this office never sent it. */
export function findReported(ctx: CoreContext, status: EdxmlStatus): OutgoingRecord | null {
  const { code, promulgationDate, documentId } = status.responseFor;
  // Ours have the form <organ>,<yyyy/MM/dd>,<number>/<notation>; a recipient may leave the other two fields out.
  const [, day = '', ...rest] = documentId.split(',');
  const date = promulgationDate ?? day.replaceAll('/', '-');
  return ctx.registers.outgoing.findByCode(rest.join(',') || code, date);
}

/** Notes a recipient's status; a late or repeated one changes nothing that is already further on. */
export function applyStatus(
  ctx: CoreContext,
  stores: WriteStores,
  record: OutgoingRecord,
  from: string,
  status: EdxmlStatus,
): void {
  const at = status.timestamp === null ? nowIso(ctx) : new Date(status.timestamp).toISOString();
  const state = deliveryStateOf[status.statusCode];
  const reason = status.description === '' ? null : status.description;
  if (state !== undefined) stores.outgoing.advanceDelivery(record.id, from, { state, at, reason });
  stores.history.add(record.id, {
    at: nowIso(ctx),
    actor: status.from.organName || from,
    action: `status-${status.statusCode}`,
    params: { status: nameExchangeStatus(status.statusCode, 'vi'), reason: reason ?? '' },
  });
}
