import { type Delivery, plannedDelivery } from '#shared/domain/delivery.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { asTarget, load } from '../documents/document-record.ts';
import { withPaper } from '../paper/paper-rules.ts';
import type { ReadStores } from '../ports/stores.ts';
import { messageRelations, type MessageRelations } from '../relations/message-relations.ts';
import { newOutboxRow } from '../sync/outbox-row.ts';
import type { OutboxRecord } from '../sync/sync-stores.ts';
import { targetsOf } from './draft.ts';
import { storeMessage } from './letter-message.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/**
 * A recipient that left the directory after the letter was sealed gives way to another, or is dropped; one that sent the
 * letter back (02) gets it once more, or another does, with what was corrected. The others are not touched. When the exchange took the letter for others, only the new recipient is sent it; when it refused all of it,
 * the message is written anew.
 */
export function replaceRecipientCommand(ctx: CoreContext): Pick<CoreHandlers, 'outgoing.replaceRecipient'> {
  return {
    'outgoing.replaceRecipient': async (input, _caller, transact) => {
      const plan = planOf(ctx.registers, load(ctx.registers.outgoing, input), input);
      const file =
        plan.to.length === 0 ? null : await storeMessage(ctx, plan.record, plan.to, saidAgain(ctx, plan, input));
      return transact(({ stores, at, record: note }) => {
        const { record, gone, refused, replacement, to } = planOf(stores, load(stores.outgoing, input), input);
        const { paperPostedOn, paperItem, paperWay, paperReceivedAt } = gone;
        stores.outgoing.replaceTarget(record.id, input.agencyCode, replacement);
        if (refused !== null) stores.outbox.withdraw(refused.messageId);
        if (file !== null) {
          const messageId = ctx.ids.next();
          const { urgency } = record.fields;
          stores.outbox.add(newOutboxRow({ messageId, documentId: record.id, statusCode: null, file, urgency, at }));
        }
        for (const { agencyCode, paperNeeded } of withPaper(stores, record, to)) {
          stores.outgoing.advanceDelivery(record.id, agencyCode, { state: 'queued', at, reason: null });
          // Paper that went there is there, whatever became of the message.
          const posted = agencyCode === gone.agencyCode ? { paperPostedOn, paperItem, paperWay, paperReceivedAt } : {};
          stores.outgoing.setPaper(record.id, agencyCode, { paperNeeded, ...posted });
        }
        const next = { ...record, revision: record.revision + 1, changedAt: at };
        stores.outgoing.update(next);
        const from = gone.agencyName;
        const { correction } = input;
        if (gone.state === 'refused' && replacement !== null)
          note('outgoing', record.id, 'sent-again', { from, to: replacement.agencyName, correction });
        else if (replacement === null) note('outgoing', record.id, 'recipient-dropped', { from });
        else note('outgoing', record.id, 'recipient-replaced', { from, to: replacement.agencyName });
        return asTarget(next);
      });
    },
  };
}

interface Plan {
  readonly record: OutgoingRecord;
  readonly gone: Delivery;
  /** The message that the exchange refused whole; null when it took it for others. */
  readonly refused: OutboxRecord | null;
  readonly replacement: Delivery | null;
  /** Who the new message is for. */
  readonly to: readonly Delivery[];
}

/** Why the letter comes once more, beside what it always says; nothing when it comes for the first time. */
function saidAgain(
  { registers }: CoreContext,
  { record, gone, to }: Plan,
  { correction }: { readonly correction: string },
): MessageRelations {
  const codes = to.map(({ agencyCode }) => agencyCode);
  const says = messageRelations(registers, record, codes);
  if (gone.state !== 'refused') return says;
  return { ...says, business: { ...says.business, reason: correction } };
}

/** @throws CodedError WRONG_STATE, REASON_NEEDED, RECIPIENT_NOT_IN_DIRECTORY, NO_RECIPIENTS */
function planOf(
  stores: ReadStores,
  record: OutgoingRecord,
  {
    agencyCode,
    replaceBy,
    correction,
  }: { readonly agencyCode: string; readonly replaceBy: string | null; readonly correction: string },
): Plan {
  const deliveries = stores.outgoing.deliveries(record.id);
  const gone = deliveries.find((delivery) => delivery.agencyCode === agencyCode);
  const refused = stores.outbox
    .of(record.id)
    .find(({ state, errorCode }) => state === 'blocked' && errorCode === 'RECIPIENT_UNKNOWN');
  const mayChange =
    gone?.state === 'refused' ||
    gone?.state === 'unknown-recipient' ||
    (gone?.state === 'queued' && refused !== undefined);
  if (gone === undefined || !mayChange)
    throw new CodedError('WRONG_STATE', { state: record.state, step: 'replaceRecipient' });
  const [target] = replaceBy === null ? [] : targetsOf(stores, [replaceBy]);
  if (gone.state === 'refused' && replaceBy !== null && correction === '') throw new CodedError('REASON_NEEDED');
  // One that gets it already needs no second letter.
  const isNew =
    target !== undefined &&
    deliveries.every((delivery) => delivery === gone || delivery.agencyCode !== target.agencyCode);
  const replacement = isNew ? plannedDelivery(target) : null;
  const added = replacement === null ? [] : [replacement];
  if (refused === undefined) return { record, gone, refused: null, replacement, to: added };
  const to = [...deliveries.filter((delivery) => delivery !== gone), ...added];
  if (to.length === 0) throw new CodedError('NO_RECIPIENTS');
  return { record, gone, refused, replacement, to };
}
