import { parseArgs } from 'node:util';
import { handledDocument } from '#core/printing/handled-document.ts';
import { handlingSheet } from '#core/printing/handling-sheet.ts';
import { periodForm } from '#core/printing/period-form.ts';
import { printingOffice } from '#core/printing/printing-office.ts';
import { formNames } from '#shared/domain/printed-forms.ts';
import { UsageError } from './failures.ts';
import { refuseExtra } from './input-file.ts';
import { dayOf, lookOf, numberOf, officeFiles, reading, writeNoted } from './register-output.ts';

const formats = ['pdf', 'xlsx'] as const;
type Format = (typeof formats)[number];

/** Forms of a period, and the sheet on which one document is dealt with. */
export async function formCommand([action, ...args]: string[]): Promise<number> {
  if (action !== 'export') throw new UsageError('form export; see: vanthu help');
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      form: { type: 'string' },
      'from-date': { type: 'string' },
      'to-date': { type: 'string' },
      book: { type: 'string', default: 'incoming' },
      year: { type: 'string' },
      number: { type: 'string' },
      volume: { type: 'string', default: '' },
      'no-cover': { type: 'boolean', default: false },
      format: { type: 'string', default: 'pdf' },
      out: { type: 'string' },
    },
  });
  refuseExtra(positionals, 0);
  const format = formats.find((one) => one === values.format);
  if (format === undefined) throw new UsageError(`--format is one of ${formats.join(', ')}`);
  const { out, form } = values;
  if (out === undefined) throw new UsageError('--out is needed; see: vanthu help');
  if (form === 'handling-sheet') {
    if (format !== 'pdf') throw new UsageError('a handling-sheet is printed: --format pdf');
    const numbered = {
      book: values.book,
      year: numberOf('year', values.year),
      number: numberOf('number', values.number),
    };
    const { book, year = 0, number = 0 } = numbered;
    const noted = { dataDir: values['data-dir'] ?? '', out, form, book, year, number };
    await writeNoted(noted, 'form.exported', await sheetOf(values['data-dir'], numbered));
    process.stdout.write(`${out}: 1\n`);
    return 0;
  }
  const named = formNames.find((one) => one === form);
  if (named === undefined) throw new UsageError(`--form is one of ${[...formNames, 'handling-sheet'].join(', ')}`);
  const [fromDay, toDay] = [dayOf('from-date', values['from-date']), dayOf('to-date', values['to-date'])];
  if (fromDay === undefined || toDay === undefined) throw new UsageError('--from-date and --to-date are needed');
  const look = lookOf(values);
  const made = reading(values['data-dir'], ({ registers }) => {
    const found = periodForm(registers, named, { fromDay, toDay }, new Date(), new Set());
    // What is printed is read while the register is open.
    return { rows: found.rows, printed: found.printed(look), sheet: found.sheet() };
  });
  const noted = { dataDir: values['data-dir'] ?? '', out, form: named, fromDay, toDay, format, rows: made.rows };
  await writeNoted(noted, 'form.exported', await bytesOf(made, format));
  process.stdout.write(`${out}: ${made.rows}\n`);
  return 0;
}

type Made = {
  readonly printed: Parameters<typeof officeFiles.form>[0];
  readonly sheet: Parameters<typeof officeFiles.workbook>[0][number];
};

async function bytesOf({ printed, sheet }: Made, format: Format): Promise<Uint8Array> {
  return format === 'xlsx' ? officeFiles.workbook([sheet]) : (await officeFiles.form(printed)).bytes;
}

interface Numbered {
  readonly book: string;
  readonly year: number | undefined;
  readonly number: number | undefined;
}

async function sheetOf(dataDir: string | undefined, { book, year, number }: Numbered): Promise<Uint8Array> {
  if (year === undefined || number === undefined) throw new UsageError('--year and --number are needed');
  const sheet = reading(dataDir, ({ registers }) => {
    const id = registers.books.between(book, year, number, number)[0]?.documentId ?? null;
    const record = id === null ? null : registers.incoming.find(id);
    if (record === null) throw new UsageError(`no incoming document has number ${number} of ${year} in ${book}`);
    const now = new Date();
    return handlingSheet(handledDocument(registers, record, now), printingOffice(registers), now);
  });
  return (await officeFiles.sheet(sheet)).bytes;
}
