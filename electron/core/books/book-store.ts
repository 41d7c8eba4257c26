import type { Book, BookEntry } from '#shared/contract/books.ts';
import type { BookDescription } from '#shared/domain/book.ts';

/** A number of a book, given to a document. */
export interface GivenNumber {
  readonly bookId: string;
  readonly year: number;
  readonly number: number;
  readonly documentId: string;
  readonly at: string;
  /** Who took it. */
  readonly personId: string;
}

export interface BookReads {
  all(): readonly BookDescription[];
  find(bookId: string): BookDescription | null;
  /** The last number taken, 0 before the first. */
  last(bookId: string, year: number): number;
  /** Every book in every year that has begun, newest first. */
  years(): readonly Book[];
  entries(bookId: string, year: number, offset: number, limit: number): { entries: BookEntry[]; total: number };
  /** Whether a number has been taken since the book's start in that year. */
  isUsed(bookId: string, year: number): boolean;
}

export interface BookWrites extends BookReads {
  /** Gives a document the number after the last one. @throws Error when another number is the next */
  take(given: GivenNumber): void;
  startFrom(bookId: string, year: number, last: number): void;
}
