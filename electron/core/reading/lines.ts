import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { foldVietnamese, isUpperCase } from '#shared/domain/vietnamese-text.ts';
import type { PdfTextPage, PdfWord } from '../ports/pdf-text.ts';

/** Words on one baseline: a whole row of the page, or the part of it that stands in one column. */
export interface Line {
  readonly page: number;
  readonly words: readonly PdfWord[];
  readonly text: string;
  /** `text` without accents in lower case, for matching. */
  readonly folded: string;
  readonly x: number;
  readonly right: number;
  readonly center: number;
  /** Baseline. */
  readonly y: number;
  readonly fontSize: number;
  readonly bold: boolean;
  readonly upper: boolean;
}

/** Words further apart than this part of the font size are in different columns. */
const columnGap = 0.9;
const baselineTolerance = 0.3;

/** Rows of a page from the top. */
export function rowsOf(page: PdfTextPage): Line[] {
  const rows: PdfWord[][] = [];
  let baseline = Number.POSITIVE_INFINITY;
  for (const word of page.items.toSorted((left, right) => right.y - left.y)) {
    const row = rows.at(-1);
    if (row && baseline - word.y <= word.fontSize * baselineTolerance) {
      row.push(word);
    } else {
      rows.push([word]);
      baseline = word.y;
    }
  }
  return rows.map((row) =>
    toLine(
      page.page,
      row.toSorted((left, right) => left.x - right.x),
    ),
  );
}

/** Splits a row where columns part: at wide gaps, and before the national motto, which some headings crowd. */
export function splitColumns(row: Line): Line[] {
  const parts: PdfWord[][] = [];
  row.words.forEach((word, index) => {
    const previous = row.words[index - 1];
    const gap = previous ? word.x - (previous.x + previous.width) : 0;
    const spacing = Math.max(word.letterSpacing ?? 0, previous?.letterSpacing ?? 0);
    const apart = gap > columnGap * Math.max(word.fontSize, previous?.fontSize ?? 0) + 3 * spacing;
    const part = parts.at(-1);
    if (!part || apart || startsMotto(row.words, index)) parts.push([word]);
    else part.push(word);
  });
  return parts.map((words) => toLine(row.page, words));
}

export const mottoPattern = /^cong hoa xa hoi chu nghia|^doc lap\s*-\s*tu do|^dang cong san viet nam/;

function startsMotto(words: readonly PdfWord[], index: number): boolean {
  const first = words[index]?.text ?? '';
  if (!/^(CỘNG|Độc|ĐẢNG)$/u.test(first)) return false;
  const ahead = words.slice(index, index + 6).map((word) => word.text);
  return mottoPattern.test(foldVietnamese(ahead.join(' ')));
}

export function joinLines(lines: readonly Line[]): Line {
  const [first] = lines;
  if (!first) throw new RangeError('no lines to join');
  return toLine(
    first.page,
    lines.flatMap((line) => line.words).toSorted((left, right) => left.x - right.x),
  );
}

/** Lines one under the other as one text, in that order; its place is that of the first. */
export function stackLines(lines: readonly Line[]): Line {
  const [first] = lines;
  if (!first) throw new RangeError('no lines to stack');
  return toLine(
    first.page,
    lines.flatMap((line) => line.words),
  );
}

/** Part of a line by its words. */
export function sliceLine(line: Line, from: number, to = line.words.length): Line {
  return toLine(line.page, line.words.slice(from, to));
}

function toLine(page: number, words: readonly PdfWord[]): Line {
  const text = words.map((word) => word.text).join(' ');
  const x = Math.min(...words.map((word) => word.x));
  const right = Math.max(...words.map((word) => word.x + word.width));
  const letters = (list: readonly PdfWord[]): number => list.reduce((sum, word) => sum + word.text.length, 0);
  return {
    page,
    words,
    text,
    folded: foldVietnamese(text),
    x,
    right,
    center: (x + right) / 2,
    y: words[0]?.y ?? 0,
    fontSize: Math.max(...words.map((word) => word.fontSize)),
    bold: letters(words.filter((word) => word.bold)) * 2 > letters(words),
    upper: isUpperCase(text),
  };
}

/** A rule made of characters (`_____`, `-----`, `***`) or placeholder dots. */
export function isRule(line: Line): boolean {
  return /^[\s_=*~.…·—–-]+$/u.test(line.text);
}

/** The rectangle that encloses the lines, which must be on one page. */
export function regionOf(lines: readonly Line[]): PageRectangle | undefined {
  const [first] = lines;
  if (!first) return undefined;
  const x = Math.min(...lines.map((line) => line.x));
  const bottom = Math.min(...lines.map((line) => line.y - line.fontSize * 0.25));
  const top = Math.max(...lines.map((line) => line.y + line.fontSize * 0.8));
  const right = Math.max(...lines.map((line) => line.right));
  return { page: first.page, x: round(x), y: round(bottom), width: round(right - x), height: round(top - bottom) };
}

/**
 * Lines that follow `start` without a break, top-down: each within `maxLeading` font sizes below the one above. `lines`
 * are of one page, sorted from the top.
 */
export function runBelow(
  start: Line,
  lines: readonly Line[],
  maxLeading: number,
  accept: (line: Line) => boolean,
): Line[] {
  const run: Line[] = [];
  let previous = start;
  for (const line of lines) {
    if (line.y >= previous.y) continue;
    if (leading(previous, line) > maxLeading || !accept(line)) break;
    run.push(line);
    previous = line;
  }
  return run;
}

/** Distance of two lines' baselines in font sizes; 1.15 to 1.5 inside a paragraph, up to 3 in loosely set headings. */
export function leading(above: Line, below: Line): number {
  return (above.y - below.y) / Math.max(above.fontSize, below.fontSize);
}

export function joinText(lines: readonly Line[]): string {
  return lines
    .map((line) => line.text)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
