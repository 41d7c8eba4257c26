import type { PrintLook } from '#shared/contract/books.ts';
import { formTitles, isBookForm, type FormName } from '#shared/domain/printed-forms.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { PrintedForm, Sheet } from '../ports/office-files.ts';
import type { ReadStores } from '../ports/stores.ts';
import { printedTable, sheetOf } from './form-table.ts';
import { tableOf, type FormPeriod, type MadeTable } from './form-tables.ts';
import { periodLine, signaturesOf, volumeLine } from './form-words.ts';
import { printingOffice, type PrintingOffice } from './printing-office.ts';

/** A form of a period, to be printed or to be opened in Excel. */
export interface PeriodForm {
  readonly rows: number;
  readonly printed: (look: PrintLook) => PrintedForm;
  readonly sheet: () => Sheet;
}

/** @throws CodedError RANGE_UPSIDE_DOWN, BOOK_RANGE_EMPTY */
export function periodForm(
  stores: ReadStores,
  form: FormName,
  period: FormPeriod,
  now: Date,
  /** Limited documents that are not for whoever asks. */
  hidden: ReadonlySet<string>,
): PeriodForm {
  const { fromDay, toDay } = period;
  if (fromDay > toDay) throw new CodedError('RANGE_UPSIDE_DOWN', { from: fromDay, to: toDay });
  const table = tableOf(stores, form, period, now, hidden);
  if (table.rows.length === 0) throw new CodedError('BOOK_RANGE_EMPTY', { from: fromDay, to: toDay });
  return {
    rows: table.rows.length,
    printed: (look) => print(table, form, period, look, printingOffice(stores), now),
    sheet: () => sheetOf(`${fromDay} - ${toDay}`, table),
  };
}

function print(
  table: MadeTable,
  form: FormName,
  { fromDay, toDay }: FormPeriod,
  look: PrintLook,
  office: PrintingOffice,
  now: Date,
): PrintedForm {
  const title = formTitles[form];
  const period = periodLine(fromDay, toDay);
  const volume = volumeLine(look.volume);
  const years = [...new Set([fromDay.slice(0, 4), toDay.slice(0, 4)])].join(' - ');
  return {
    cover: look.cover && isBookForm(form) ? { ...office, title, lines: [`Năm: ${years}`, period, volume] } : null,
    head: { agency: office.agency, title, period, right: isBookForm(form) ? volume : '' },
    ...printedTable(table),
    sums:
      look.pageSums && table.words !== null
        ? { ofPage: 'Cộng trang', running: look.runningSums ? 'Cộng dồn' : null, words: table.words, column: null }
        : null,
    signatures: look.signatures ? signaturesOf(isBookForm(form) ? 'VĂN THƯ' : 'NGƯỜI LẬP BÁO CÁO') : [],
    madeAt: now,
  };
}
