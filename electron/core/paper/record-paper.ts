import { vietnamDay } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { asTarget, find, load } from '../documents/document-record.ts';
import { requireNotAhead } from '../documents/not-ahead.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import { messagesOf, queueStatement } from '../watching/queue-statement.ts';
import { latestOf } from '../watching/watching-commands.ts';
import { readPaperRules, writePaperRules } from './paper-rules.ts';

type PaperCommands = Pick<
  CoreHandlers,
  | 'outgoing.recordPaper'
  | 'outgoing.recordPaperResult'
  | 'incoming.receivePaper'
  | 'office.paperRules'
  | 'office.savePaperRules'
>;

/** Paper copies beside what goes electronically: posted by the sender, received by the recipient. */
export function paperCommands(ctx: CoreContext): PaperCommands {
  return {
    'outgoing.recordPaper': ({ id, recipients, others, day, item, way, copies }, caller, transact) =>
      transact((tx) => {
        requireNotAhead(day, vietnamDay(ctx.clock.now().getTime()));
        const record = find(tx.stores.outgoing, id);
        if (record.sentAt === null) throw new CodedError('WRONG_STATE', { state: record.state, step: 'recordPaper' });
        const posted = [...new Set(recipients)].filter((recipient) =>
          tx.stores.outgoing.setPaper(id, recipient, {
            paperPostedOn: day,
            paperItem: item,
            paperWay: way,
            paperCopies: copies,
          }),
        );
        const onPaper = [...new Set(others)].filter((name) =>
          tx.stores.outgoing.setOtherPosted(id, name, { day, item, way, copies }),
        );
        if (posted.length + onPaper.length === 0) throw new CodedError('NOT_FOUND');
        for (const recipient of posted) {
          // One that the exchange tells nothing of gets paper all the same; nobody there can be told.
          const messageId = latestOf(tx.stores, id, recipient)?.delivery.messageId ?? messageOf(tx, id);
          if (messageId === null) continue;
          queueStatement(tx, ctx, id, { event: 'paper-posted', messageId, recipient, person: caller.name, item, day });
        }
        const agencies = [...posted.map((recipient) => provenAgency(ctx, recipient).name), ...onPaper].join(', ');
        tx.record('outgoing', id, 'paper-posted', { agencies, day, item, way: way ?? '' });
        return { id, recorded: posted.length + onPaper.length };
      }),
    'outgoing.recordPaperResult': ({ id, others, result, day, note }, _caller, transact) =>
      transact((tx) => {
        requireNotAhead(day, vietnamDay(ctx.clock.now().getTime()));
        find(tx.stores.outgoing, id);
        const posted = tx.stores.outgoing
          .otherRecipients(id)
          .filter(({ kind, name, postedOn }) => kind === 'paper' && postedOn !== null && others.includes(name));
        if (posted.length === 0) throw new CodedError('NOT_FOUND');
        if (posted.some(({ postedOn }) => postedOn !== null && postedOn > day)) throw new CodedError('BEFORE_POSTING');
        for (const { name } of posted) tx.stores.outgoing.setOtherResult(id, name, { result, day, note });
        const agencies = posted.map(({ name }) => name).join(', ');
        tx.record('outgoing', id, result === 'delivered' ? 'paper-delivered' : 'paper-returned', {
          agencies,
          day,
          note,
        });
        return { id, recorded: posted.length };
      }),
    'incoming.receivePaper': (input, caller, transact) =>
      transact((tx) => {
        const record = load(tx.stores.incoming, input);
        if (record.fields.paper === 'arrived') return asTarget(record);
        const fields = { ...record.fields, paper: 'arrived' as const };
        const next = { ...record, fields, revision: record.revision + 1, changedAt: tx.at };
        tx.stores.incoming.update(next);
        statePaperReceived(tx, ctx, next, caller.name);
        return asTarget(next);
      }),
    'office.paperRules': () => {
      const { types, agencies } = readPaperRules(ctx.registers);
      return { types, agencies: agencies.map((one) => ({ ...one, name: provenAgency(ctx, one.code).name })) };
    },
    'office.savePaperRules': ({ types, agencies }, _caller, transact) =>
      transact(({ stores }) => {
        writePaperRules(stores, { types, agencies });
        return { types, agencies };
      }),
  };
}

/** The newest message that took the letter to the exchange. */
function messageOf({ stores }: Pick<Transaction, 'stores'>, documentId: string): string | null {
  const taken = stores.outbox.of(documentId).filter(({ kind, state }) => kind === 'document' && state === 'done');
  return taken.at(-1)?.messageId ?? null;
}

/** Notes that the paper copy of a document is here, and tells the sender of every message that brought it through the exchange. */
export function statePaperReceived(
  tx: Transaction,
  ctx: Pick<CoreContext, 'ids'>,
  document: Pick<IncomingRecord, 'id' | 'received'>,
  person: string,
): void {
  tx.record('incoming', document.id, 'paper-received', {});
  for (const messageId of messagesOf(tx, document)) {
    queueStatement(tx, ctx, document.id, { event: 'paper-received', messageId, person });
  }
}
