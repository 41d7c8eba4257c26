import type { BookEntry } from '#shared/contract/books.ts';
import { faultOfBook, isCommonBook, type BookChoice, type BookDescription } from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { veilEntries } from '../access/shield.ts';
import type { Sight } from '../access/sight.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find } from '../documents/document-record.ts';
import { storeFile } from '../documents/stored-file.ts';
import { printingOffice } from '../printing/printing-office.ts';
import { bookForm, dayOfEntry, numberOfEntry } from './book-form.ts';
import { bookSheet } from './book-sheet.ts';
import type { BookReads } from './book-store.ts';
import { bookLock, currentYear, requireOpenYear } from './numbering.ts';
import { requireGiving, unsureCalls } from './unsure-numbers.ts';

type BookCalls = Pick<
  CoreHandlers,
  | 'books.list'
  | 'books.entries'
  | 'books.workbook'
  | 'books.print'
  | 'books.reserved'
  | 'books.create'
  | 'books.change'
  | 'books.setActive'
  | 'books.startFrom'
  | 'books.reserve'
  | 'books.dropReserved'
  | 'books.closeYear'
  | 'books.reopenYear'
  | 'books.unsure'
  | 'books.confirmLast'
>;

export function bookCalls(ctx: CoreContext, sight: Sight): BookCalls {
  const { registers } = ctx;
  // In turn with the numbers of the book: one that is being put on its page must not find another start or year.
  const inTurn = <T>(bookId: string, work: () => T): Promise<T> => ctx.lock.run(bookLock(bookId), async () => work());
  return {
    ...unsureCalls(ctx),
    'books.list': () => {
      const year = currentYear(ctx);
      const books = registers.books.years();
      const all = registers.books.all();
      // This year's books are there before their first number, so that their start can be set.
      const fresh = all
        .filter(({ id }) => !books.some((book) => book.id === id && book.year === year))
        .map(({ id, direction, name, documentTypes, active }) => ({
          id,
          direction,
          name,
          documentTypes: [...documentTypes],
          active,
          year,
          last: 0,
          startedFrom: 0,
          reserved: 0,
          closedAt: null,
        }));
      const place = new Map(all.map(({ id }, at) => [id, at]));
      const placeOf = ({ id }: { readonly id: string }) => place.get(id) ?? all.length;
      return { books: [...fresh, ...books].toSorted((a, b) => b.year - a.year || placeOf(a) - placeOf(b)) };
    },
    'books.entries': (input) => registers.books.entries(input),
    'books.workbook': async ({ bookId, year, ...part }, _caller, transact) => {
      const book = find(registers.books, bookId);
      const entries = veilEntries(entriesOf(registers.books, book, year, part), sight.hidden());
      const bytes = await ctx.officeFiles.workbook([bookSheet({ direction: book.direction, year }, entries)]);
      const file = await storeFile(ctx, bytes, `${book.name} ${year}.xlsx`);
      return transact(() => ({ file }));
    },
    'books.print': async ({ bookId, year, from, to, fromDay, toDay, ...look }, _caller, transact) => {
      const book = find(registers.books, bookId);
      const part = { from, to, fromDay, toDay };
      const entries = veilEntries(entriesOf(registers.books, book, year, part), sight.hidden());
      const form = bookForm(
        {
          ...book,
          isCommon: isCommonBook(book),
          year,
          office: printingOffice(registers),
          look,
          fromDay,
          toDay,
          madeAt: ctx.clock.now(),
        },
        entries,
      );
      const { bytes, pages } = await ctx.officeFiles.form(form);
      const file = await storeFile(ctx, bytes, `${book.name} ${year}.pdf`);
      const [first, last] = [entries[0], entries.at(-1)].map((entry) =>
        entry === undefined ? '' : numberOfEntry(entry),
      );
      const answer = { file, pages, numbers: entries.length, first: first ?? '', last: last ?? '' };
      return transact(() => answer);
    },
    'books.reserved': ({ bookId, year }) => ({ numbers: registers.books.reserved(bookId, year) }),
    'books.create': (input, _caller, transact) =>
      transact(({ stores }) => {
        const bookId = ctx.ids.next();
        requireFaultless(stores.books, input.direction, null, input);
        stores.books.insert(bookId, input.direction, input);
        return { bookId };
      }),
    'books.change': (input, _caller, transact) =>
      transact(({ stores }) => {
        const { bookId } = input;
        requireFaultless(stores.books, find(stores.books, bookId).direction, bookId, input);
        stores.books.change(bookId, input);
        return { bookId };
      }),
    'books.setActive': (input, _caller, transact) =>
      inTurn(input.bookId, () =>
        transact(({ stores }) => {
          const { bookId, active } = input;
          const book = find(stores.books, bookId);
          if (active) {
            requireFaultless(stores.books, book.direction, bookId, book);
          } else {
            if (isCommonBook(book)) throw new CodedError('COMMON_BOOK_NEEDED');
            requireNoneReserved(stores.books, bookId, currentYear(ctx));
          }
          stores.books.setActive(bookId, active);
          return { bookId };
        }),
      ),
    'books.startFrom': (input, _caller, transact) =>
      inTurn(input.bookId, () => {
        const year = input.year ?? currentYear(ctx);
        return transact(({ stores }) => {
          find(stores.books, input.bookId);
          requireOpenYear(stores.books, input.bookId, year);
          if (stores.books.isUsed(input.bookId, year)) throw new CodedError('BOOK_IN_USE', { year });
          stores.books.startFrom(input.bookId, year, input.last);
          return { last: input.last };
        });
      }),
    'books.reserve': (input, caller, transact) =>
      inTurn(input.bookId, () =>
        transact(({ stores, at }) => {
          const { bookId, count, reservedFor } = input;
          const year = currentYear(ctx);
          requireTaking(find(stores.books, bookId));
          requireGiving(stores, bookId, year, Date.parse(at));
          const first = stores.books.reserve(bookId, year, count, reservedFor, { at, personId: caller.personId });
          return { year, first, last: first + count - 1 };
        }),
      ),
    'books.dropReserved': (input, caller, transact) =>
      inTurn(input.bookId, () =>
        transact(({ stores, at }) => {
          const { number, reason } = input;
          if (!stores.books.dropReserved(input, reason, { at, personId: caller.personId })) {
            throw new CodedError('NUMBER_NOT_RESERVED', { number });
          }
          return { number };
        }),
      ),
    'books.closeYear': (input, _caller, transact) =>
      inTurn(input.bookId, () =>
        transact(({ stores, at }) => {
          const { bookId, year } = input;
          find(stores.books, bookId);
          if (year >= currentYear(ctx)) throw new CodedError('BOOK_YEAR_RUNNING', { year });
          requireNoneReserved(stores.books, bookId, year);
          stores.books.closeYear(bookId, year, at);
          return { last: stores.books.last(bookId, year) };
        }),
      ),
    'books.reopenYear': (input, _caller, transact) =>
      transact(({ stores }) => {
        const { bookId, year } = input;
        find(stores.books, bookId);
        stores.books.closeYear(bookId, year, null);
        return { last: stores.books.last(bookId, year) };
      }),
  };
}

