import { isOpenExtension } from '#shared/domain/extension.ts';
import { isIncomingSettled } from '#shared/domain/incoming-state.ts';
import { wasIssued } from '#shared/domain/outgoing-state.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { asTarget, find, load } from '../documents/document-record.ts';
import { isAnsweredHere, ownExtension } from './extension.ts';
import { queueStatement } from './queue-statement.ts';
import { stateHour } from './sent-hour.ts';

type TermsCommands = Pick<CoreHandlers, 'incoming.askExtension' | 'outgoing.answerExtension' | 'outgoing.changeHour'>;

/** Deadlines and hours that change after issue. All of it is stated to the exchange, which tells the other side. */
export function termsCommands(ctx: CoreContext): TermsCommands {
  const requireFuture = (instant: string): void => {
    if (Date.parse(instant) <= ctx.clock.now().getTime()) throw new CodedError('IN_THE_PAST');
  };
  return {
    'incoming.askExtension': ({ id, until, reason }, caller, transact) =>
      transact((tx) => {
        const { received, fields, state } = find(tx.stores.incoming, id);
        if (received === null) throw new CodedError('NO_SENDER');
        if (isIncomingSettled(state)) throw new CodedError('FINISHED');
        if (fields.dueAt === null) throw new CodedError('NO_DEADLINE');
        requireFuture(until);
        if (Date.parse(until) <= Date.parse(fields.dueAt)) throw new CodedError('NOT_LATER');
        const { messageId } = received;
        const own = tx.stores.office.agency()?.code ?? '';
        const watch = tx.stores.watch.find(messageId, own)?.delivery ?? null;
        const last = ownExtension(tx.stores.statements.of(id), watch);
        if (last !== null && isOpenExtension(last.state)) throw new CodedError('ALREADY_ASKED');
        queueStatement(tx, ctx, id, { event: 'extension-asked', messageId, person: caller.name, until, reason });
        tx.record('incoming', id, 'extension-asked', { until, reason });
        return { id };
      }),
    'outgoing.answerExtension': ({ id, recipient, question, granted, until, reason }, caller, transact) =>
      transact((tx) => {
        find(tx.stores.outgoing, id);
        const asking = tx.stores.watch
          .of(id)
          .find(({ delivery }) => delivery.recipient === recipient && delivery.extension?.id === question);
        if (asking === undefined) throw new CodedError('NOT_ASKED');
        const { messageId, extension, dueAt } = asking.delivery;
        if (extension?.granted !== null || isAnsweredHere(tx.stores.statements.of(id), asking.delivery)) {
          throw new CodedError('ALREADY_ANSWERED');
        }
        if (granted) requireFuture(until);
        else if (reason === '') throw new CodedError('NO_REASON');
        queueStatement(tx, ctx, id, {
          event: 'extension-answered',
          messageId,
          recipient,
          person: caller.name,
          question,
          granted,
          until: granted ? until : extension.until,
          reason,
        });
        const agency = provenAgency(ctx, recipient).name;
        if (granted) tx.record('outgoing', id, 'extension-granted', { agency, from: dueAt ?? '', until, reason });
        else tx.record('outgoing', id, 'extension-refused', { agency, reason });
        return { id };
      }),
    'outgoing.changeHour': ({ expressAt, ...target }, caller, transact) =>
      transact((tx) => {
        const record = load(tx.stores.outgoing, target);
        if (!wasIssued(record.state)) throw new CodedError('WRONG_STATE', { state: record.state, step: 'changeHour' });
        if (record.fields.urgency !== 'express-timed') throw new CodedError('NO_HOUR');
        requireFuture(expressAt);
        // Every message by which it went: a recipient may have the letter from any of them. Those that the exchange has not
        // told of yet hear of it once it does.
        for (const { delivery } of tx.stores.watch.of(record.id)) {
          stateHour(tx, ctx, record.id, delivery, { person: caller.name, expressAt });
        }
        const from = record.fields.expressAt ?? '';
        const fields = { ...record.fields, expressAt };
        const next = { ...record, fields, revision: record.revision + 1, changedAt: tx.at };
        tx.stores.outgoing.update(next);
        tx.record('outgoing', record.id, 'hour-changed', { from, to: expressAt });
        return asTarget(next);
      }),
  };
}
