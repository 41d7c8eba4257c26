import type { PdfDocument } from '../syntax/document.ts';
import { isArray } from '../syntax/objects.ts';
import type { PdfObject } from '../syntax/objects.ts';
import type { Page } from '../syntax/page-tree.ts';

/** x, y of the lower left corner, width and height, in points. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** [x1, y1, x2, y2] in default user space, as PDF writes rectangles. */
export type Rect = readonly [number, number, number, number];

/** How a page is shown: the visible box in user space, the clockwise turn, and the size of a user space unit. */
export interface PageView {
  readonly crop: Rect;
  readonly rotate: 0 | 90 | 180 | 270;
  /** Points (1/72 inch) per user space unit. */
  readonly userUnit: number;
}

const A4: Rect = [0, 0, 595.276, 841.89];
const POINTS_PER_MM = 72 / 25.4;

export function readPageView(document: PdfDocument, page: Page): PageView {
  const media = readRect(document, page.inherited.get('MediaBox')) ?? A4;
  const crop = intersect(readRect(document, page.inherited.get('CropBox')) ?? media, media);
  const turn = document.resolve(page.inherited.get('Rotate'));
  const quarter = typeof turn === 'number' ? ((((Math.round(turn / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3) : 0;
  const unit = document.get(page.dict, 'UserUnit');
  return {
    crop,
    rotate: ([0, 90, 180, 270] as const)[quarter],
    userUnit: typeof unit === 'number' && unit > 0 ? unit : 1,
  };
}

/** A rectangle with its corners in order; undefined when it is none. */
export function readRect(document: PdfDocument, value: PdfObject | undefined): Rect | undefined {
  const array = document.resolve(value);
  if (!isArray(array) || array.length !== 4) return undefined;
  const [a, b, c, d] = array.map((item) => document.resolve(item));
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number')
    return undefined;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function intersect(a: Rect, b: Rect): Rect {
  const both: Rect = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  return both[0] < both[2] && both[1] < both[3] ? both : b;
}

export function boxOf(rect: Rect): Box {
  return { x: rect[0], y: rect[1], width: rect[2] - rect[0], height: rect[3] - rect[1] };
}

export function rectOf(box: Box): Rect {
  return [box.x, box.y, box.x + box.width, box.y + box.height].map(
    (v) => Math.round(v * 1000) / 1000,
  ) as unknown as Rect;
}

/** Size of the page as the reader sees it, in user space units. */
export function visibleSize(view: PageView): { width: number; height: number } {
  const { width, height } = boxOf(view.crop);
  return view.rotate % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A box of user space in visible coordinates: origin at the lower left of what is shown, x right, y up. */
export function toVisible(view: PageView, box: Box): Box {
  const [x1, y1, x2, y2] = view.crop;
  switch (view.rotate) {
    case 0:
      return { ...box, x: box.x - x1, y: box.y - y1 };
    case 90:
      return { x: box.y - y1, y: x2 - box.x - box.width, width: box.height, height: box.width };
    case 180:
      return { ...box, x: x2 - box.x - box.width, y: y2 - box.y - box.height };
    case 270:
      return { x: y2 - box.y - box.height, y: box.x - x1, width: box.height, height: box.width };
  }
}

/** The inverse of {@link toVisible}. */
export function fromVisible(view: PageView, box: Box): Box {
  const [x1, y1, x2, y2] = view.crop;
  switch (view.rotate) {
    case 0:
      return { ...box, x: box.x + x1, y: box.y + y1 };
    case 90:
      return { x: x2 - box.y - box.height, y: box.x + y1, width: box.height, height: box.width };
    case 180:
      return { ...box, x: x2 - box.x - box.width, y: y2 - box.y - box.height };
    case 270:
      return { x: box.y + x1, y: y2 - box.x - box.width, width: box.height, height: box.width };
  }
}

/** The linear part of the matrix that turns upright content so that it is upright on the shown page. */
export function uprightMatrix(view: PageView): readonly [number, number, number, number] {
  switch (view.rotate) {
    case 0:
      return [1, 0, 0, 1];
    case 90:
      return [0, 1, -1, 0];
    case 180:
      return [-1, 0, 0, -1];
    case 270:
      return [0, -1, 1, 0];
  }
}

/** Millimetres on paper in user space units of the page. */
export function fromMillimetres(view: PageView, mm: number): number {
  return (mm * POINTS_PER_MM) / view.userUnit;
}

/** The largest box of the given proportion centred in `space`. */
export function fitCentred(space: Box, aspect: number): Box {
  const width = Math.min(space.width, space.height * aspect);
  const height = width / aspect;
  return { x: space.x + (space.width - width) / 2, y: space.y + (space.height - height) / 2, width, height };
}

const SEAL_OVERLAP = 1 / 3;

/**
 * Where the agency's seal goes: red, in real size, over about a third of the signature image on its left
 * (Decree 30/2020, Appendix I, part I, II.8a). All boxes in visible coordinates.
 */
export function placeSeal(signature: Box, diameter: number, page: { width: number; height: number }): Box {
  const right = signature.x + signature.width * SEAL_OVERLAP;
  const middle = signature.y + signature.height / 2;
  return {
    x: clamp(right - diameter, 0, page.width - diameter),
    y: clamp(middle - diameter / 2, 0, page.height - diameter),
    width: diameter,
    height: diameter,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, Math.max(low, high)));
}
