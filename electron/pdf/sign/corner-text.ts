import { addDrawnFont, drawnCodes } from '../drawn-font.ts';
import type { IncrementalUpdate } from '../syntax/incremental-update.ts';
import { dict } from '../syntax/objects.ts';
import { writeNumber } from '../syntax/write-object.ts';
import { textGlyph } from '../text-letters.ts';
import type { Drawing } from './appearance.ts';
import { fromMillimetres, visibleSize } from './geometry.ts';
import type { Box, PageView } from './geometry.ts';

/** Times New Roman, upright, size 10, black (Decree 30/2020, Appendix I, part I, III.1d). */
const SIZE_MM = (10 * 25.4) / 72;
/** The narrowest right margin of the decree. */
const RIGHT_MM = 15;
/**
 * In the top margin, which the decree leaves free for 20 mm: above where word processors put headers (12.7 mm), below where
 * printers cannot print (5 mm). What stands there already stays, and is written over without a ground; the text is never
 * made smaller.
 */
const BASELINE_MM = 9;
/** Of a page that is too narrow for text and margin. */
const NARROWEST_MM = 5;
/** In parts of the size: above a baseline with marks on capitals, below it, from one to the next. */
const ASCENT = 0.95;
const DESCENT = 0.25;
const LEADING = 1.15;

interface Layout {
  readonly size: number;
  readonly width: number;
  readonly lines: readonly { readonly text: string; readonly width: number }[];
}

/** The text's box in visible coordinates; its lines end at the right. */
export function placeCornerText(view: PageView, text: string): Box {
  const page = visibleSize(view);
  const { size, width, lines } = layOut(view, text);
  const room = Math.max(page.width - width, 0);
  const right = Math.max(Math.min(fromMillimetres(view, RIGHT_MM), room - fromMillimetres(view, NARROWEST_MM)), 0);
  const height = size * (ASCENT + (lines.length - 1) * LEADING + DESCENT);
  const top = page.height - fromMillimetres(view, BASELINE_MM) + size * ASCENT;
  return { x: page.width - right - width, y: top - height, width, height };
}

/** The drawing for the box of {@link placeCornerText}. */
export function drawCornerText(update: IncrementalUpdate, view: PageView, text: string): Drawing {
  const { size, width, lines } = layOut(view, text);
  const glyphs = [...new Set(lettersOf(text))].map(textGlyph).filter(isFirst);
  const codes = drawnCodes(glyphs);
  const bottom = size * (DESCENT + (lines.length - 1) * LEADING);
  const shown = lines.map((line, at) => {
    const hex = lettersOf(line.text).map((letter) => codes.get(textGlyph(letter)[0])?.hex);
    const place = `${number(width - line.width)} ${number(bottom - at * size * LEADING)}`;
    return `BT /Text ${number(size)} Tf 0 g ${place} Td <${hex.join('')}> Tj ET`;
  });
  return { content: shown.join('\n'), resources: { Font: dict({ Text: addDrawnFont(update, glyphs) }) } };
}

/** In one line where the page is wide enough, else in one for each part; a part that is still too wide goes on below. */
function layOut(view: PageView, text: string): Layout {
  const size = fromMillimetres(view, SIZE_MM);
  const most = visibleSize(view).width - 2 * fromMillimetres(view, NARROWEST_MM);
  const widths = new Map(lettersOf(text).map((letter) => [letter, textGlyph(letter)[1]]));
  const widthOf = (line: string): number =>
    (lettersOf(line).reduce((sum, letter) => sum + (widths.get(letter) ?? 0), 0) * size) / 1000;
  const parts = widthOf(text) <= most ? [text] : text.split(/(?<=;) /);
  const lines = parts.flatMap((part) => {
    const broken: string[] = [''];
    for (const letter of lettersOf(part)) {
      const line = `${broken.at(-1)}${letter}`;
      if (widthOf(line) <= most || line === letter) broken.splice(-1, 1, line);
      else broken.push(letter);
    }
    return broken;
  });
  const measured = lines.map((line) => ({ text: line, width: widthOf(line) }));
  return { size, width: Math.max(...measured.map(({ width }) => width)), lines: measured };
}

const lettersOf = (text: string): readonly string[] => Array.from(text.normalize('NFC'));
const isFirst = <T extends readonly [string, ...unknown[]]>(glyph: T, at: number, all: readonly T[]): boolean =>
  all.findIndex(([letter]) => letter === glyph[0]) === at;
const number = (value: number): string => writeNumber(Math.round(value * 1000) / 1000);
