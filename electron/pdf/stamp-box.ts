import { PdfError } from './pdf-error.ts';
import { stampGlyphs, type StampGlyph } from './stamp-glyphs.ts';
import type { IncrementalUpdate } from './syntax/incremental-update.ts';
import { dict, name, type PdfObject, type PdfRef } from './syntax/objects.ts';
import { writeNumber } from './syntax/write-object.ts';

/** A red frame with lines of bold text in its middle: a stamp of urgency. */
export interface BoxStamp {
  /** From 1. */
  readonly page: number;
  /** The corner at the lower left as the page is shown, in PDF points of user space. */
  readonly x: number;
  readonly y: number;
  /** To the outer edges of the frame, as the page is shown. */
  readonly width: number;
  readonly height: number;
  /** From the top, in the letters of `stampGlyphs`. */
  readonly lines: readonly string[];
}

const RED = '0.8 0 0';
const FRAME = 1;
const PADDING = 3;
/** The size of a stamp's capitals (NĐ 30/2020, Phụ lục I: 13 to 14), and of the hour under them. */
const SIZES = [13, 9];
const LEADING = 1.2;
/** Height of capitals without their marks, in parts of the size. */
const CAPITALS = 0.66;
/** Codes of the letters in the font. */
const FIRST_CODE = 65;

const glyphOf: ReadonlyMap<string, { readonly code: number; readonly width: number }> = new Map(
  stampGlyphs.map(([letter, width], at) => [letter, { code: FIRST_CODE + at, width }]),
);

/** The drawing of a stamp, in the coordinates of its own corner. @throws PdfError STAMP_TEXT_UNSUPPORTED */
export function boxOperators({ width, height, lines }: BoxStamp, fontName: string): string {
  const set = lines.map((text, at) => {
    const codes = Array.from(text.normalize('NFC')).map((letter) => {
      const glyph = glyphOf.get(letter);
      if (glyph === undefined) throw new PdfError('STAMP_TEXT_UNSUPPORTED', { text });
      return glyph;
    });
    const units = codes.reduce((sum, glyph) => sum + glyph.width, 0) / 1000;
    const size = Math.min(SIZES[at] ?? 10, (width - 2 * (FRAME + PADDING)) / units);
    const hex = codes.map(({ code }) => code.toString(16)).join('');
    return { size, hex, x: (width - units * size) / 2 };
  });
  const block = set.reduce((sum, { size }, at) => sum + size * (at === 0 ? CAPITALS : LEADING), 0);
  let baseline = height - (height - block) / 2;
  const text = set.map(({ size, hex, x }, at) => {
    baseline -= size * (at === 0 ? CAPITALS : LEADING);
    return `BT /${fontName} ${number(size)} Tf ${number(x)} ${number(baseline)} Td <${hex}> Tj ET`;
  });
  // A line is drawn to both sides of its path.
  const frame = [FRAME / 2, FRAME / 2, width - FRAME, height - FRAME].map(number).join(' ');
  return [`${RED} RG ${RED} rg ${FRAME} w`, `${frame} re S`, ...text].join('\n');
}

/**
 * A font of drawn letters (Type 3; ISO 32000-2, 9.6.4): Times-Bold of every reader lacks the Vietnamese ones. Its text can
 * be selected, searched and read like any other.
 */
export function addStampFont(update: IncrementalUpdate): PdfRef {
  const glyphName = ([letter]: StampGlyph): string => `uni${hex4(letter)}`;
  const drawings = stampGlyphs.map(
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
        Differences: [FIRST_CODE, ...stampGlyphs.map((glyph) => name(glyphName(glyph)))],
      }),
      FirstChar: FIRST_CODE,
      LastChar: FIRST_CODE + stampGlyphs.length - 1,
      Widths: stampGlyphs.map(([, width]) => width),
      Resources: dict({}),
      ToUnicode: update.add(stream(toUnicode())),
    }),
  );
}

/** Which letter each code stands for (ISO 32000-2, 9.10.3). */
function toUnicode(): string {
  const lines = stampGlyphs.map(([letter], at) => `<${(FIRST_CODE + at).toString(16)}> <${hex4(letter)}>`);
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
const number = (value: number): string => writeNumber(Math.round(value * 1000) / 1000);
