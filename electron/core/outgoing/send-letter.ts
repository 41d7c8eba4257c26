import type { Handlers } from '#shared/contract/contract.ts';
import { urgencyRank } from '#shared/domain/urgency.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { CodedError } from '../coded-error.ts';
import { commit, nowIso, THIS_OFFICE, type CoreContext } from '../core-context.ts';
import { readAgency } from '../office/agency.ts';
import { outgoingEdxml } from './outgoing-edxml.ts';
import { advanced, loadOutgoing, moved, stateAfter } from './outgoing-record.ts';

type SendCommands = Pick<Handlers<'core'>, 'outgoing.send' | 'outgoing.retrySending'>;

/** Hands a sealed document to the outbox. Whether there is a connection does not matter here. */
export function sendCommands(ctx: CoreContext): SendCommands {
  return {
    'outgoing.send': (input) =>
      ctx.lock.run(input.id, async () => {
        const record = loadOutgoing(ctx.registers, input);
        stateAfter(record, 'queue');
        const agency = readAgency(ctx.registers);
        if (agency === null) throw new CodedError('NOT_ENROLLED');
        const deliveries = ctx.registers.outgoing.deliveries(record.id);
        if (deliveries.length === 0) throw new CodedError('NO_RECIPIENTS');
        const pdf = await ctx.files.read(record.fileId);
        const message = writeEdxmlDocument(outgoingEdxml(record, agency, deliveries, pdf, ctx.clock.now()));
        const { fileId } = await ctx.files.write(message);
        const result = commit(ctx, 'outgoing.send', input.commandId, (stores) => {
          const next = advanced(ctx, loadOutgoing(stores, input), 'queue');
          stores.outgoing.update(next);
          for (const { agencyCode } of deliveries) {
            stores.outgoing.advanceDelivery(next.id, agencyCode, { state: 'queued', at: next.changedAt, reason: null });
          }
          stores.outbox.add({
            messageId: ctx.ids.next(),
            kind: 'document',
            subjectId: next.id,
            statusCode: null,
            fileId,
            priority: urgencyRank(next.fields.urgency),
            state: 'waiting',
            attempts: 0,
            nextAttemptAt: next.changedAt,
            errorCode: null,
            createdAt: next.changedAt,
            doneAt: null,
          });
          stores.history.add(next.id, {
            at: next.changedAt,
            actor: THIS_OFFICE,
            action: 'queued',
            params: { recipients: deliveries.length },
          });
          return moved(next);
        });
        ctx.fault('after-queue-commit');
        ctx.emit('outgoing.changed', { ids: [input.id] });
        ctx.emit('office.changed', {});
        ctx.wakeSync();
        return result;
      }),
    'outgoing.retrySending': (input) => {
      const result = commit(ctx, 'outgoing.retrySending', input.commandId, (stores) => {
        const record = loadOutgoing(stores, input);
        for (const row of stores.outbox.of(record.id)) {
          if (row.state === 'done') continue;
          stores.outbox.update(row.messageId, {
            ...row,
            state: 'waiting',
            nextAttemptAt: nowIso(ctx),
            errorCode: null,
          });
        }
        return moved(record);
      });
      ctx.retrySync();
      ctx.emit('outgoing.changed', { ids: [input.id] });
      return result;
    },
  };
}
