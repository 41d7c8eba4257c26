import { bookFor } from '#shared/domain/book.ts';
import { incomingMachine } from '#shared/domain/incoming-state.ts';
import { tidyFields } from '#shared/domain/tidy-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { currentYear } from '../books/numbering.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { advance, asTarget, load, stateAfter } from '../documents/document-record.ts';
import { statePaperReceived } from '../paper/record-paper.ts';
import { reportPaperArrival, withdrawPaperArrival } from '../reporting/paper-arrivals.ts';
import { stateOpened } from '../watching/queue-statement.ts';
import { identityOf } from './document-identity.ts';
import type { IncomingRecord } from './incoming-store.ts';
import { prepareStatus } from './report-status.ts';

type PaperRegister = Pick<CoreHandlers, 'incoming.electronicTwins' | 'incoming.registerPaper' | 'incoming.joinToPaper'>;

/** Documents that come on paper, and what of them came or comes through the exchange as well: one document, one number. */
export function paperRegister(ctx: CoreContext): PaperRegister {
  return {
    'incoming.electronicTwins': (identity) => ({
      twins: ctx.registers.incoming.electronicTwins({ id: '', ...identity }),
    }),
    'incoming.registerPaper': (input, caller, transact) =>
      transact((tx) => {
        const { stores, at, record: note } = tx;
        const sender = input.senderCode === null ? null : stores.agencies.find(input.senderCode);
        if (input.senderCode !== null && sender === null) {
          throw new CodedError('RECIPIENT_NOT_IN_DIRECTORY', { code: input.senderCode });
        }
        const fields = { ...tidyFields('incoming', input.fields), paper: 'arrived' as const };
        const year = currentYear(ctx);
        const bookId = bookFor(stores.books.all(), 'incoming', fields.documentType).id;
        const record: IncomingRecord = {
          id: ctx.ids.next(),
          revision: 1,
          state: stateAfter(incomingMachine, { state: 'arrived' }, 'register'),
          bookId,
          fields,
          numbered: null,
          reason: null,
          received: null,
          paperSenderCode: input.senderCode,
          reading: { sources: {}, regions: {} },
          warnings: [],
          verification: null,
          expressAt: null,
          opened: true,
          arrivedAt: at,
          createdAt: at,
          changedAt: at,
        };
        const [registered] = stores.incoming.duplicates(identityOf(record));
        const [electronic] = stores.incoming.electronicTwins(identityOf(record));
        if ((registered ?? electronic) !== undefined && !input.acceptDuplicate) {
          const arrivalNumber = registered?.arrivalNumber ?? electronic?.arrivalNumber ?? '—';
          throw new CodedError('DUPLICATE_DOCUMENT', { arrivalNumber, codeText: fields.codeText });
        }
        const number = stores.books.last(bookId, year) + 1;
        stores.incoming.insert(record, []);
        note('incoming', record.id, 'arrived-on-paper', {});
        note('incoming', record.id, 'registered', { arrivalNumber: number, year });
        stores.books.take({ bookId, year, number, documentId: record.id, at, personId: caller.personId });
        if (electronic === undefined) reportPaperArrival(tx, ctx, record);
        return { ...asTarget(record), arrivalNumber: number, year };
      }),
    'incoming.joinToPaper': async (input, caller, transact) => {
      const before = load(ctx.registers.incoming, input);
      const { received } = before;
      const twin = ctx.registers.incoming.find(input.paperId);
      if (received === null || twin === null || twin.received !== null) throw new CodedError('NOT_FOUND');
      // As its sender named it, for the document that has the number.
      const one = { ...twin, received };
      const statuses = [
        await prepareStatus(ctx, one, '03'),
        twin.state === 'done' ? await prepareStatus(ctx, one, '06') : null,
      ].filter((status) => status !== null);
      return transact((tx) => {
        const { stores, record: note } = tx;
        const arrived = load(stores.incoming, input);
        // Only what waits to be registered: what has a number keeps it.
        advance(incomingMachine, arrived, 'register', tx.at);
        const paper = stores.incoming.find(input.paperId);
        if (paper === null || paper.received !== null) throw new CodedError('NOT_FOUND');
        stores.incoming.join(arrived.id, paper.id);
        const { warnings, verification, reading, expressAt } = arrived;
        const next = { ...paper, received: arrived.received, warnings, verification, reading, expressAt };
        const kept = { ...next, revision: paper.revision + 1, changedAt: tx.at };
        stores.incoming.update(kept);
        for (const status of statuses) stores.outbox.add(status);
        note('incoming', paper.id, 'joined-to-paper', {});
        if (!arrived.opened) stateOpened(tx, ctx, kept, caller.name);
        statePaperReceived(tx, ctx, kept, caller.name);
        withdrawPaperArrival(tx, ctx, paper.id);
        return asTarget(kept);
      });
    },
  };
}
