import { formatVnDate, VIETNAM_OFFSET_MS } from '#shared/domain/vn-date.ts';
import type { ColumnKind, PrintedColumn, PrintedRow, Sheet } from '../ports/office-files.ts';

export interface TableColumn {
  /** Its heading in the decree. */
  readonly title: string;
  readonly kind: Extract<ColumnKind, 'text' | 'day' | 'whole' | 'instant' | 'share'>;
  /** In millimetres on A4 landscape, of 262 together. */
  readonly width: number;
}

export interface TableRow {
  /** As in a sheet (`Sheet.rows`). */
  readonly values: readonly (string | number | null)[];
  readonly struck?: readonly number[];
  readonly counts?: readonly number[];
  readonly amount?: number | null;
}

/** Rows and columns of a form, from which both its page and its workbook are made. */
export interface FormTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** Characters of a workbook's column for a millimetre of the page. */
const CHARACTERS_A_MM = 0.9;
const LEAST_CHARACTERS = 12;

/** The table as a sheet of a workbook, with real days and numbers. */
export function sheetOf(name: string, { columns, rows }: FormTable): Sheet {
  return {
    name,
    columns: columns.map(({ title, kind, width }) => ({
      title,
      kind,
      width: Math.max(LEAST_CHARACTERS, Math.round(width * CHARACTERS_A_MM)),
    })),
    rows: rows.map(({ values }) => values),
  };
}

/** The table as it is printed. */
export function printedTable({ columns, rows }: FormTable): {
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly PrintedRow[];
} {
  return {
    columns: columns.map(({ title, kind, width }) => ({ title, width, align: kind === 'text' ? 'left' : 'centre' })),
    rows: rows.map(({ values, struck = [], counts = [], amount = null }) => ({
      cells: columns.map(({ kind }, at) => printed(values[at] ?? null, kind)),
      struck,
      counts,
      amount,
    })),
  };
}

function printed(value: string | number | null, kind: ColumnKind): string {
  if (value === null) return '';
  if (kind === 'day' && typeof value === 'string') return formatVnDate(value);
  if (kind === 'instant' && typeof value === 'number') {
    const local = new Date(value + VIETNAM_OFFSET_MS).toISOString();
    return `${local.slice(11, 16)} ${formatVnDate(local)}`;
  }
  if (kind === 'share' && typeof value === 'number') return `${(value * 100).toFixed(1).replace('.', ',')}%`;
  return String(value);
}
