import type { OfficeFiles } from '#core/ports/office-files.ts';
import type { PrintFonts } from './print/paper.ts';
import { writeForm } from './print/write-form.ts';
import { writeSheet } from './print/write-sheet.ts';
import { writeLetter } from './write-letter.ts';
import { writeWorkbook } from './write-workbook.ts';

/** `fonts` is asked when somebody prints: reading files is for others. */
export function createOfficeFiles(fonts: () => Promise<PrintFonts>): OfficeFiles {
  return {
    workbook: writeWorkbook,
    letter: writeLetter,
    form: async (form) => writeForm(await fonts(), form),
    sheet: async (sheet) => writeSheet(await fonts(), sheet),
  };
}
