import type { IncrementalUpdate } from './syntax/incremental-update.ts';
import { dict, name, type PdfObject, type PdfRef } from './syntax/objects.ts';

/** A letter, its width, and its outline as PDF path operators; 1000 units are the size of the font. */
export type DrawnGlyph = readonly [letter: string, width: number, path: string];

/** Codes of the letters in their font; two hexadecimal digits hold 190 of them. */
const FIRST_CODE = 65;

/** How a text in a drawn font is written: each letter's code in hexadecimal digits, and its width. */
export function drawnCodes(
  glyphs: readonly DrawnGlyph[],
): ReadonlyMap<string, { readonly hex: string; readonly width: number }> {
  return new Map(glyphs.map(([letter, width], at) => [letter, { hex: (FIRST_CODE + at).toString(16), width }]));
}

/**
 * A font of drawn letters (Type 3; ISO 32000-2, 9.6.4): Times of every reader lacks the Vietnamese ones. Its text can be
 * selected, searched and read like any other.
 */
export function addDrawnFont(update: IncrementalUpdate, glyphs: readonly DrawnGlyph[]): PdfRef {
  const glyphName = ([letter]: DrawnGlyph): string => `uni${hex4(letter)}`;
  const drawings = glyphs.map(
    (glyph) => [glyphName(glyph), update.add(stream(`${glyph[1]} 0 d0\n${glyph[2]} f`))] as const,
  );
  return update.add(
    dict({
      Type: name('Font'),
      Subtype: name('Type3'),
      FontBBox: [0, -300, 1100, 1100],
      FontMatrix: [0.001, 0, 0, 0.001, 0, 0],
      CharProcs: dict(drawings),
      Encoding: dict({
        Type: name('Encoding'),
        Differences: [FIRST_CODE, ...glyphs.map((glyph) => name(glyphName(glyph)))],
      }),
      FirstChar: FIRST_CODE,
      LastChar: FIRST_CODE + glyphs.length - 1,
      Widths: glyphs.map(([, width]) => width),
      Resources: dict({}),
      ToUnicode: update.add(stream(toUnicode(glyphs))),
    }),
  );
}

/** Which letter each code stands for (ISO 32000-2, 9.10.3). */
function toUnicode(glyphs: readonly DrawnGlyph[]): string {
  const lines = glyphs.map(([letter], at) => `<${(FIRST_CODE + at).toString(16)}> <${hex4(letter)}>`);
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange',
    `${lines.length} beginbfchar`,
    ...lines,
    'endbfchar endcmap end end',
  ].join('\n');
}

const stream = (text: string): PdfObject => ({ kind: 'stream', dict: dict({}), raw: Buffer.from(text, 'latin1') });
const hex4 = (letter: string): string => (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
