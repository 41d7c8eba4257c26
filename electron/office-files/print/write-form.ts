import { setImmediate } from 'node:timers/promises';
import type { PrintedColumn, PrintedCover, PrintedFile, PrintedForm, PrintedSums } from '#core/ports/office-files.ts';
import { upperCase } from '#shared/domain/vietnamese-text.ts';
import { createPaginator, heightOf, type CellLines, type PageRoom, type PlacedRow } from './paginate.ts';
import { type Face, MM, openPaper, type Paper, type PrintFonts, type Sheet } from './paper.ts';
import { wrapText } from './wrap-text.ts';

/** A4 landscape; the left margin is for binding. */
const PAGE = { width: 297 * MM, height: 210 * MM };
const MARGIN = { left: 25 * MM, right: 10 * MM, top: 12 * MM, bottom: 12 * MM };
const WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
const TEXT = { size: 10, line: 11.8, padding: 5 };
const HEAD_TEXT = { size: 10, line: 11.8 };
/** Between a line of the table and the text beside it. */
const INSET = 2.6;
const SUM_HEIGHT = 16;
const SIGN_HEIGHT = 36 * MM;
const FOOT = 8 * MM;
/** How long other work waits at most for a slice of a print. */
const SLICE_MS = 12;

/** Where a column begins and how wide it is. */
interface Column extends PrintedColumn {
  readonly x: number;
  readonly size: number;
}

/** A form as PDF; long ones are made in slices of a few milliseconds. */
export async function writeForm(fonts: PrintFonts, form: PrintedForm): Promise<PrintedFile> {
  const paper = await openPaper(fonts, { title: titleOf(form), madeAt: form.madeAt });
  const pause = createPause();
  const columns = placeColumns(form.columns);
  const headings = columns.map(({ title, size }) =>
    wrapText(title, size - 2 * INSET, paper.widthOf('bold', HEAD_TEXT.size)),
  );
  const top = tableTop(form, headings);
  const sums = form.sums === null ? 0 : SUM_HEIGHT * (form.sums.running === null ? 1 : 2);
  const room: PageRoom = {
    height: PAGE.height - MARGIN.bottom - FOOT - top - sums,
    line: TEXT.line,
    padding: TEXT.padding,
    end: form.signatures.length === 0 ? 0 : SIGN_HEIGHT,
  };
  const paginator = createPaginator(room, form.rows.length);
  const widthOf = paper.widthOf('regular', TEXT.size);
  for (const [at, row] of form.rows.entries()) {
    paginator.add(
      at,
      columns.map(({ size }, place) => linesOf(row.cells[place] ?? '', size - 2 * INSET, widthOf)),
    );
    await pause();
  }
  const pages = paginator.end();
  if (form.cover !== null) drawCover(paper, form.cover);
  const tally = createTally(form);
  for (const [at, rows] of pages.entries()) {
    const sheet = paper.page(PAGE.width, PAGE.height);
    drawHead(paper, sheet, form, columns, headings);
    let y = top;
    for (const placed of rows) y = drawRow(paper, sheet, form, columns, placed, y, room);
    if (form.sums !== null) y = drawSums(paper, sheet, form.sums, columns, tally.add(rows), y);
    if (at === pages.length - 1) drawSignatures(paper, sheet, form, y);
    const foot = `Trang ${at + 1}/${pages.length}`;
    centred(paper, sheet, foot, MARGIN.left + WIDTH / 2, PAGE.height - MARGIN.bottom, 'regular', 9);
    sheet.done();
    await pause();
  }
  return { bytes: await paper.save(), pages: pages.length + (form.cover === null ? 0 : 1) };
}

/** Lets other work in when a slice is over. */
function createPause(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await setImmediate();
    since = performance.now();
  };
}

const titleOf = ({ head }: PrintedForm): string => [head.title, head.period].filter(Boolean).join(' - ');

/** An empty cell is for handwriting. */
const linesOf = (text: string, width: number, widthOf: (character: string) => number): readonly string[] =>
  text === '' ? [] : wrapText(text, width, widthOf);

