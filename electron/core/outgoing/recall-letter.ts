import { hasLetter, type Delivery } from '#shared/domain/delivery.ts';
import { isRecalled } from '#shared/domain/recall.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { asTarget, load } from '../documents/document-record.ts';
import type { ReadStores } from '../ports/stores.ts';
import { nothingElse, RECALL } from '../relations/message-relations.ts';
import { newOutboxRow } from '../sync/outbox-row.ts';
import { storeMessage } from './letter-message.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/**
 * Thu hồi (NĐ 30/2020 Điều 18.4): asks everybody who has a letter to give it up. The message is the letter's own once more,
 * under the same id, as a recall with its reason; letter, number and what became of it stay in the book.
 */
export function recallCommand(ctx: CoreContext): Pick<CoreHandlers, 'outgoing.recall'> {
  return {
    'outgoing.recall': async (input, _caller, transact) => {
      const { record, to } = planOf(ctx.registers, input);
      const { reason } = input;
      const recall = { ...nothingElse, business: { ...nothingElse.business, docType: RECALL, reason } };
      const file = await storeMessage(ctx, record, to, recall);
      return transact(({ stores, at, record: note }) => {
        const plan = planOf(stores, input);
        const messageId = ctx.ids.next();
        const { urgency } = plan.record.fields;
        stores.outbox.add(newOutboxRow({ messageId, documentId: record.id, statusCode: null, file, urgency, at }));
        const next = { ...plan.record, revision: plan.record.revision + 1, changedAt: at };
        stores.outgoing.update(next);
        note('outgoing', record.id, 'recalled', { reason, recipients: plan.to.length });
        return asTarget(next);
      });
    },
  };
}

/** @throws CodedError NOT_FOUND, STALE_REVISION, WRONG_STATE */
function planOf(
  stores: Pick<ReadStores, 'outgoing' | 'history'>,
  target: { readonly id: string; readonly revision: number },
): { readonly record: OutgoingRecord; readonly to: readonly Delivery[] } {
  const record = load(stores.outgoing, target);
  const to = stores.outgoing.deliveries(record.id).filter(hasLetter);
  if (record.state !== 'sent' || to.length === 0 || isRecalled(stores.history.of(record.id)))
    throw new CodedError('WRONG_STATE', { state: record.state, step: 'recall' });
  return { record, to };
}
