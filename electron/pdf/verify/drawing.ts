import { identity, multiply } from '../matrix.ts';
import type { Matrix } from '../matrix.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { dictOf, isArray, isNamed } from '../syntax/objects.ts';
import type { PdfDict } from '../syntax/objects.ts';

export interface Rectangle {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

export interface Font {
  /** Octets of a code. */
  readonly octets: 1 | 2;
  /** Of a code's glyph at size 1. */
  readonly width: (code: number) => number;
}

/** What two opposite corners span after a transformation by quarter turns. */
export function rectangleOf([a, b, c, d, e, f]: Matrix, corners: readonly number[]): Rectangle {
  const [x = 0, y = 0, z = 0, w = 0] = corners;
  const across = [a * x + c * y + e, a * z + c * w + e];
  const up = [b * x + d * y + f, b * z + d * w + f];
  return { left: Math.min(...across), right: Math.max(...across), bottom: Math.min(...up), top: Math.max(...up) };
}

/** The part that two rectangles share; null is a shape that nothing is known of. */
export function within(one: Rectangle, other: Rectangle): Rectangle;
export function within(one: Rectangle | null, other: Rectangle): Rectangle | null;
export function within(one: Rectangle | null, other: Rectangle): Rectangle | null {
  if (!one) return null;
  return {
    left: Math.max(one.left, other.left),
    right: Math.min(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
    top: Math.min(one.top, other.top),
  };
}

export function advance(text: Matrix, by: number): Matrix {
  return multiply(text, [1, 0, 0, 1, by, 0]);
}

/** Whether sides stay upright and level. */
export function turns([a, b, c, d]: Matrix): boolean {
  const none = (value: number): boolean => Math.abs(value) < 1e-4;
  return (none(b) && none(c)) || (none(a) && none(d));
}

/** The rectangle that a closed path of straight lines is, if it is one. */
export function boxOfCorners(corners: readonly (readonly [number, number])[]): Rectangle | undefined {
  const [first, second, third, fourth, fifth] = corners;
  if (!first || !second || !third || !fourth || corners.length > 5) return undefined;
  if (fifth && (Math.abs(fifth[0] - first[0]) > 0.01 || Math.abs(fifth[1] - first[1]) > 0.01)) return undefined;
  const sides = [
    [first, second],
    [second, third],
    [third, fourth],
    [fourth, first],
  ] as const;
  const straight = sides.every(([from, to], at) => {
    const level = Math.abs(from[1] - to[1]) < 0.01;
    const upright = Math.abs(from[0] - to[0]) < 0.01;
    const firstLevel = Math.abs(first[1] - second[1]) < 0.01;
    return (at % 2 === 0) === firstLevel ? level : upright;
  });
  return straight ? rectangleOf(identity, [first[0], first[1], third[0], third[1]]) : undefined;
}

/** Whether no two of them overlap: winding rules would otherwise cut holes. */
export function areApart(boxes: readonly Rectangle[]): boolean {
  if (boxes.length > 40) return false;
  return boxes.every((one, at) =>
    boxes.slice(at + 1).every((other) => {
      const { left, right, bottom, top } = within(one, other);
      return left >= right || bottom >= top;
    }),
  );
}

export function areaOf({ left, right, bottom, top }: Rectangle): number {
  return Math.max(0, right - left) * Math.max(0, top - bottom);
}

/** Of glyphs that no table names: that of most letters. */
const USUAL_WIDTH = 0.5;
const THOUSANDTH = 0.001;

/** The widths of a font (9.2.4, 9.7.4.3), as far as its dictionary says them; the standard fonts need not. */
export function fontOf(document: PdfDocument, font: PdfDict): Font {
  if (isNamed(document.get(font, 'Subtype'), 'Type0')) {
    const descendant = dictOf(document.resolve(document.getArray(font, 'DescendantFonts')[0]));
    return { octets: 2, width: descendant ? compositeWidths(document, descendant) : () => 1 };
  }
  const matrix = document.getArray(font, 'FontMatrix')[0];
  const unit = isNamed(document.get(font, 'Subtype'), 'Type3') && typeof matrix === 'number' ? matrix : THOUSANDTH;
  const first = document.get(font, 'FirstChar');
  const widths = document.getArray(font, 'Widths').map((item) => document.resolve(item));
  return {
    octets: 1,
    width: (code) => {
      const width = widths[code - (typeof first === 'number' ? first : 0)];
      return typeof width === 'number' ? width * unit : USUAL_WIDTH;
    },
  };
}

function compositeWidths(document: PdfDocument, font: PdfDict): (code: number) => number {
  const usual = document.get(font, 'DW');
  const widths = new Map<number, number>();
  const entries = document.getArray(font, 'W').map((item) => document.resolve(item));
  for (let at = 0; at + 1 < entries.length;) {
    const [first, second, third] = entries.slice(at, at + 3);
    document.budget.step();
    if (typeof first !== 'number') break;
    if (isArray(second)) {
      for (const [offset, width] of second.entries()) if (typeof width === 'number') widths.set(first + offset, width);
      at += 2;
    } else {
      if (typeof second !== 'number' || typeof third !== 'number' || second - first > 0xffff) break;
      for (let code = first; code <= second; code += 1) widths.set(code, third);
      at += 3;
    }
  }
  const fallback = typeof usual === 'number' ? usual : 1000;
  return (code) => (widths.get(code) ?? fallback) * THOUSANDTH;
}