function placeColumns(columns: readonly PrintedColumn[]): readonly Column[] {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  let x = MARGIN.left;
  return columns.map((column) => {
    const size = (column.width / total) * WIDTH;
    const placed = { ...column, x, size };
    x += size;
    return placed;
  });
}

const HEAD_LINE = 14;
const headTop = (form: PrintedForm): number => MARGIN.top + HEAD_LINE + (form.head.period === '' ? 6 : HEAD_LINE + 4);
const headingHeight = (headings: CellLines): number =>
  Math.max(1, ...headings.map((lines) => lines.length)) * HEAD_TEXT.line + TEXT.padding;
const NUMBERS_HEIGHT = HEAD_TEXT.line + 3;
const tableTop = (form: PrintedForm, headings: CellLines): number =>
  headTop(form) + headingHeight(headings) + NUMBERS_HEIGHT;

/** Title, headings and the row of column numbers: the same on every page. */
function drawHead(
  paper: Paper,
  sheet: Sheet,
  form: PrintedForm,
  columns: readonly Column[],
  headings: CellLines,
): void {
  const { agency, title, period, right } = form.head;
  const middle = MARGIN.left + WIDTH / 2;
  const base = MARGIN.top + 11;
  const titleWidth = paper.textWidth(title, 'bold', 13);
  const side = (WIDTH - titleWidth) / 2 - 4 * MM;
  const [firstLine = ''] = wrapText(upperCase(agency), side, paper.widthOf('regular', 9));
  sheet.text(firstLine, MARGIN.left, base, 'regular', 9);
  centred(paper, sheet, title, middle, base, 'bold', 13);
  sheet.text(right, MARGIN.left + WIDTH - paper.textWidth(right, 'regular', 9), base, 'regular', 9);
  if (period !== '') centred(paper, sheet, period, middle, base + HEAD_LINE, 'italic', 10);
  const top = headTop(form);
  const height = headingHeight(headings);
  for (const [at, { x, size }] of columns.entries()) {
    sheet.box(x, top, size, height);
    const lines = headings[at] ?? [];
    const free = (height - lines.length * HEAD_TEXT.line) / 2;
    for (const [line, text] of lines.entries()) {
      const y = top + free + line * HEAD_TEXT.line + HEAD_TEXT.size - 1;
      centred(paper, sheet, text, x + size / 2, y, 'bold', HEAD_TEXT.size);
    }
    sheet.box(x, top + height, size, NUMBERS_HEIGHT);
    centred(paper, sheet, `(${at + 1})`, x + size / 2, top + height + NUMBERS_HEIGHT - 4, 'italic', 9);
  }
}

function drawRow(
  paper: Paper,
  sheet: Sheet,
  { rows }: PrintedForm,
  columns: readonly Column[],
  { row, cells, continued }: PlacedRow,
  top: number,
  room: PageRoom,
): number {
  const struck = new Set(rows[row]?.struck);
  const height = heightOf(cells, room);
  for (const [at, { x, size, align }] of columns.entries()) {
    sheet.box(x, top, size, height);
    for (const [line, text] of (cells[at] ?? []).entries()) {
      const wide = paper.textWidth(text, 'regular', TEXT.size);
      const free = size - 2 * INSET - wide;
      const left = x + INSET + (align === 'left' ? 0 : align === 'right' ? free : free / 2);
      const base = top + TEXT.padding / 2 + line * TEXT.line + TEXT.size - 1;
      sheet.text(text, left, base, 'regular', TEXT.size);
      if (struck.has(at)) sheet.line(left, base - TEXT.size * 0.28, left + wide, base - TEXT.size * 0.28, 0.6);
    }
  }
  // Whoever opens the book at this page sees what the text belongs to.
  if (continued) {
    const [first] = columns;
    if (first !== undefined && (cells[0] ?? []).length === 0)
      sheet.text('(tiếp)', first.x + INSET, top + TEXT.padding / 2 + TEXT.size - 1, 'italic', 9);
  }
  return top + height;
}

interface Sums {
  readonly counts: readonly number[];
  readonly amount: number;
}

