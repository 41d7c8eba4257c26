import type { Book } from '#shared/contract/books.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { vietnamYear } from '#shared/domain/vn-date.ts';

/**
 * The first book of a direction in the newest year that has begun: one that was prepared for next year waits. A clock
 * that is behind every book leaves the newest of all.
 */
export function currentBook(books: readonly Book[], direction: Direction, now: number): Book | null {
  const thisYear = vietnamYear(now);
  const newestFirst = books.filter((book) => book.direction === direction).toSorted((a, b) => b.year - a.year);
  return newestFirst.find((book) => book.year <= thisYear) ?? newestFirst[0] ?? null;
}
