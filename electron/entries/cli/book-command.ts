import { parseArgs } from 'node:util';
import { entriesOf } from '#core/books/book-calls.ts';
import { bookForm } from '#core/books/book-form.ts';
import { bookSheet } from '#core/books/book-sheet.ts';
import { printingOffice } from '#core/printing/printing-office.ts';
import type { Book } from '#shared/contract/books.ts';
import { isCommonBook } from '#shared/domain/book.ts';
import { UsageError } from './failures.ts';
import { printJson, refuseExtra } from './input-file.ts';
import { dayOf, lookOf, numberOf, officeFiles, reading, writeNoted } from './register-output.ts';

const formats = ['xlsx', 'pdf', 'json'] as const;

/** Books of an office's data folder, also while the application has it open. */
export async function bookCommand([action, ...args]: string[]): Promise<number> {
  switch (action) {
    case 'list':
      return listBooks(args);
    case 'export':
      return exportBook(args);
    default:
      throw new UsageError('book list or book export; see: vanthu help');
  }
}

function listBooks(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, 'data-dir': { type: 'string' } },
  });
  refuseExtra(positionals, 0);
  const books = reading(values['data-dir'], ({ registers }) => registers.books.years());
  if (values.json) printJson(books);
  else for (const book of books) process.stdout.write(`${describeBook(book)}\n`);
  return 0;
}

const describeBook = ({ id, year, last, reserved, name }: Book): string =>
  `${id.padEnd(38)} ${year}  ${String(last).padStart(7)}  ${String(reserved).padStart(4)}  ${name}`;

async function exportBook(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      book: { type: 'string' },
      year: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      'from-date': { type: 'string' },
      'to-date': { type: 'string' },
      volume: { type: 'string', default: '' },
      'no-cover': { type: 'boolean', default: false },
      format: { type: 'string', default: 'xlsx' },
      out: { type: 'string' },
    },
  });
  refuseExtra(positionals, 0);
  const format = formats.find((one) => one === values.format);
  if (format === undefined) throw new UsageError(`--format is one of ${formats.join(', ')}`);
  const { book: bookId, out } = values;
  if (bookId === undefined || out === undefined) throw new UsageError('--book and --out are needed; see: vanthu help');
  const year = numberOf('year', values.year);
  if (year === undefined) throw new UsageError('--year is needed; see: vanthu help');
  const part = {
    from: numberOf('from', values.from),
    to: numberOf('to', values.to),
    fromDay: dayOf('from-date', values['from-date']),
    toDay: dayOf('to-date', values['to-date']),
  };
  const { book, entries, office } = reading(values['data-dir'], ({ registers }) => {
    const found = registers.books.find(bookId);
    if (found === null) throw new UsageError(`no book ${JSON.stringify(bookId)}; see: vanthu book list`);
    return {
      book: found,
      entries: entriesOf(registers.books, found, year, part),
      office: printingOffice(registers),
    };
  });
  const { direction } = book;
  const bytesOf = async (): Promise<string | Uint8Array> => {
    switch (format) {
      case 'json': {
        const told = { book: { id: book.id, name: book.name, direction }, year, entries };
        return `${JSON.stringify(told, null, 2)}\n`;
      }
      case 'xlsx':
        return officeFiles.workbook([bookSheet({ direction, year }, entries)]);
      case 'pdf': {
        const look = lookOf(values);
        const { fromDay, toDay } = part;
        const isCommon = isCommonBook(book);
        const form = bookForm({ ...book, isCommon, year, office, look, fromDay, toDay, madeAt: new Date() }, entries);
        return (await officeFiles.form(form)).bytes;
      }
    }
  };
  const noted = { dataDir: values['data-dir'] ?? '', out, bookId, year, format, rows: entries.length };
  await writeNoted(noted, 'book.exported', await bytesOf());
  process.stdout.write(`${out}: ${entries.length}\n`);
  return 0;
}