/** @throws CodedError BOOK_NAME_TAKEN, TYPE_IN_OTHER_BOOK, COMMON_BOOK_NEEDED */
function requireFaultless(books: BookReads, direction: Direction, id: string | null, choice: BookChoice): void {
  const fault = faultOfBook(books.all(), direction, id, choice);
  if (fault !== null) throw new CodedError(fault.code, fault.params);
}

/** Incoming documents get theirs as they come. @throws CodedError BOOK_CLOSED */
function requireTaking({ id, name, direction, active }: BookDescription): void {
  if (direction !== 'outgoing') throw new CodedError('NOT_FOUND', { id });
  if (!active) throw new CodedError('BOOK_CLOSED', { book: name });
}

/** @throws CodedError RESERVED_NUMBERS_LEFT */
function requireNoneReserved(books: BookReads, bookId: string, year: number): void {
  const [first] = books.reserved(bookId, year);
  if (first !== undefined) throw new CodedError('RESERVED_NUMBERS_LEFT', { number: first.number, year });
}

/** A part of a book: between numbers and between days, all included. */
export interface BookPart {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly fromDay?: string | undefined;
  readonly toDay?: string | undefined;
}

/** The numbers of a book in their order. @throws CodedError BOOK_RANGE_EMPTY, RANGE_UPSIDE_DOWN */
export function entriesOf(
  books: BookReads,
  { id, direction }: Pick<BookDescription, 'id' | 'direction'>,
  year: number,
  { from = 1, to = Number.MAX_SAFE_INTEGER, fromDay = '', toDay = '9999-12-31' }: BookPart,
): readonly BookEntry[] {
  if (from > to) throw new CodedError('RANGE_UPSIDE_DOWN', { from, to });
  if (fromDay > toDay) throw new CodedError('RANGE_UPSIDE_DOWN', { from: fromDay, to: toDay });
  const found = books.between(id, year, from, to).filter((entry) => {
    const day = dayOfEntry(direction, entry);
    return day >= fromDay && day <= toDay;
  });
  if (found.length === 0) throw new CodedError('BOOK_RANGE_EMPTY', { from, to });
  return found;
}
