import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { bookLock, currentYear } from './numbering.ts';

type BookCalls = Pick<CoreHandlers, 'books.list' | 'books.entries' | 'books.startFrom'>;

export function bookCalls(ctx: CoreContext): BookCalls {
  const { registers } = ctx;
  return {
    'books.list': () => {
      const year = currentYear(ctx);
      const books = registers.books.years();
      // This year's books are there before their first number, so that their start can be set.
      const fresh = registers.books
        .all()
        .filter(({ id }) => !books.some((book) => book.id === id && book.year === year))
        .map(({ id, direction, name }) => ({ id, direction, name, year, last: 0 }));
      return { books: [...fresh, ...books] };
    },
    'books.entries': (input) => registers.books.entries(input.bookId, input.year, input.offset, input.limit),
    'books.startFrom': (input, _caller, transact) =>
      // In turn with the numbers of the book: one that is being put on its page must not find another start.
      ctx.lock.run(bookLock(input.bookId), async () => {
        const year = input.year ?? currentYear(ctx);
        return transact(({ stores }) => {
          if (stores.books.find(input.bookId) === null) throw new CodedError('NOT_FOUND', { id: input.bookId });
          if (stores.books.isUsed(input.bookId, year)) throw new CodedError('BOOK_IN_USE', { year });
          stores.books.startFrom(input.bookId, year, input.last);
          return { last: input.last };
        });
      }),
  };
}
