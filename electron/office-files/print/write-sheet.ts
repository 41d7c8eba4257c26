import type { PrintedFile, PrintedPart, PrintedSheet } from '#core/ports/office-files.ts';
import { upperCase } from '#shared/domain/vietnamese-text.ts';
import { type Face, MM, openPaper, type PrintFonts, type Sheet } from './paper.ts';
import { wrapText } from './wrap-text.ts';

/** A4 upright, with the margins of Nghị định 30/2020, Phụ lục I. */
const PAGE = { width: 210 * MM, height: 297 * MM };
const MARGIN = { left: 30 * MM, right: 15 * MM, top: 20 * MM, bottom: 20 * MM };
const WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
const SIZE = 13;
const LINE = 18;
const BLANK = 24;
const SIGN_HEIGHT = 30 * MM;

/** A sheet about one document as PDF: what is known is printed, what is not has dotted lines for handwriting. */
export async function writeSheet(fonts: PrintFonts, sheet: PrintedSheet): Promise<PrintedFile> {
  const paper = await openPaper(fonts, { title: sheet.title, madeAt: sheet.madeAt });
  let page: Sheet = paper.page(PAGE.width, PAGE.height);
  let pages = 1;
  let y = MARGIN.top;
  const turn = (): void => {
    page.done();
    page = paper.page(PAGE.width, PAGE.height);
    pages += 1;
    y = MARGIN.top;
  };
  const need = (height: number): void => {
    if (y + height > PAGE.height - MARGIN.bottom && y > MARGIN.top) turn();
  };
  const write = (text: string, face: Face, size: number, centre: number | null, width: number): void => {
    for (const line of wrapText(text, width, paper.widthOf(face, size))) {
      need(LINE);
      const x = centre === null ? MARGIN.left : centre - paper.textWidth(line, face, size) / 2;
      page.text(line, x, y + SIZE, face, size);
      y += LINE;
    }
  };
  const part = ({ heading, entries, signed }: PrintedPart): void => {
    need(LINE * 3);
    y += 4;
    write(heading, 'bold', SIZE, null, WIDTH);
    for (const { label, text, blankLines } of entries) {
      write(text === '' ? `${label}:` : `${label}: ${text}`, 'regular', SIZE, null, WIDTH);
      for (let line = 0; line < blankLines; line += 1) {
        // A place to sign stays with the line above it.
        need(BLANK + (signed !== null && line === blankLines - 1 ? SIGN_HEIGHT : 0));
        y += BLANK;
        dots(page, y - 6);
      }
      y += 2;
    }
    if (signed === null) return;
    need(SIGN_HEIGHT);
    const middle = MARGIN.left + WIDTH * 0.75;
    const name = paper.textWidth(signed, 'bold', 12);
    page.text(signed, middle - name / 2, y + SIZE + 4, 'bold', 12);
    const note = '(Ký, ghi rõ họ tên, ngày)';
    page.text(note, middle - paper.textWidth(note, 'italic', 11) / 2, y + SIZE + 19, 'italic', 11);
    y += SIGN_HEIGHT;
  };

  const left = MARGIN.left + WIDTH * 0.25;
  if (sheet.parentAgency !== '') write(upperCase(sheet.parentAgency), 'regular', 12, left, WIDTH * 0.48);
  write(upperCase(sheet.agency), 'bold', 12, left, WIDTH * 0.48);
  page.line(left - 12 * MM, y + 2, left + 12 * MM, y + 2, 0.6);
  y += 12;
  write(upperCase(sheet.title), 'bold', 15, MARGIN.left + WIDTH / 2, WIDTH);
  y += 6;
  for (const one of sheet.parts) part(one);
  page.done();
  return { bytes: await paper.save(), pages };
}

/** A line to write on. */
function dots(page: Sheet, y: number): void {
  const step = 3;
  for (let x = MARGIN.left; x < MARGIN.left + WIDTH; x += step) page.line(x, y, x + 0.8, y, 0.6);
}
