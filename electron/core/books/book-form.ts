import type { BookEntry, PrintLook } from '#shared/contract/books.ts';
import { bookColumnsOf, type BookColumn } from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { upperCase } from '#shared/domain/vietnamese-text.ts';
import type { PrintedForm } from '../ports/office-files.ts';
import { printedTable } from '../printing/form-table.ts';
import { BLANK, periodLine, signaturesOf, volumeLine } from '../printing/form-words.ts';
import type { PrintingOffice } from '../printing/printing-office.ts';
import { bookCounts, bookTable } from './book-sheet.ts';

interface BookToPrint {
  /** The book's own name; the common books bear the decree's title alone. */
  readonly name: string;
  readonly isCommon: boolean;
  readonly direction: Direction;
  readonly year: number;
  readonly office: PrintingOffice;
  readonly look: PrintLook;
  /** The days that were asked for; without them the cover names those of the rows. */
  readonly fromDay?: string | undefined;
  readonly toDay?: string | undefined;
  readonly madeAt: Date;
}

const TITLES: { readonly [D in Direction]: string } = {
  incoming: 'SỔ ĐĂNG KÝ VĂN BẢN ĐẾN',
  outgoing: 'SỔ ĐĂNG KÝ VĂN BẢN ĐI',
};

/** The day under which a book has a number: that of the document, else when the number was taken. */
export function dayOfEntry(direction: Direction, { fields, registeredAt }: BookEntry): string {
  const written = direction === 'outgoing' ? (fields['date'] ?? '') : '';
  return written === '' ? vietnamDay(Date.parse(registeredAt)) : written;
}

/** The number of an entry as it is said: `07`, `241a`. */
export const numberOfEntry = ({ number, suffix }: BookEntry): string => formatNumber(number, suffix);

/** A book, or a part of it, as NĐ 30/2020, Phụ lục IV has it, with cover, sums and places to sign. */
export function bookForm(book: BookToPrint, entries: readonly BookEntry[]): PrintedForm {
  const { direction, year, office, look } = book;
  const days = entries.map((entry) => dayOfEntry(direction, entry)).toSorted();
  const [firstDay, lastDay] = [book.fromDay ?? days[0] ?? '', book.toDay ?? days.at(-1) ?? ''];
  const [first, last] = [entries[0], entries.at(-1)];
  const numbers = `Từ số ${first === undefined ? BLANK : numberOfEntry(first)} đến số ${last === undefined ? BLANK : numberOfEntry(last)}`;
  const period = periodLine(firstDay, lastDay);
  const title = TITLES[direction];
  const volume = volumeLine(look.volume);
  const summed = bookColumnsOf(direction).findIndex(({ shows }: BookColumn) => shows === 'copies');
  const own = book.isCommon ? [] : [upperCase(book.name)];
  return {
    cover: look.cover ? { ...office, title, lines: [...own, `Năm: ${year}`, period, numbers, volume] } : null,
    head: {
      agency: office.agency,
      title,
      period: '',
      right: `${book.isCommon ? '' : `${book.name} · `}Năm ${year} · ${volume}`,
    },
    ...printedTable(bookTable(direction, entries)),
    sums: look.pageSums
      ? {
          ofPage: 'Cộng trang',
          running: look.runningSums ? `Cộng dồn từ số ${first === undefined ? BLANK : numberOfEntry(first)}` : null,
          words: bookCounts[direction],
          column: summed === -1 ? null : summed,
        }
      : null,
    signatures: look.signatures ? signaturesOf('VĂN THƯ') : [],
    madeAt: book.madeAt,
  };
}
