import { bookFieldsOf, type FieldName } from './document-fields.ts';
import type { Direction } from './direction.ts';

/** What a book's numbers are: given, kept for a document that is still to come, or never to be given, with the reason. */
export const bookNumberStates = ['given', 'reserved', 'void'] as const;
export type BookNumberState = (typeof bookNumberStates)[number];

/** Which documents a book is for; an agency's head decides (NĐ 30/2020 Điều 15). */
export const bookKinds = ['documents'] as const;
export type BookKind = (typeof bookKinds)[number];

/** The series that numbers run in: the calendar year of Việt Nam (Điều 15, 22). */
export const bookSeries = ['year'] as const;
export type BookSeries = (typeof bookSeries)[number];

/** How the next number is found: the one after the last. */
export const numberingRules = ['consecutive'] as const;
export type NumberingRule = (typeof numberingRules)[number];

export interface BookDescription {
  readonly id: string;
  readonly direction: Direction;
  readonly name: string;
  readonly kind: BookKind;
  readonly series: BookSeries;
  readonly numbering: NumberingRule;
  /** Names of the types (tên loại) that it alone takes; empty for the common book of its direction. */
  readonly documentTypes: readonly string[];
}

/**
 * The book that takes a document of this type: the one that names the type, else the common one.
 * @throws Error when the direction has no common book
 */
export function bookFor(
  books: readonly BookDescription[],
  direction: Direction,
  documentType: string,
): BookDescription {
  const own = books.filter((book) => book.direction === direction);
  const found =
    own.find((book) => book.documentTypes.includes(documentType)) ??
    own.find((book) => book.documentTypes.length === 0);
  if (found === undefined) throw new Error(`no ${direction} book takes ${documentType}`);
  return found;
}

/** What a column shows besides fields: something that the register knows. One without either is written by hand. */
export type BookColumnSource = 'registeredAt' | 'number' | 'codeText' | 'goesTo' | 'remark';

/** A column of a printed book. */
export interface BookColumn<Id extends string = string> {
  /** As counted by the decree, from 1. */
  readonly number: number;
  /** Names the header in the catalogues. */
  readonly id: Id;
  readonly shows: BookColumnSource | null;
  /** Fields that stand in it, one after the other, after what it shows. */
  readonly fields: readonly FieldName[];
}

/** Sổ đăng ký văn bản đi and đến, NĐ 30/2020, Phụ lục IV: ten columns each. */
const columns = {
  incoming: [
    { id: 'registeredAt', shows: 'registeredAt' },
    { id: 'number', shows: 'number' },
    { id: 'agencyName', shows: null },
    { id: 'codeText', shows: null },
    { id: 'date', shows: null },
    { id: 'abstract', shows: null },
    { id: 'goesTo', shows: null },
    { id: 'received', shows: null },
    { id: 'signed', shows: null },
    { id: 'note', shows: 'remark' },
  ],
  outgoing: [
    { id: 'codeText', shows: 'codeText' },
    { id: 'date', shows: null },
    { id: 'abstract', shows: null },
    { id: 'signerName', shows: null },
    { id: 'goesTo', shows: 'goesTo' },
    { id: 'keeper', shows: null },
    { id: 'copies', shows: null },
    { id: 'sentOn', shows: null },
    { id: 'signed', shows: null },
    { id: 'note', shows: 'remark' },
  ],
} as const satisfies Readonly<Record<Direction, readonly Omit<BookColumn, 'number' | 'fields'>[]>>;

export type BookColumnId<D extends Direction> = (typeof columns)[D][number]['id'];

/** The columns of a book in the decree's order; which fields stand in one is said with the field. */
export function bookColumnsOf<D extends Direction>(direction: D): readonly BookColumn<BookColumnId<D>>[] {
  const inBook = bookFieldsOf(direction);
  const own: readonly Omit<BookColumn<BookColumnId<D>>, 'number' | 'fields'>[] = columns[direction];
  return own.map((column, at) => {
    const number = at + 1;
    return { ...column, number, fields: inBook.filter((field) => field.column === number).map(({ name }) => name) };
  });
}
