import type { Book, BookEntry, ReservedNumber } from '#shared/contract/books.ts';
import type { BookChoice, BookDescription } from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import type { NotationTemplate } from '#shared/domain/notation-template.ts';
import type { ListFilter } from '#shared/domain/list-request.ts';

/** A number of a book in one of its years: 241, or 241a (số phụ). */
export interface BookNumber {
  readonly bookId: string;
  readonly year: number;
  readonly number: number;
  readonly suffix: string;
}

/** Who did something to a number, and when. */
export interface ByWhom {
  readonly at: string;
  readonly personId: string;
}

/** A number of a book, given to a document. */
export interface GivenNumber extends BookNumber, ByWhom {
  readonly documentId: string;
}

/** A number that a document has, with the day that the document bears. */
export interface NumberedDay {
  readonly number: number;
  readonly suffix: string;
  readonly codeText: string;
  /** yyyy-MM-dd; null for a document without a day. */
  readonly date: string | null;
}

export type PlaceInBook = Pick<BookNumber, 'number' | 'suffix'>;

export interface EntriesRequest {
  readonly bookId: string;
  readonly year: number;
  /** From the first number on; else the last comes first. */
  readonly ascending: boolean;
  readonly filter?: ListFilter | undefined;
  readonly after?: PlaceInBook | undefined;
  readonly limit: number;
}

export interface BookReads {
  all(): readonly BookDescription[];
  find(bookId: string): BookDescription | null;
  /** The last number taken, 0 before the first. */
  last(bookId: string, year: number): number;
  /** Every book in every year that has begun, newest first. */
  years(): readonly Book[];
  notations(): readonly NotationTemplate[];
  /** Numbers in their order, a page after the number `after`; `next` is null on the last. */
  entries(request: EntriesRequest): { entries: BookEntry[]; total: number | null; next: PlaceInBook | null };
  /** The numbers from one to another, both included, in their order. */
  between(bookId: string, year: number, from: number, to: number): readonly BookEntry[];
  /** Whether a number has been taken since the book's start in that year. */
  isUsed(bookId: string, year: number): boolean;
  isYearClosed(bookId: string, year: number): boolean;
  /** Numbers kept for documents to come, in their order. */
  reserved(bookId: string, year: number): ReservedNumber[];
  /** Letters of the số phụ that a number has; null when the number was given to no document. */
  suffixesOf(bookId: string, year: number, number: number): readonly string[] | null;
  /** The numbers that documents got last, the newest first. */
  lastGiven(bookId: string, year: number, limit: number): NumberedDay[];
  /** The documents that have the numbers next before and after this one, whether or not a document has it. */
  neighbours(
    bookId: string,
    year: number,
    number: number,
    suffix: string,
  ): { readonly before: NumberedDay | null; readonly after: NumberedDay | null };
}

export interface BookWrites extends BookReads {
  /** Gives a document the number after the last one. @throws Error when another number is the next */
  take(given: GivenNumber): void;
  /** Gives a document a number that was kept. False when it is not kept any more. */
  takeReserved(given: GivenNumber): boolean;
  /** Gives a document a số phụ. @throws Error when its number was given to no document, or the letter is taken */
  takeSuffix(given: GivenNumber): void;
  startFrom(bookId: string, year: number, last: number): void;
  /** Numbers after the last one, up to `last`, will never be given: somebody has them. Nothing when there is none. */
  voidUpTo(bookId: string, year: number, last: number, reason: string, by: ByWhom): void;
  /** Keeps `count` numbers after the last one and returns the first of them. */
  reserve(bookId: string, year: number, count: number, reservedFor: string, by: ByWhom): number;
  /** A kept number will not be given. False when it is not kept any more. */
  dropReserved(number: BookNumber, reason: string, by: ByWhom): boolean;
  insert(id: string, direction: Direction, choice: BookChoice): void;
  change(id: string, choice: BookChoice): void;
  setActive(id: string, active: boolean): void;
  putNotation(template: NotationTemplate): void;
  dropNotation(bookId: string | null, unitId: string | null): void;
  /** `at` is an instant; null opens it again. */
  closeYear(bookId: string, year: number, at: string | null): void;
}
