import { drawnCodes, addDrawnFont } from './drawn-font.ts';
import { PdfError } from './pdf-error.ts';
import { stampGlyphs } from './stamp-glyphs.ts';
import type { IncrementalUpdate } from './syntax/incremental-update.ts';
import type { PdfRef } from './syntax/objects.ts';
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
const codes = drawnCodes(stampGlyphs);

/** The drawing of a stamp, in the coordinates of its own corner. @throws PdfError STAMP_TEXT_UNSUPPORTED */
export function boxOperators({ width, height, lines }: BoxStamp, fontName: string): string {
  const set = lines.map((text, at) => {
    const letters = Array.from(text.normalize('NFC')).map((letter) => {
      const glyph = codes.get(letter);
      if (glyph === undefined) throw new PdfError('STAMP_TEXT_UNSUPPORTED', { text });
      return glyph;
    });
    const units = letters.reduce((sum, glyph) => sum + glyph.width, 0) / 1000;
    const size = Math.min(SIZES[at] ?? 10, (width - 2 * (FRAME + PADDING)) / units);
    const hex = letters.map(({ hex: code }) => code).join('');
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

/** The font of {@link boxOperators}. */
export const addStampFont = (update: IncrementalUpdate): PdfRef => addDrawnFont(update, stampGlyphs);

const number = (value: number): string => writeNumber(Math.round(value * 1000) / 1000);
