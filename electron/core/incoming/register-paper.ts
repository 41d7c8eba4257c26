import { statusesOfStage } from '#shared/domain/handling.ts';
import { incomingMachine } from '#shared/domain/incoming-state.ts';
import { tidyFields } from '#shared/domain/tidy-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { bookOf, currentYear } from '../books/numbering.ts';
import { requireGiving } from '../books/unsure-numbers.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { advance, asTarget, load, stateAfter } from '../documents/document-record.ts';
import { forwardedOf, forwardOf, forwardTo } from '../handling/hand-out.ts';
import { statePaperReceived } from '../paper/record-paper.ts';
import { reportPaperArrival, withdrawPaperArrival } from '../reporting/paper-arrivals.ts';
import { keepReferences } from '../relations/keep-references.ts';
import { stateOpened } from '../watching/queue-statement.ts';
import { identityOf } from './document-identity.ts';
import type { IncomingRecord } from './incoming-store.ts';
import { arrivalOf, takeScan } from './take-in.ts';
import { prepareStatus, type StatusMessage } from './report-status.ts';

type PaperRegister = Pick<CoreHandlers, 'incoming.electronicTwins' | 'incoming.registerPaper' | 'incoming.joinToPaper'>;

/** Documents that come on paper, and what of them came or comes through the exchange as well: one document, one number. */
export function paperRegister(ctx: CoreContext): PaperRegister {
  return {
    'incoming.electronicTwins': (identity) => ({
      twins: ctx.registers.incoming.electronicTwins({ id: '', ...identity }),
    }),
    'incoming.registerPaper': async (input, caller, transact) => {
      const scan = input.scan === null ? null : await takeScan(ctx, input.scan);
      return transact((tx) => {
        const { stores, at, record: note } = tx;
        const sender = input.senderCode === null ? null : stores.agencies.find(input.senderCode);
        if (input.senderCode !== null && sender === null) {
          throw new CodedError('RECIPIENT_NOT_IN_DIRECTORY', { code: input.senderCode });
        }
        const fields = { ...tidyFields('incoming', input.fields), paper: 'arrived' as const };
        const year = currentYear(ctx);
        const bookId = bookOf(stores, 'incoming', fields.documentType);
        const record: IncomingRecord = {
          id: ctx.ids.next(),
          revision: 1,
          state: stateAfter(incomingMachine, { state: 'arrived' }, 'register'),
          bookId,
          fields,
          numbered: null,
          reason: null,
          source: 'paper',
          received: null,
          paperSenderCode: input.senderCode,
          reading: { sources: {}, regions: scan?.regions ?? {} },
          warnings: [],
          verification: null,
          expressAt: null,
          opened: true,
          arrivedAt: arrivalOf(stores, bookId, input.arrivedOn, at),
          createdAt: at,
          changedAt: at,
        };
        const [registered] = stores.incoming.duplicates(identityOf(record));
        const [electronic] = stores.incoming.electronicTwins(identityOf(record));
        if ((registered ?? electronic) !== undefined && !input.acceptDuplicate) {
          const arrivalNumber = registered?.arrivalNumber ?? electronic?.arrivalNumber ?? '—';
          throw new CodedError('DUPLICATE_DOCUMENT', { arrivalNumber, codeText: fields.codeText });
        }
        requireGiving(stores, bookId, year, Date.parse(at));
        const number = stores.books.last(bookId, year) + 1;
        stores.incoming.insert(record, scan === null ? [] : [scan.main]);
        note('incoming', record.id, 'arrived-on-paper', {});
        if (scan !== null) {
          keepReferences(stores, ctx, { id: record.id, codeText: fields.codeText }, scan.references, 'page');
          note('incoming', record.id, 'scan-attached', { file: scan.main.name });
        }
        note('incoming', record.id, 'registered', { arrivalNumber: number, year });
        const { personId } = caller;
        stores.books.take({ bookId, year, number, suffix: '', documentId: record.id, at, personId });
        if (electronic === undefined) reportPaperArrival(tx, ctx, record);
        const forward = forwardOf(stores, fields, at);
        const handed = forward === null ? record : forwardTo(tx, record, forward, null, caller);
        return { ...asTarget(handed), arrivalNumber: number, year, forwarded: forwardedOf(forward) };
      });
    },
    'incoming.joinToPaper': async (input, caller, transact) => {
      const before = load(ctx.registers.incoming, input);
      const { received } = before;
      const twin = ctx.registers.incoming.find(input.paperId);
      if (received === null || twin === null || twin.received !== null) throw new CodedError('NOT_FOUND');
      // As its sender named it, for the document that has the number.
      const one = { ...twin, received };
      const stage = twin.state === 'done' ? 'finished' : (ctx.registers.handling.find(twin.id)?.stage ?? 'registered');
      const statuses: StatusMessage[] = [];
      for (const code of ['03', ...statusesOfStage(stage)] as const) {
        const status = await prepareStatus(ctx, one, code);
        if (status !== null) statuses.push(status);
      }
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
