import type { PdfWord } from '#core/ports/pdf-text.ts';
import { normalizeText } from '#shared/domain/vietnamese-text.ts';
import type { Glyph } from './glyphs.ts';

/** A gap wider than this part of the font size separates words where no space is drawn. A drawn space is about 0.25. */
const wordGap = 0.17;
/** Least gap left by a space that is drawn: squeezed lines have narrow ones, and a letter of another font may cover one. */
const drawnSpaceGap = 0.05;
/** Glyphs whose baselines differ by less than this part of the font size are on one line (fallback fonts shift a little). */
const baselineTolerance = 0.25;

/** Puts glyphs together as words by where they stand, whatever order and pieces the file draws them in. */
export function joinWords(glyphs: readonly Glyph[]): PdfWord[] {
  return groupLines(attachMarks(glyphs)).flatMap(lineWords);
}

/** Combining accents drawn as glyphs of their own belong to the letter drawn before them. */
function attachMarks(glyphs: readonly Glyph[]): Glyph[] {
  const result: Glyph[] = [];
  for (const glyph of glyphs) {
    const last = result.at(-1);
    if (last && /^\p{M}+$/u.test(glyph.text)) {
      result[result.length - 1] = { ...last, text: last.text + glyph.text };
    } else {
      result.push(glyph);
    }
  }
  return result;
}

function groupLines(glyphs: readonly Glyph[]): Glyph[][] {
  const sorted = glyphs.toSorted((left, right) => right.y - left.y);
  const lines: Glyph[][] = [];
  let baseline = Number.POSITIVE_INFINITY;
  for (const glyph of sorted) {
    const line = lines.at(-1);
    if (line && baseline - glyph.y <= glyph.fontSize * baselineTolerance) {
      line.push(glyph);
    } else {
      lines.push([glyph]);
      baseline = glyph.y;
    }
  }
  return lines.map((line) => line.toSorted((left, right) => left.x - right.x));
}

function lineWords(line: readonly Glyph[]): PdfWord[] {
  const words: PdfWord[] = [];
  let current: Glyph[] = [];
  const finish = (): void => {
    const word = toWord(current);
    if (word) words.push(word);
    current = [];
  };
  let afterSpace = false;
  for (const glyph of line) {
    if (normalizeText(glyph.text).trim() === '') {
      afterSpace = true;
      continue;
    }
    const previous = current.at(-1);
    if (previous) {
      if (isRepeat(previous, glyph)) continue;
      const gap = glyph.x - (previous.x + previous.width);
      const least = (afterSpace ? drawnSpaceGap : wordGap) * Math.min(previous.fontSize, glyph.fontSize);
      if (gap > least || isFiller(previous) !== isFiller(glyph)) finish();
    }
    afterSpace = false;
    current.push(glyph);
  }
  finish();
  return words;
}

/** Poor man's bold: the same letter drawn again a hair's breadth away. */
function isRepeat(previous: Glyph, glyph: Glyph): boolean {
  return glyph.text === previous.text && glyph.x - previous.x < previous.width * 0.3;
}

/** Dots and underscores that stand for something to be filled in or a rule; kept apart from words. */
function isFiller(glyph: Glyph): boolean {
  return /^[_…]+$/u.test(glyph.text);
}

function toWord(glyphs: readonly Glyph[]): PdfWord | null {
  const first = glyphs[0];
  const last = glyphs.at(-1);
  if (!first || !last) return null;
  const text = normalizeText(glyphs.map((glyph) => glyph.text).join(''))
    .normalize('NFC')
    .replace(/\s+/g, '');
  if (text === '') return null;
  const fontSize = Math.max(...glyphs.map((glyph) => glyph.fontSize));
  return {
    text,
    x: round(first.x),
    y: round(first.y),
    width: round(last.x + last.width - first.x),
    height: round(fontSize * 0.7),
    fontSize: round(fontSize),
    bold: most(glyphs, (glyph) => glyph.bold),
    italic: most(glyphs, (glyph) => glyph.italic),
  };
}

function most(glyphs: readonly Glyph[], has: (glyph: Glyph) => boolean): boolean {
  return glyphs.filter(has).length * 2 > glyphs.length;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
