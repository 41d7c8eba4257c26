import type { OfficeFiles } from '#core/ports/office-files.ts';
import { writeLetter } from './write-letter.ts';
import { writeWorkbook } from './write-workbook.ts';

export const officeFiles: OfficeFiles = { workbook: writeWorkbook, letter: writeLetter };
