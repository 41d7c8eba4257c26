import { apply, identity, multiply } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';
import { PdfError } from '../pdf-error.ts';
import { readRect } from '../sign/geometry.ts';
import type { Budget } from '../syntax/budget.ts';
import { readOperations } from '../syntax/content-stream.ts';
import { decodeStream } from '../syntax/decode-stream.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { dictOf, isArray, isDict, isName, isNamed, isStream, isString } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfStream } from '../syntax/objects.ts';
import { advance, areaOf, areApart, boxOfCorners, fontOf, rectangleOf, turns, within } from './drawing.ts';
import type { Font, Rectangle } from './drawing.ts';
import { LettersOnPage } from './letters-on-page.ts';

const MAX_NESTING = 12;
/** An image that takes this part of its page is the scan, and the text under it what was recognised in it. */
const SCAN_PART = 0.8;

interface State {
  ctm: Matrix;
  /** Null: a shape that is no rectangle, so that nothing is known of what shows. */
  clip: Rectangle | null;
  /** What shines through what is filled: a constant, a way of mixing, a mask. */
  clear: boolean;
  blends: boolean;
  masked: boolean;
  pattern: boolean;
  font: Font | undefined;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  mode: number;
}

/** Follows the drawing of a page as far as text, rectangles and images go (ISO 32000-2, 8 and 9). */
export class PagePainter {
  readonly #document: PdfDocument;
  readonly #budget: Budget;
  readonly #page: Rectangle;
  readonly #letters: LettersOnPage;
  readonly #fonts = new Map<PdfObject, Font>();

  constructor(document: PdfDocument, budget: Budget, page: Rectangle) {
    this.#document = document;
    this.#budget = budget;
    this.#page = page;
    this.#letters = new LettersOnPage(page, () => budget.step());
  }

  /** Whether text that was drawn is under something else by now. */
  get hidesText(): boolean {
    return this.#letters.hidden;
  }

  /** Undefined for a filter that text and lines are seldom kept with. */
  decode(stream: PdfStream): Uint8Array | undefined {
    try {
      return decodeStream(stream, this.#budget, (item) => this.#document.resolve(item));
    } catch (error) {
      if (error instanceof PdfError && error.code === 'PDF_BROKEN') return undefined;
      throw error;
    }
  }

  /** Draws a page's own content. */
  draw(content: Uint8Array, resources: PdfDict | undefined): void {
    this.#run(content, resources, { ...startingState, clip: this.#page }, 0);
  }

  /** Draws the picture of an annotation in its place (12.5.5). */
  drawAnnotation(annotation: PdfDict): void {
    const document = this.#document;
    const flags = document.get(annotation, 'F');
    const appearances = document.getDict(annotation, 'AP');
    if (!appearances || (typeof flags === 'number' && (flags & HIDDEN) !== 0)) return;
    const normal = document.get(appearances, 'N');
    const state = document.get(annotation, 'AS');
    const picture = isDict(normal) && isName(state) ? document.get(normal, state.name) : normal;
    const rectangle = readRect(document, annotation.entries.get('Rect'));
    if (!isStream(picture) || !rectangle) return;
    const target = rectangleOf(identity, rectangle);
    const own = readRect(document, picture.dict.entries.get('BBox'));
    if (!own) return;
    const drawn = rectangleOf(matrixOf(document, picture.dict), own);
    const across = (target.right - target.left) / (drawn.right - drawn.left || 1);
    const up = (target.top - target.bottom) / (drawn.top - drawn.bottom || 1);
    const place: Matrix = [across, 0, 0, up, target.left - drawn.left * across, target.bottom - drawn.bottom * up];
    this.#drawForm(picture, { ...startingState, ctm: place, clip: this.#page }, undefined, 0);
  }

  #drawForm(form: PdfStream, outer: State, resources: PdfDict | undefined, depth: number): void {
    if (depth >= MAX_NESTING) return;
    const content = this.decode(form);
    if (!content) return;
    const document = this.#document;
    const ctm = multiply(outer.ctm, matrixOf(document, form.dict));
    const box = readRect(document, form.dict.entries.get('BBox'));
    const clip = box ? within(outer.clip, rectangleOf(ctm, box)) : outer.clip;
    this.#run(content, document.getDict(form.dict, 'Resources') ?? resources, { ...outer, ctm, clip }, depth + 1);
  }