/** Sums of each page and since the first. A row counts where it begins. */
function createTally({ rows, sums }: PrintedForm) {
  const none = (): Sums => ({ counts: (sums?.words ?? []).map(() => 0), amount: 0 });
  const plus = (one: Sums, other: Sums): Sums => ({
    counts: one.counts.map((count, at) => count + (other.counts[at] ?? 0)),
    amount: one.amount + other.amount,
  });
  let running = none();
  return {
    add: (placed: readonly PlacedRow[]): { readonly page: Sums; readonly running: Sums } => {
      let page = none();
      for (const { row, continued } of placed) {
        const found = rows[row];
        if (found !== undefined && !continued) page = plus(page, { counts: found.counts, amount: found.amount ?? 0 });
      }
      running = plus(running, page);
      return { page, running };
    },
  };
}

function drawSums(
  paper: Paper,
  sheet: Sheet,
  { ofPage, running: since, words, column }: PrintedSums,
  columns: readonly Column[],
  { page, running }: { readonly page: Sums; readonly running: Sums },
  top: number,
): number {
  let y = top;
  const wholes = [{ label: ofPage, sums: page }, ...(since === null ? [] : [{ label: since, sums: running }])];
  const summed = column === null ? undefined : columns[column];
  for (const { label, sums } of wholes) {
    const said = words.flatMap((word, at) => {
      const count = sums.counts[at] ?? 0;
      return at === 0 || count > 0 ? [`${grouped(count)} ${word}`] : [];
    });
    sheet.box(MARGIN.left, y, WIDTH, SUM_HEIGHT);
    sheet.text(`${label}: ${said.join(', ')}`, MARGIN.left + INSET, y + SUM_HEIGHT - 5, 'bold', TEXT.size);
    if (summed !== undefined) {
      sheet.box(summed.x, y, summed.size, SUM_HEIGHT);
      const amount = grouped(sums.amount);
      const size = Math.min(TEXT.size, (summed.size - 2) / paper.textWidth(amount, 'bold', 1));
      centred(paper, sheet, amount, summed.x + summed.size / 2, y + SUM_HEIGHT - 5, 'bold', size);
    }
    y += SUM_HEIGHT;
  }
  return y;
}

/** As Vietnamese writes it: 3.412. */
const grouped = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, '.');

function drawSignatures(paper: Paper, sheet: Sheet, { signatures }: PrintedForm, top: number): void {
  const part = WIDTH / Math.max(1, signatures.length);
  for (const [at, { title, note }] of signatures.entries()) {
    const middle = MARGIN.left + part * (at + 0.5);
    centred(paper, sheet, title, middle, top + 18, 'bold', 11);
    centred(paper, sheet, note, middle, top + 31, 'italic', 10);
  }
}

function drawCover(paper: Paper, { parentAgency, agency, title, lines }: PrintedCover): void {
  const sheet = paper.page(PAGE.width, PAGE.height);
  const middle = MARGIN.left + WIDTH / 2;
  const frame = { x: MARGIN.left, y: 15 * MM, width: WIDTH, height: PAGE.height - 30 * MM };
  sheet.box(frame.x, frame.y, frame.width, frame.height, 1.2);
  sheet.box(frame.x + 4, frame.y + 4, frame.width - 8, frame.height - 8, 0.5);
  let y = frame.y + 14 * MM;
  const write = (text: string, face: Face, size: number, gap: number): void => {
    for (const line of text === '' ? [] : wrapText(text, frame.width - 30 * MM, paper.widthOf(face, size))) {
      centred(paper, sheet, line, middle, y, face, size);
      y += size * 1.25;
    }
    y += gap;
  };
  write(upperCase(parentAgency), 'regular', 14, 0);
  write(upperCase(agency), 'bold', 14, 0);
  sheet.line(middle - 22 * MM, y - 10, middle + 22 * MM, y - 10, 0.7);
  y = Math.max(y + 20 * MM, frame.y + 65 * MM);
  write(upperCase(title), 'bold', 28, 8 * MM);
  for (const line of lines) write(line, 'regular', 15, 2 * MM);
  sheet.done();
}

function centred(paper: Paper, sheet: Sheet, text: string, middle: number, y: number, face: Face, size: number): void {
  sheet.text(text, middle - paper.textWidth(text, face, size) / 2, y, face, size);
}
