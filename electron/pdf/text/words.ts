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

interface PlacedGlyph {
  readonly glyph: Glyph;
  /** Whether a space is drawn before it. */
  readonly spaced: boolean;
  /** From the end of the one before, in points; none for the first. */
  readonly gap: number;
}

function lineWords(line: readonly Glyph[]): PdfWord[] {
  const placed = placeGlyphs(line);
  const spacing = findSpacing(placed);
  const words: PdfWord[] = [];
  let from = 0;
  for (let at = 1; at <= placed.length; at += 1) {
    if (at < placed.length && !startsWord(placed, at, spacing[at] ?? null)) continue;
    const word = toWord(
      placed.slice(from, at).map(({ glyph }) => glyph),
      spacing[from + 1]?.width ?? 0,
    );
    if (word) words.push(word);
    from = at;
  }
  return words;
}

function placeGlyphs(line: readonly Glyph[]): PlacedGlyph[] {
  const placed: PlacedGlyph[] = [];
  let spaced = false;
  for (const glyph of line) {
    if (normalizeText(glyph.text).trim() === '') {
      spaced = true;
      continue;
    }
    const previous = placed.at(-1)?.glyph;
    if (previous !== undefined && isRepeat(previous, glyph)) continue;
    const gap = previous === undefined ? Number.POSITIVE_INFINITY : glyph.x - (previous.x + previous.width);
    placed.push({ glyph, spaced, gap });
    spaced = false;
  }
  return placed;
}

function startsWord(placed: readonly PlacedGlyph[], at: number, spacing: Spacing | null): boolean {
  const [previous, next] = [placed[at - 1], placed[at]];
  if (previous === undefined || next === undefined) return true;
  if (isFiller(previous.glyph) !== isFiller(next.glyph)) return true;
  const size = Math.min(previous.glyph.fontSize, next.glyph.fontSize);
  if (spacing === null) return next.gap > (next.spaced ? drawnSpaceGap : wordGap) * size;
  return (next.spaced && !spacing.typed) || next.gap > spacing.width + wordGap * size;
}

/** How far apart the letters of a word are set, and whether it is typed spaces that part them. */
interface Spacing {
  readonly width: number;
  readonly typed: boolean;
}

/** Letters of a word set apart stand no further from each other than this part of the font size. */
const widestSpacing = 1.6;

/**
 * Headings have their letters apart: `Q U Y Ế T   Đ Ị N H`, by spaces typed or by the space between characters. Where
 * letters stand alone in a row, their usual gap is no gap of words. For each glyph the spacing before it, null elsewhere.
 */
function findSpacing(placed: readonly PlacedGlyph[]): (Spacing | null)[] {
  const spacing = placed.map((): Spacing | null => null);
  const isApart = (at: number): boolean => {
    const one = placed[at];
    return one === undefined || one.gap > (one.spaced ? drawnSpaceGap : apartGap) * one.glyph.fontSize;
  };
  for (let from = 0; from < placed.length; from += 1) {
    if (!isApart(from) || !isApart(from + 1)) continue;
    let end = from + 1;
    while (end < placed.length && isApart(end + 1) && (placed[end]?.gap ?? 0) <= widestGap(placed[end])) end += 1;
    const run = placed.slice(from, end);
    const standsAlone = isColumn(placed[from]) && isColumn(placed[end]);
    const found = run.length > 3 || standsAlone ? spacingOf(run) : null;
    if (found !== null) spacing.fill(found, from + 1, end);
    from = end - 1;
  }
  return spacing;
}

/** Names have single letters ("Y Ô A"), so that three are a word (`M Ậ T`) only by themselves. */
const isColumn = (placed: PlacedGlyph | undefined): boolean =>
  placed === undefined || placed.gap > placed.glyph.fontSize;

/** Less than parts words, more than any font leaves inside one. */
const apartGap = 0.08;
const widestGap = (placed: PlacedGlyph | undefined): number => (placed?.glyph.fontSize ?? 0) * 2 * widestSpacing;

function spacingOf(run: readonly PlacedGlyph[]): Spacing | null {
  const text = run.map(({ glyph }) => glyph.text).join('');
  // Columns of figures are no words.
  if (run.length < 3) return null;
  if ((text.match(/\p{L}/gu)?.length ?? 0) < 2) return null;
  const gaps = run.slice(1);
  const width =
    gaps.map(({ gap }) => gap).toSorted((left, right) => left - right)[Math.floor((gaps.length - 1) / 2)] ?? 0;
  if (width > widestSpacing * (run[0]?.glyph.fontSize ?? 0)) return null;
  return { width, typed: gaps.filter(({ spaced }) => spaced).length * 2 > gaps.length };
}

/** Poor man's bold: the same letter drawn again a hair's breadth away. */
function isRepeat(previous: Glyph, glyph: Glyph): boolean {
  return glyph.text === previous.text && glyph.x - previous.x < previous.width * 0.3;
}

/** Dots and underscores that stand for something to be filled in or a rule; kept apart from words. */
function isFiller(glyph: Glyph): boolean {
  return /^[_…]+$/u.test(glyph.text);
}

function toWord(glyphs: readonly Glyph[], letterSpacing: number): PdfWord | null {
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
    ...(letterSpacing > 0 && { letterSpacing: round(letterSpacing) }),
  };
}

function most(glyphs: readonly Glyph[], has: (glyph: Glyph) => boolean): boolean {
  return glyphs.filter(has).length * 2 > glyphs.length;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
