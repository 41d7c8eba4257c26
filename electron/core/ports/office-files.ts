import type { LetterPage } from '#shared/domain/reminder-letter.ts';

/** What a column holds: instants are shown as hour and day in Việt Nam, to the minute or to the second, days as they are, shares as percent. */
export type ColumnKind = 'text' | 'whole' | 'decimal' | 'share' | 'instant' | 'second' | 'day';

export interface SheetColumn {
  readonly title: string;
  readonly kind: ColumnKind;
  /** In characters. */
  readonly width: number;
}

/** A sheet with one row of headings, which stays while the others scroll. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** As many values as columns: instants in ms since 1970, days as yyyy-MM-dd, shares between 0 and 1; null leaves the cell empty. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** A column of a form on paper. */
export interface PrintedColumn {
  readonly title: string;
  /** Its part of the width, beside those of the others. */
  readonly width: number;
  readonly align: 'left' | 'centre' | 'right';
}

export interface PrintedRow {
  /** As many as columns; what is empty is written by hand. */
  readonly cells: readonly string[];
  /** Columns (from 0) whose text is struck through: a number in no force keeps its row. */
  readonly struck: readonly number[];
  /** What it adds to the sums, in the order of `PrintedSums.words`. */
  readonly counts: readonly number[];
  /** What it adds to the column that is summed; null where nothing is known. */
  readonly amount: number | null;
}

/** Sums at the foot of each page: `Cộng trang: 15 số, 14 phát hành, 1 hủy`, and those since the first row. */
export interface PrintedSums {
  readonly ofPage: string;
  /** Null leaves out the sums since the first row. */
  readonly running: string | null;
  /** What the counts are of. The first is always said, the others where there are any. */
  readonly words: readonly string[];
  /** The column (from 0) under which amounts are summed; null when none is. */
  readonly column: number | null;
}

/** The cover of a bound book, and what stands on every page of it. */
export interface PrintedCover {
  readonly parentAgency: string;
  readonly agency: string;
  readonly title: string;
  /** Năm, từ ngày … đến ngày …, từ số … đến số …, quyển số. */
  readonly lines: readonly string[];
}

/** A form in rows and columns, A4 landscape, ready to bind on the left. */
export interface PrintedForm {
  readonly cover: PrintedCover | null;
  /** At the head of each page: to the left, in the middle, below it, and to the right. */
  readonly head: { readonly agency: string; readonly title: string; readonly period: string; readonly right: string };
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly PrintedRow[];
  readonly sums: PrintedSums | null;
  /** Who signs at the end, each with what is done there: `(Ký, ghi rõ họ tên)`. */
  readonly signatures: readonly { readonly title: string; readonly note: string }[];
  /** Stands in the file as its date, so that the same form is the same bytes. */
  readonly madeAt: Date;
}

/** A part of a sheet (phiếu): a heading, what is known, and lines for handwriting. */
export interface PrintedPart {
  readonly heading: string;
  readonly entries: readonly { readonly label: string; readonly text: string; readonly blankLines: number }[];
  /** Who signs this part; null for a part without a signature. */
  readonly signed: string | null;
}

/** A sheet about one document, A4 upright. */
export interface PrintedSheet {
  readonly parentAgency: string;
  readonly agency: string;
  readonly title: string;
  readonly parts: readonly PrintedPart[];
  readonly madeAt: Date;
}

/** A PDF, with the number of its pages. */
export interface PrintedFile {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

/** Files that other programs go on with. */
export interface OfficeFiles {
  /** A form as PDF. Long ones are made in slices, so that whoever asks goes on answering meanwhile. */
  form(form: PrintedForm): Promise<PrintedFile>;
  /** A sheet about one document as PDF. */
  sheet(sheet: PrintedSheet): Promise<PrintedFile>;
  /** An Excel workbook (.xlsx). */
  workbook(sheets: readonly Sheet[]): Promise<Uint8Array>;
  /** A letter for a word processor (.docx). */
  letter(page: LetterPage): Promise<Uint8Array>;
}
