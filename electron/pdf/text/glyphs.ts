import { apply, identity, multiply } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';
import type { OPS as OpsTable, PDFPageProxy } from 'pdfjs-dist';

/** One glyph as drawn: its text (more than one character for ligatures) and place on the visible page, in points. */
export interface Glyph {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly fontSize: number;
  readonly bold: boolean;
  readonly italic: boolean;
}

interface GraphicsState {
  ctm: Matrix;
  font: FontLook;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  horizontalScale: number;
  leading: number;
  rise: number;
}

interface FontLook {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly vertical: boolean;
  readonly unitsPerPoint: number;
}

const plainFont: FontLook = { bold: false, italic: false, vertical: false, unitsPerPoint: 0.001 };

/** How far from level a line may run (sine of the angle) and still be read; stamps and watermarks lie across the page. */
const maxSlope = 0.06;

/**
 * Every level glyph of a page in drawing order. pdf.js's own getTextContent is not used: where a word is drawn in two
 * fonts (accented letters from a fallback font, common in Vietnamese PDFs) it puts the pieces one after another and a
 * space where each is missing; only the glyphs' places tell how they belong together.
 */
export async function readGlyphs(page: PDFPageProxy, ops: typeof OpsTable, maxGlyphs: number): Promise<Glyph[]> {
  const operators = await page.getOperatorList({ annotationMode: 0 });
  const toPage = pageMatrix(page);
  const fonts = new Map<string, FontLook>();
  const glyphs: Glyph[] = [];
  const stack: GraphicsState[] = [];
  let state = initialState(toPage);
  let textMatrix = identity;
  let lineMatrix = identity;

  const moveLine = (dx: number, dy: number): void => {
    lineMatrix = multiply(lineMatrix, [1, 0, 0, 1, dx, dy]);
    textMatrix = lineMatrix;
  };
  const show = (run: readonly unknown[]): void => {
    for (const entry of run) {
      const advance =
        typeof entry === 'number' ? (-entry * state.fontSize) / 1000 : drawGlyph(entry, state, textMatrix, glyphs);
      textMatrix = multiply(textMatrix, [1, 0, 0, 1, advance * state.horizontalScale, 0]);
    }
  };

  for (let index = 0; index < operators.fnArray.length && glyphs.length < maxGlyphs; index += 1) {
    const args: unknown[] = toArray(operators.argsArray[index]);
    switch (operators.fnArray[index]) {
      case ops.save:
        stack.push({ ...state });
        break;
      case ops.restore:
        state = stack.pop() ?? initialState(toPage);
        break;
      case ops.transform:
        state.ctm = multiply(state.ctm, toMatrix(args));
        break;
      case ops.paintFormXObjectBegin:
        stack.push({ ...state });
        if (args[0]) state.ctm = multiply(state.ctm, toMatrix(toArray(args[0])));
        break;
      case ops.paintFormXObjectEnd:
        state = stack.pop() ?? initialState(toPage);
        break;
      case ops.beginText:
        textMatrix = identity;
        lineMatrix = identity;
        break;
      case ops.setFont:
        state.font = fontLook(page, String(args[0]), fonts);
        state.fontSize = toNumber(args[1]);
        break;
      case ops.setCharSpacing:
        state.charSpacing = toNumber(args[0]);
        break;
      case ops.setWordSpacing:
        state.wordSpacing = toNumber(args[0]);
        break;
      case ops.setHScale:
        state.horizontalScale = toNumber(args[0]) / 100;
        break;
      case ops.setLeading:
        state.leading = toNumber(args[0]);
        break;
      case ops.setTextRise:
        state.rise = toNumber(args[0]);
        break;
      case ops.setTextMatrix:
        lineMatrix = toMatrix(args.length === 1 ? toArray(args[0]) : args);
        textMatrix = lineMatrix;
        break;
      case ops.moveText:
        moveLine(toNumber(args[0]), toNumber(args[1]));
        break;
      case ops.setLeadingMoveText:
        state.leading = -toNumber(args[1]);
        moveLine(toNumber(args[0]), toNumber(args[1]));
        break;
      case ops.nextLine:
        moveLine(0, -state.leading);
        break;
      case ops.showText:
        show(toArray(args[0]));
        break;
      default:
        break;
    }
  }
  return glyphs;
}

/** Adds the glyph, if it can be read, and returns its advance in unscaled text space. */
function drawGlyph(entry: unknown, state: GraphicsState, textMatrix: Matrix, glyphs: Glyph[]): number {
  const glyph = entry as { unicode?: unknown; width?: unknown; isSpace?: unknown } | null;
  const text = typeof glyph?.unicode === 'string' ? glyph.unicode : '';
  const glyphWidth = toNumber(glyph?.width) * state.font.unitsPerPoint * state.fontSize;
  const spacing = state.charSpacing + (glyph?.isSpace === true ? state.wordSpacing : 0);
  const matrix = multiply(state.ctm, textMatrix);
  const [a, b, c, d] = matrix;
  const scaleX = Math.hypot(a, b);
  const level = a > 0 && Math.abs(b) <= scaleX * maxSlope && !state.font.vertical;
  if (level && text !== '') {
    const [x, y] = apply(matrix, 0, state.rise);
    const fontSize = Math.abs(state.fontSize) * Math.hypot(c, d);
    const width = Math.abs(glyphWidth) * state.horizontalScale * scaleX;
    if ([x, y, fontSize, width].every(Number.isFinite) && fontSize > 0) {
      glyphs.push({ text, x, y, width, fontSize, bold: state.font.bold, italic: state.font.italic });
    }
  }
  return glyphWidth + spacing;
}

function initialState(ctm: Matrix): GraphicsState {
  return {
    ctm,
    font: plainFont,
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    horizontalScale: 1,
    leading: 0,
    rise: 0,
  };
}

function fontLook(page: PDFPageProxy, id: string, known: Map<string, FontLook>): FontLook {
  const seen = known.get(id);
  if (seen) return seen;
  const look = page.commonObjs.has(id) ? describeFont(page.commonObjs.get(id)) : plainFont;
  known.set(id, look);
  return look;
}

function describeFont(font: unknown): FontLook {
  const { name, bold, black, italic, vertical, fontMatrix } = (font ?? {}) as Record<string, unknown>;
  const fontName = typeof name === 'string' ? name : '';
  return {
    bold: bold === true || black === true || /bold|black|heavy|,b|-bd/i.test(fontName),
    italic: italic === true || /italic|oblique/i.test(fontName),
    vertical: vertical === true,
    unitsPerPoint: Array.isArray(fontMatrix) && toNumber(fontMatrix[0]) > 0 ? toNumber(fontMatrix[0]) : 0.001,
  };
}

/** From the page's user space to the visible page: crop box at the origin, turned as /Rotate says, y upwards. */
function pageMatrix(page: PDFPageProxy): Matrix {
  const viewport = page.getViewport({ scale: 1 });
  const [a, b, c, d, e, f] = toMatrix(viewport.transform);
  return [a, -b, c, -d, e, viewport.height - f];
}

function toMatrix(values: readonly unknown[]): Matrix {
  const [a, b, c, d, e, f] = values.map(toNumber);
  return [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0];
}

function toNumber(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function toArray(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  return [];
}