  #run(content: Uint8Array, resources: PdfDict | undefined, start: State, depth: number): void {
    const document = this.#document;
    // What shines through the group shines through all in it.
    const veiled = !isOpaque(start);
    const stack: State[] = [];
    let state = { ...start };
    let text = identity;
    let line = identity;
    let path: Rectangle[] = [];
    let corners: (readonly [number, number])[] = [];
    let odd = false;
    let clips = false;
    const resource = (kind: string, key: PdfObject | undefined): PdfObject => {
      const all = resources && document.getDict(resources, kind);
      return all && isName(key) ? document.get(all, key.name) : null;
    };
    const moveLine = (x: number, y: number): void => {
      line = multiply(line, [1, 0, 0, 1, x, y]);
      text = line;
    };
    const show = (string: PdfObject | undefined): void => {
      if (isString(string)) text = this.#show(string.bytes, state, text);
    };
    const closePolygon = (): void => {
      if (corners.length > 1) {
        const box = boxOfCorners(corners);
        if (box) path.push(box);
        else odd = true;
      }
      corners = [];
    };
    const endPath = (fills: boolean): void => {
      closePolygon();
      const plain = !odd && areApart(path);
      if (fills && plain && isOpaque(state) && !state.pattern && !veiled) {
        for (const box of path) this.#cover(box, state.clip);
      }
      if (clips) state.clip = plain && path[0] && path.length === 1 ? within(state.clip, path[0]) : null;
      path = [];
      odd = false;
      clips = false;
    };
    for (const { operator, operands } of readOperations(content, this.#budget)) {
      const [a = 0, b = 0, c = 0, d = 0] = operands.map((item) => (typeof item === 'number' ? item : 0));
      switch (operator) {
        case 'q':
          stack.push({ ...state });
          break;
        case 'Q':
          state = stack.pop() ?? state;
          break;
        case 'cm':
          state.ctm = multiply(state.ctm, toMatrix(operands));
          break;
        case 'gs':
          applyGraphics(document, state, dictOf(resource('ExtGState', operands[0])));
          break;
        case 'sc':
        case 'scn':
          state.pattern = isName(operands.at(-1));
          break;
        case 'g':
        case 'rg':
        case 'k':
        case 'cs':
          state.pattern = false;
          break;
        case 're':
          closePolygon();
          if (turns(state.ctm)) path.push(rectangleOf(state.ctm, [a, b, a + c, b + d]));
          else odd = true;
          break;
        case 'm':
          closePolygon();
          corners = [apply(state.ctm, a, b)];
          break;
        case 'l':
          corners.push(apply(state.ctm, a, b));
          break;
        case 'c':
        case 'v':
        case 'y':
          odd = true;
          break;
        case 'W':
        case 'W*':
          clips = true;
          break;
        case 'f':
        case 'F':
        case 'f*':
        case 'B':
        case 'B*':
        case 'b':
        case 'b*':
          endPath(true);
          break;
        case 'n':
        case 'S':
        case 's':
          endPath(false);
          break;
        case 'Do': {
          const external = resource('XObject', operands[0]);
          if (!isStream(external)) break;
          if (isNamed(document.get(external.dict, 'Subtype'), 'Form'))
            this.#drawForm(external, { ...state, masked: state.masked || veiled }, resources, depth);
          else if (isOpaque(state) && !veiled && isOpaqueImage(document, external.dict)) this.#coverByImage(state);
          break;
        }
        case 'BT':
          text = identity;
          line = identity;
          break;
        case 'Tf':
          state.font = this.#font(resource('Font', operands[0]));
          state.size = b;
          break;
        case 'Tc':
          state.charSpacing = a;
          break;
        case 'Tw':
          state.wordSpacing = a;
          break;
        case 'Tz':
          state.scale = a / 100;
          break;
        case 'TL':
          state.leading = a;
          break;
        case 'Ts':
          state.rise = a;
          break;
        case 'Tr':
          state.mode = a;
          break;
        case 'Tm':
          line = toMatrix(operands);
          text = line;
          break;
        case 'Td':
          moveLine(a, b);
          break;
        case 'TD':
          state.leading = -b;
          moveLine(a, b);
          break;
        case 'T*':
          moveLine(0, -state.leading);
          break;
        case 'Tj':
          show(operands[0]);
          break;
        case "'":
          moveLine(0, -state.leading);
          show(operands[0]);
          break;
        case '"':
          state.wordSpacing = a;
          state.charSpacing = b;
          moveLine(0, -state.leading);
          show(operands[2]);
          break;
        case 'TJ':
          for (const item of isArray(operands[0]) ? operands[0] : []) {
            if (typeof item === 'number') text = advance(text, (-item / 1000) * state.size * state.scale);
            else show(item);
          }
          break;
      }
    }
  }

