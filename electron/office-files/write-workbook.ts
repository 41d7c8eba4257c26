import { VIETNAM_OFFSET_MS } from '#shared/domain/vn-date.ts';
import type { ColumnKind, Sheet } from '#core/ports/office-files.ts';
import { plainText } from '#shared/domain/plain-text.ts';
import type { Cell, SheetData } from 'write-excel-file/node';

/** Characters that a cell holds in Excel. */
const MOST_CHARACTERS = 32_767;

const FORMATS: Readonly<Record<Exclude<ColumnKind, 'text'>, string>> = {
  whole: '#,##0',
  decimal: '#,##0.0',
  share: '0.0%',
  instant: 'dd/mm/yyyy hh:mm',
  second: 'dd/mm/yyyy hh:mm:ss',
  day: 'dd/mm/yyyy',
};

/** Real numbers and dates under one row of headings that stays in sight. Text is text, also where it begins with "=". */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  // Loaded when somebody wants a workbook: the office starts without it.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const written = writeExcelFile(
    sheets.map((sheet) => ({
      sheet: sheet.name,
      data: dataOf(sheet),
      columns: sheet.columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
    })),
    { fontFamily: 'Times New Roman', fontSize: 12 },
  );
  return written.toBuffer();
}

function dataOf({ columns, rows }: Sheet): SheetData {
  const headings = columns.map(({ title }): Cell => ({ value: title, type: String, fontWeight: 'bold', wrap: true }));
  return [headings, ...rows.map((row) => columns.map(({ kind }, place) => cellOf(row[place] ?? null, kind)))];
}

function cellOf(value: string | number | null, kind: ColumnKind): Cell {
  if (value === null) return null;
  if (kind === 'day' && typeof value === 'string') {
    return { value: new Date(`${value}T00:00:00Z`), type: Date, format: FORMATS.day };
  }
  if (typeof value === 'string' || kind === 'text') {
    return { value: plainText(String(value)).slice(0, MOST_CHARACTERS), type: String };
  }
  // Excel knows no time zone; a date shows what its UTC reading says.
  if (kind === 'instant' || kind === 'second')
    return { value: new Date(value + VIETNAM_OFFSET_MS), type: Date, format: FORMATS[kind] };
  return { value, type: Number, format: FORMATS[kind] };
}
