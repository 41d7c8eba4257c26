import { bookFieldsOf, type FieldName } from './document-fields.ts';
import type { Direction } from './direction.ts';
import { foldVietnamese } from './vietnamese-text.ts';

/** What a book's numbers are: given, kept for a document that is still to come, or never to be given, with the reason. */
export const bookNumberStates = ['given', 'reserved', 'void'] as const;
export type BookNumberState = (typeof bookNumberStates)[number];

/** A number as a book has it, with what became of its document. */
interface NumberInBook {
  readonly state: BookNumberState;
  readonly cancelled: boolean;
  /** Why it was dropped, or its document cancelled. */
  readonly reason: string | null;
  readonly reservedFor: string | null;
}

/** What keeps a number out of force; null for one that is in force. */
export function endOfNumber({ state, cancelled }: Pick<NumberInBook, 'state' | 'cancelled'>): NumberEnd | null {
  if (state !== 'given') return state;
  return cancelled ? 'cancelled' : null;
}
export type NumberEnd = Exclude<BookNumberState, 'given'> | 'cancelled';

/** What a book can be looked through for: numbers in force, and what keeps others out of it. */
export const numberStates = ['in-force', 'reserved', 'void', 'cancelled'] as const;
export type NumberState = (typeof numberStates)[number];

/** Why, or for whom a number is kept; empty where nothing is said. */
export function whyEnded({ state, reason, reservedFor }: Omit<NumberInBook, 'cancelled'>): string {
  return (state === 'reserved' ? reservedFor : reason) ?? '';
}

/** What a printed book says of a number that is in no force, in the words of the decree's practice. */
export const endedWords: Readonly<Record<NumberEnd, string>> = {
  reserved: 'Đang giữ',
  void: 'Bỏ số',
  cancelled: 'Hủy số',
};

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
  /** Whether it still takes documents. A closed one keeps its numbers, and its types go to the common book. */
  readonly active: boolean;
}

/** What a clerk may change of a book. */
export type BookChoice = Pick<BookDescription, 'name' | 'documentTypes'>;

/** Why a book cannot be as somebody wants it. */
export type BookFault =
  | { readonly code: 'BOOK_NAME_TAKEN'; readonly params: { readonly name: string } }
  | { readonly code: 'TYPE_IN_OTHER_BOOK'; readonly params: { readonly type: string; readonly book: string } }
  | { readonly code: 'COMMON_BOOK_NEEDED'; readonly params: Readonly<Record<string, never>> };

/**
 * Whether a book of a direction may become this. Each type has one book, and what no book names goes to the common one,
 * which is the first and never gets types. `id` is null for a book that is still to be made.
 */
export function faultOfBook(
  books: readonly BookDescription[],
  direction: Direction,
  id: string | null,
  { name, documentTypes }: BookChoice,
): BookFault | null {
  const others = books.filter((book) => book.direction === direction && book.id !== id);
  const folded = foldVietnamese(name);
  if (others.some((other) => foldVietnamese(other.name) === folded)) {
    return { code: 'BOOK_NAME_TAKEN', params: { name } };
  }
  const isCommon = id !== null && isCommonBook(books.find((book) => book.id === id));
  if (isCommon !== (documentTypes.length === 0)) return { code: 'COMMON_BOOK_NEEDED', params: {} };
  for (const type of documentTypes) {
    const owner = others.find((other) => other.active && other.documentTypes.includes(type));
    if (owner !== undefined) return { code: 'TYPE_IN_OTHER_BOOK', params: { type, book: owner.name } };
  }
  return null;
}

/** Takes every type that no other book of its direction names. */
export const isCommonBook = (book: BookDescription | undefined): boolean =>
  book !== undefined && book.documentTypes.length === 0;

/**
 * The letter of the next số phụ beside a number (`241a`), after those that it has.
 * @returns null when all letters are taken
 */
export function nextSuffix(taken: readonly string[]): string | null {
  const last = taken.reduce((highest, suffix) => (suffix > highest ? suffix : highest), '');
  if (last === '') return 'a';
  return last >= 'z' ? null : String.fromCharCode(last.charCodeAt(0) + 1);
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
  const own = books.filter((book) => book.direction === direction && book.active);
  const found =
    own.find((book) => book.documentTypes.includes(documentType)) ??
    own.find((book) => book.documentTypes.length === 0);
  if (found === undefined) throw new Error(`no ${direction} book takes ${documentType}`);
  return found;
}

const KEPT_BY = /^[-–\s]*lưu\s*:?\s*/iu;

/** Who keeps the file copy, as "Nơi nhận" says it in its last line: `Lưu: VT, P. NNMT` → `VT, P. NNMT`. Else empty. */
export function keeperIn(recipientLines: readonly string[]): string {
  const line = recipientLines.findLast((each) => KEPT_BY.test(each)) ?? '';
  return line.replace(KEPT_BY, '').replace(/[.;,\s]+$/u, '');
}