  #font(object: PdfObject): Font | undefined {
    const dictionary = dictOf(object);
    if (!dictionary) return undefined;
    const known = this.#fonts.get(object);
    if (known) return known;
    const font = fontOf(this.#document, dictionary);
    this.#fonts.set(object, font);
    return font;
  }

  /** Puts the letters of a string where they show. @returns the text matrix behind it */
  #show(bytes: Uint8Array, state: State, start: Matrix): Matrix {
    const { font, size, scale } = state;
    if (!font) return start;
    let text = start;
    for (let at = 0; at + font.octets <= bytes.length; at += font.octets) {
      this.#budget.step();
      const code = font.octets === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      const width = font.width(code) * size;
      const isSpace = font.octets === 1 && code === SPACE;
      if (!isSpace && state.mode !== INVISIBLE && state.mode !== CLIP_ONLY) {
        const [x, y] = apply(multiply(state.ctm, text), (width * scale) / 2, state.rise + size * HALF_HEIGHT);
        if (shows(state.clip, x, y)) this.#letters.add({ x, y, code, font });
      }
      text = advance(text, (width + state.charSpacing + (isSpace ? state.wordSpacing : 0)) * scale);
    }
    return text;
  }

  #coverByImage({ ctm, clip }: State): void {
    if (!turns(ctm)) return;
    const box = rectangleOf(ctm, [0, 0, 1, 1]);
    const part = within(this.#page, box);
    if (areaOf(part) < SCAN_PART * areaOf(this.#page)) this.#cover(box, clip);
  }

  #cover(box: Rectangle, clip: Rectangle | null): void {
    if (clip) this.#letters.cover(within(clip, box));
  }
}

const startingState: State = {
  ctm: identity,
  clip: null,
  clear: false,
  blends: false,
  masked: false,
  pattern: false,
  font: undefined,
  size: 0,
  charSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
  mode: 0,
};

/** Annotation flags Hidden and NoView (12.5.3). */
const HIDDEN = 2 | 32;
const SPACE = 32;
/** Text rendering modes that paint nothing (9.3.6). */
const INVISIBLE = 3;
const CLIP_ONLY = 7;
/** Where the middle of small letters stands above the line, in parts of the size. */
const HALF_HEIGHT = 0.25;

function isOpaque({ clear, blends, masked }: State): boolean {
  return !clear && !blends && !masked;
}

/** Takes over what a graphics state dictionary says (8.4.5); what it leaves out stays. */
function applyGraphics(document: PdfDocument, state: State, parameters: PdfDict | undefined): void {
  if (!parameters) return;
  const alpha = document.get(parameters, 'ca');
  const blend = document.get(parameters, 'BM');
  const mask = document.get(parameters, 'SMask');
  if (alpha !== null) state.clear = alpha !== 1;
  if (blend !== null) state.blends = !isNamed(blend, 'Normal') && !isNamed(blend, 'Compatible');
  if (mask !== null) state.masked = !isNamed(mask, 'None');
}

/** Whether every sample of an image is painted (8.9.5, 11.6.5). */
function isOpaqueImage(document: PdfDocument, image: PdfDict): boolean {
  const absent = (key: string): boolean => document.get(image, key) === null;
  const inData = document.get(image, 'SMaskInData');
  return (
    isNamed(document.get(image, 'Subtype'), 'Image') &&
    absent('SMask') &&
    absent('Mask') &&
    document.get(image, 'ImageMask') !== true &&
    (inData === null || inData === 0)
  );
}

function matrixOf(document: PdfDocument, form: PdfDict): Matrix {
  const matrix = document.get(form, 'Matrix');
  return isArray(matrix) ? toMatrix(matrix) : identity;
}

function toMatrix(operands: readonly PdfObject[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = operands.map((item) => (typeof item === 'number' ? item : 0));
  return [a, b, c, d, e, f];
}

function shows(clip: Rectangle | null, x: number, y: number): boolean {
  return clip === null || (x > clip.left && x < clip.right && y > clip.bottom && y < clip.top);
}
