import { deliveryStateOfStatus, isCorrection } from '#shared/domain/delivery.ts';
import { isRecalled, recallAnswerOf } from '#shared/domain/recall.ts';
import type { EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import type { CoreContext } from '../core-context.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { InboxItem } from '../ports/exchange.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/** The document that a recipient's status is about; null when this office never sent it. */
export function findReported(ctx: CoreContext, from: string, status: EdxmlStatus): OutgoingRecord | null {
  const { code, promulgationDate, documentId } = status.responseFor;
  // Ours have the form <organ>,<yyyy/MM/dd>,<number>/<notation>; a recipient may leave the other two fields out.
  const [, day = '', ...rest] = documentId.split(',');
  const date = promulgationDate ?? day.replaceAll('/', '-');
  return ctx.registers.outgoing.findByCode(rest.join(',') || code, date, from);
}

/**
 * Notes a recipient's status; a late or repeated one changes nothing that is already further on. Its time is when the
 * exchange took it: what the message says of itself can be any time.
 */
export function takeStatus(
  tx: Transaction,
  record: OutgoingRecord,
  { from, acceptedAt }: Pick<InboxItem, 'from' | 'acceptedAt'>,
  status: EdxmlStatus,
): void {
  const at = new Date(acceptedAt).toISOString();
  const state = deliveryStateOfStatus(status.statusCode);
  const reason = status.description;
  if (state !== null) {
    tx.stores.outgoing.advanceDelivery(record.id, from, {
      state,
      at,
      reason: reason === '' ? null : reason,
      corrects: isCorrection(status.statusCode, reason),
    });
  }
  const recallAnswer = recallAnswerOf(status.statusCode);
  // The same codes answer an update (cập nhật).
  if (recallAnswer !== null && isRecalled(tx.stores.history.of(record.id))) {
    tx.stores.outgoing.setRecallAnswer(record.id, from, { recallAnswer, recallAnsweredAt: at, recallReason: reason });
  }
  tx.record('outgoing', record.id, 'status-reported', { status: status.statusCode, reason }, at);
}
