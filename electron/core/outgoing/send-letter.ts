import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { asTarget, load, stateAfter } from '../documents/document-record.ts';
import { withPaper } from '../paper/paper-rules.ts';
import { newOutboxRow } from '../sync/outbox-row.ts';
import { fieldsToIssue } from './issue-hours.ts';
import { storeMessage } from './letter-message.ts';
import { stepTo } from './step-to.ts';

type SendCommands = Pick<CoreHandlers, 'outgoing.send' | 'outgoing.retrySending'>;

/** Hands a sealed document to the outbox. Whether there is a connection does not matter here. */
export function sendCommands(ctx: CoreContext): SendCommands {
  return {
    'outgoing.send': async (input, _caller, transact) => {
      const stored = load(ctx.registers.outgoing, input);
      stateAfter(outgoingMachine, stored, 'queue');
      const record = { ...stored, fields: fieldsToIssue(ctx, stored.fields) };
      const deliveries = ctx.registers.outgoing.deliveries(record.id);
      if (deliveries.length === 0) throw new CodedError('NO_RECIPIENTS');
      const file = await storeMessage(ctx, record, deliveries);
      return transact(
        (tx) => {
          const answer = stepTo(
            tx,
            input,
            'queue',
            'queued',
            { recipients: deliveries.length },
            { fields: record.fields },
          );
          for (const { agencyCode, paperNeeded } of withPaper(tx.stores, record, deliveries)) {
            tx.stores.outgoing.advanceDelivery(record.id, agencyCode, { state: 'queued', at: tx.at, reason: null });
            tx.stores.outgoing.setPaper(record.id, agencyCode, { paperNeeded });
          }
          tx.stores.outbox.add(
            newOutboxRow({
              messageId: ctx.ids.next(),
              documentId: record.id,
              statusCode: null,
              file,
              urgency: record.fields.urgency,
              at: tx.at,
            }),
          );
          return answer;
        },
        { fault: 'after-queue-commit' },
      );
    },
    'outgoing.retrySending': (input, _caller, transact) => {
      const answer = transact(({ stores, at }) => {
        const record = load(stores.outgoing, input);
        for (const row of stores.outbox.of(record.id)) {
          if (row.state !== 'done')
            stores.outbox.update({ ...row, state: 'waiting', nextAttemptAt: at, errorCode: null });
        }
        return asTarget(record);
      });
      ctx.retrySync();
      return answer;
    },
  };
}
