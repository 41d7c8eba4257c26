import type { LetterPage } from '#shared/domain/reminder-letter.ts';

/** What a column holds: instants are shown as hour and day in Việt Nam, shares as percent. */
export type ColumnKind = 'text' | 'whole' | 'decimal' | 'share' | 'instant';

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
  /** As many values as columns: instants in ms since 1970, shares between 0 and 1; null leaves the cell empty. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Files that other programs go on with. */
export interface OfficeFiles {
  /** An Excel workbook (.xlsx). */
  workbook(sheets: readonly Sheet[]): Promise<Uint8Array>;
  /** A letter for a word processor (.docx). */
  letter(page: LetterPage): Promise<Uint8Array>;
}
