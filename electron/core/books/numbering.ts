import { bookFor } from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { vietnamYear } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { BookReads } from './book-store.ts';

/** Whoever takes a number that is printed before the transaction waits for this lock. */
export const bookLock = (bookId: string): string => `book ${bookId}`;

/** The year in Việt Nam, which the series of numbers follow. */
export const currentYear = (ctx: Pick<CoreContext, 'clock'>): number => vietnamYear(ctx.clock.now().getTime());

/** The book that takes a document of this type now: which one may change until the document has its number. */
export const bookOf = ({ books }: { readonly books: BookReads }, direction: Direction, documentType: string): string =>
  bookFor(books.all(), direction, documentType).id;

/** @throws CodedError BOOK_YEAR_CLOSED */
export function requireOpenYear(books: BookReads, bookId: string, year: number): void {
  if (books.isYearClosed(bookId, year)) throw new CodedError('BOOK_YEAR_CLOSED', { year });
}
