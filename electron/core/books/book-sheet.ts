import { changedWords } from '#shared/domain/relation.ts';
import type { BookEntry } from '#shared/contract/books.ts';
import {
  bookColumnsOf,
  endedWords,
  endOfNumber,
  whyEnded,
  type BookColumn,
  type BookColumnId,
} from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { fieldDescription } from '#shared/domain/document-fields.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { formatInstantDay, formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import type { Sheet } from '../ports/office-files.ts';
import { sheetOf, type FormTable, type TableColumn } from '../printing/form-table.ts';

interface BookOfYear {
  readonly direction: Direction;
  readonly year: number;
}

/** In millimetres on A4 landscape; of each direction 262 together. */
const widths: { readonly [D in Direction]: Readonly<Record<BookColumnId<D>, number>> } = {
  incoming: {
    registeredAt: 20,
    number: 13,
    agencyName: 37,
    codeText: 29,
    date: 20,
    abstract: 60,
    goesTo: 24,
    received: 20,
    signed: 13,
    note: 26,
  },
  outgoing: {
    codeText: 29,
    date: 20,
    abstract: 59,
    signerName: 23,
    goesTo: 39,
    keeper: 20,
    copies: 12,
    sentOn: 20,
    signed: 13,
    note: 27,
  },
};

/** A book as the decree prints it (NĐ 30/2020, Phụ lục IV), one row a number, with real days and numbers. */
export function bookSheet({ direction, year }: BookOfYear, entries: readonly BookEntry[]): Sheet {
  return sheetOf(`Năm ${year}`, bookTable(direction, entries));
}

/** Rows and columns of a book. What each row counts for is in the order of `bookCounts`. */
export function bookTable(direction: Direction, entries: readonly BookEntry[]): FormTable {
  const columns: readonly BookColumn[] = bookColumnsOf(direction);
  const sizes: Readonly<Record<string, number>> = widths[direction];
  return {
    columns: columns.map((column) => ({ title: column.title, kind: kindOf(column), width: sizes[column.id] ?? 0 })),
    rows: entries.map((entry) => {
      const end = endOfNumber(entry);
      return {
        values: columns.map((column) => cellOf(column, entry)),
        // The remark says who, when and why, and stays readable.
        struck:
          end === 'void' || end === 'cancelled'
            ? columns.flatMap(({ shows }, at) => (shows === 'remark' ? [] : [at]))
            : [],
        amount: entry.copies,
        counts: [
          1,
          Number(end === null),
          Number(end === 'cancelled'),
          Number(end === 'void'),
          Number(end === 'reserved'),
        ],
      };
    }),
  };
}

/** What the sums at the foot of a page count. */
export const bookCounts: { readonly [D in Direction]: readonly string[] } = {
  incoming: ['số', 'văn bản', 'hủy', 'bỏ', 'đang giữ'],
  outgoing: ['số', 'phát hành', 'hủy', 'bỏ', 'đang giữ'],
};

function kindOf({ shows, fields }: BookColumn): TableColumn['kind'] {
  if (shows === 'registeredAt' || shows === 'sentAt') return 'day';
  if (shows === 'number' || shows === 'copies') return 'whole';
  const [only, ...others] = fields;
  return shows === null && only !== undefined && others.length === 0 && fieldDescription(only).kind === 'day'
    ? 'day'
    : 'text';
}

function cellOf(column: BookColumn, entry: BookEntry): string | number | null {
  if (column.shows === 'registeredAt') return vietnamDay(Date.parse(entry.registeredAt));
  if (column.shows === 'copies') return entry.copies;
  if (column.shows === 'sentAt') return entry.sentAt === null ? null : vietnamDay(Date.parse(entry.sentAt));
  if (column.shows === 'number') return entry.suffix === '' ? entry.number : formatNumber(entry.number, entry.suffix);
  const values = column.fields.map((name) => entry.fields[name] ?? '').filter((value) => value !== '');
  if (kindOf(column) === 'day') return values[0] ?? null;
  const text = [shownBy(column, entry), ...values].filter((part) => part !== '').join(' · ');
  return text === '' ? null : text;
}

function shownBy({ shows }: BookColumn, entry: BookEntry): string {
  switch (shows) {
    case 'codeText':
      return entry.codeText || formatNumber(entry.number, entry.suffix);
    case 'goesTo':
      return entry.goesTo;
    case 'keeper':
      return entry.keeper;
    case 'remark':
      return remarkOf(entry);
    default:
      return '';
  }
}

/** "Bị thay thế bởi 20/QĐ-UBND ngày 05/06/2026". */
function changeOf({ kind, codeText, date }: BookEntry['changedBy'][number]): string {
  const day = date === null ? '' : `ngày ${formatVnDate(date)}`;
  const words = codeText === '' ? 'Đã thu hồi' : (changedWords[kind] ?? '');
  return [words, codeText, day].filter(Boolean).join(' ');
}

/** That a number is kept, was dropped or its document cancelled: by whom, when, and why; or what changed its document. */
function remarkOf(entry: BookEntry): string {
  const end = endOfNumber(entry);
  if (end === null) return entry.changedBy.map(changeOf).join('; ');
  const { ended } = entry;
  const by = ended === null ? '' : [formatInstantDay(ended.at), ended.by].filter(Boolean).join(' · ');
  return [[endedWords[end], by].filter(Boolean).join(' '), whyEnded(entry)].filter(Boolean).join(': ');
}