/** More recipients than this are named as the letter names them. */
const MOST_NAMES = 8;
const AS_ABOVE = /^[-–\s]*như (?:trên|kính gửi)/iu;

/**
 * "Nơi nhận" of a book: the recipients' names, or of many the letter's own lines (`UBND các xã, phường`), with "Như trên" as
 * what stands above it.
 */
export function recipientsInBook(
  names: string,
  count: number,
  lines: { readonly recipientLines: readonly string[]; readonly addressees: readonly string[] },
): string {
  if (count <= MOST_NAMES) return names;
  const said = lines.recipientLines
    .filter((line) => !KEPT_BY.test(line))
    .flatMap((line) => (AS_ABOVE.test(line) ? lines.addressees : [line]))
    .map((line) => line.replace(/^[-–\s]+/u, '').replace(/[.;,\s]+$/u, ''))
    .filter((line) => line !== '');
  return said.length === 0 ? names : `${said.join('; ')} (${count} nơi)`;
}

/** What a column shows besides fields: something that the register knows. One without either is written by hand. */
export type BookColumnSource =
  'registeredAt' | 'number' | 'codeText' | 'goesTo' | 'keeper' | 'copies' | 'sentAt' | 'remark';

/** A column of a printed book. */
export interface BookColumn<Id extends string = string> {
  /** As counted by the decree, from 1. */
  readonly number: number;
  /** Names the header in the catalogues. */
  readonly id: Id;
  /** Its heading in the decree. */
  readonly title: string;
  readonly shows: BookColumnSource | null;
  /** Fields that stand in it, one after the other, after what it shows. */
  readonly fields: readonly FieldName[];
}

/** Sổ đăng ký văn bản đi and đến, NĐ 30/2020, Phụ lục IV: ten columns each. */
const columns = {
  incoming: [
    { id: 'registeredAt', title: 'Ngày đến', shows: 'registeredAt' },
    { id: 'number', title: 'Số đến', shows: 'number' },
    { id: 'agencyName', title: 'Tác giả', shows: null },
    { id: 'codeText', title: 'Số, ký hiệu văn bản', shows: null },
    { id: 'date', title: 'Ngày tháng văn bản', shows: null },
    { id: 'abstract', title: 'Tên loại và trích yếu nội dung văn bản', shows: null },
    { id: 'goesTo', title: 'Đơn vị hoặc người nhận', shows: null },
    { id: 'received', title: 'Ngày chuyển', shows: null },
    { id: 'signed', title: 'Ký nhận', shows: null },
    { id: 'note', title: 'Ghi chú', shows: 'remark' },
  ],
  outgoing: [
    { id: 'codeText', title: 'Số, ký hiệu văn bản', shows: 'codeText' },
    { id: 'date', title: 'Ngày tháng văn bản', shows: null },
    { id: 'abstract', title: 'Tên loại và trích yếu nội dung văn bản', shows: null },
    { id: 'signerName', title: 'Người ký', shows: null },
    { id: 'goesTo', title: 'Nơi nhận văn bản', shows: 'goesTo' },
    { id: 'keeper', title: 'Đơn vị, người nhận bản lưu', shows: 'keeper' },
    { id: 'copies', title: 'Số lượng bản', shows: 'copies' },
    { id: 'sentOn', title: 'Ngày chuyển', shows: 'sentAt' },
    { id: 'signed', title: 'Ký nhận', shows: null },
    { id: 'note', title: 'Ghi chú', shows: 'remark' },
  ],
} as const satisfies Readonly<Record<Direction, readonly Omit<BookColumn, 'number' | 'fields'>[]>>;

export type BookColumnId<D extends Direction> = (typeof columns)[D][number]['id'];

/** The decree's headings, by column. */
export function bookTitlesOf<D extends Direction>(direction: D): Readonly<Record<BookColumnId<D>, string>> {
  const own: readonly { readonly id: string; readonly title: string }[] = columns[direction];
  return Object.fromEntries(own.map(({ id, title }) => [id, title])) as Record<BookColumnId<D>, string>;
}

/** The columns of a book in the decree's order; which fields stand in one is said with the field. */
export function bookColumnsOf<D extends Direction>(direction: D): readonly BookColumn<BookColumnId<D>>[] {
  const inBook = bookFieldsOf(direction);
  const own: readonly Omit<BookColumn<BookColumnId<D>>, 'number' | 'fields'>[] = columns[direction];
  return own.map((column, at) => {
    const number = at + 1;
    return { ...column, number, fields: inBook.filter((field) => field.column === number).map(({ name }) => name) };
  });
}
