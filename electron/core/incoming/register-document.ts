import { bookFor } from '#shared/domain/book.ts';
import type { HistoryAction, HistoryParams } from '#shared/domain/history.ts';
import { incomingMachine } from '#shared/domain/incoming-state.ts';
import { tidyFields } from '#shared/domain/tidy-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { bookOf, currentYear } from '../books/numbering.ts';
import { requireGiving } from '../books/unsure-numbers.ts';
import { nowIso, type CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { advance, asTarget, find, load, stateAfter } from '../documents/document-record.ts';
import { forwardedOf, forwardOf, forwardTo } from '../handling/hand-out.ts';
import { statePaperReceived } from '../paper/record-paper.ts';
import { stateOpened } from '../watching/queue-statement.ts';
import { senderCodeOf } from './correct-document.ts';
import { identityOf } from './document-identity.ts';
import type { IncomingRecord } from './incoming-store.ts';
import { arrivalOf } from './take-in.ts';
import { prepareStatus, type StatusMessage } from './report-status.ts';

type IncomingCommands = Pick<
  CoreHandlers,
  'incoming.nextNumber' | 'incoming.register' | 'incoming.return' | 'incoming.markOpened'
>;

/** What the clerk does with a document that arrived (NĐ 30/2020 Điều 21, 22). */
export function incomingCommands(ctx: CoreContext): IncomingCommands {
  return {
    'incoming.nextNumber': (input) => {
      const year = currentYear(ctx);
      const book = bookFor(ctx.registers.books.all(), 'incoming', input.documentType ?? '');
      return { number: ctx.registers.books.last(book.id, year) + 1, year, bookName: book.name };
    },
    'incoming.register': async (input, caller, transact) => {
      const before = load(ctx.registers.incoming, input);
      stateAfter(incomingMachine, before, 'register');
      const fields = tidyFields('incoming', input.fields);
      // The status quotes the document as its sender named it, not as the clerk corrected it.
      const status = await prepareStatus(ctx, before, '03');
      const forward = forwardOf(ctx.registers, fields, nowIso(ctx));
      const assigned = forward?.step === 'assign' ? await prepareStatus(ctx, before, '04') : null;
      return transact(
        (tx) => {
          const record = load(tx.stores.incoming, input);
          // One that waits with the same page is shown; it takes no number from anybody.
          const twin = tx.stores.incoming
            .duplicates(identityOf({ ...record, fields }))
            .find(({ arrivalNumber }) => arrivalNumber !== null);
          if (twin !== undefined && !input.acceptDuplicate) {
            throw new CodedError('DUPLICATE_DOCUMENT', {
              arrivalNumber: twin.arrivalNumber ?? '—',
              codeText: twin.codeText,
            });
          }
          const bookId = bookOf(tx.stores, 'incoming', fields.documentType);
          const year = currentYear(ctx);
          requireGiving(tx.stores, bookId, year, Date.parse(tx.at));
          const number = tx.stores.books.last(bookId, year) + 1;
          const next = advance(incomingMachine, record, 'register', tx.at, {
            fields,
            bookId,
            opened: true,
            paperSenderCode: senderCodeOf(tx.stores, record, fields),
          });
          keep(tx, next, status, 'registered', { arrivalNumber: number, year });
          if (input.arrivedOn != null && record.received === null) {
            tx.stores.incoming.setArrival(record.id, arrivalOf(tx.stores, bookId, input.arrivedOn, tx.at));
          }
          // Whoever enters it in the book has it before her.
          if (!record.opened) stateOpened(tx, ctx, record, caller.name);
          if (fields.paper === 'arrived' && record.fields.paper !== 'arrived') {
            statePaperReceived(tx, ctx, record, caller.name);
          }
          const { personId } = caller;
          tx.stores.books.take({ bookId, year, number, suffix: '', documentId: next.id, at: tx.at, personId });
          const handed = forward === null ? next : forwardTo(tx, next, forward, assigned, caller);
          return { ...asTarget(handed), arrivalNumber: number, year, forwarded: forwardedOf(forward) };
        },
        { fault: 'after-register-commit' },
      );
    },
    'incoming.return': async (input, _caller, transact) => {
      const before = load(ctx.registers.incoming, input);
      stateAfter(incomingMachine, before, 'return');
      if (before.received === null) throw new CodedError('NO_SENDER');
      const { reason } = input;
      const status = await prepareStatus(ctx, before, '02', reason);
      return transact((tx) => {
        const next = advance(incomingMachine, load(tx.stores.incoming, input), 'return', tx.at, { reason });
        keep(tx, next, status, 'returned', { reason });
        return asTarget(next);
      });
    },
    'incoming.markOpened': (input, caller, transact) =>
      transact((tx) => {
        const { stores, record: note } = tx;
        const record = find(stores.incoming, input.id);
        if (stores.incoming.markOpened(input.id)) {
          note('incoming', input.id, 'opened', {});
          stateOpened(tx, ctx, record, caller.name);
        }
        return { id: input.id };
      }),
  };
}

/** The record, the status that it makes true, and what the history says of it. */
function keep<A extends HistoryAction<'incoming'>>(
  { stores, record: note }: Transaction,
  record: IncomingRecord,
  status: StatusMessage | null,
  action: A,
  params: HistoryParams<'incoming', A>,
): void {
  stores.incoming.update(record);
  if (status !== null) stores.outbox.add(status);
  note('incoming', record.id, action, params);
}
