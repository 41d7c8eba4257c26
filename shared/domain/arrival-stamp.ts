/** Dấu "ĐẾN" (NĐ 30/2020, Phụ lục IV): a rectangle of 35 × 50 mm. In millimetres. */
export const ARRIVAL_STAMP = { width: 50, height: 35 } as const;

/** What the stamp says; empty where it is written by hand. */
export interface ArrivalStampText {
  readonly agency: string;
  readonly number: string;
  /** Ngày đến, dd/MM/yyyy. */
  readonly day: string;
  /** Chuyển: to whom it is given. */
  readonly forwardTo: string;
  /** Số và ký hiệu hồ sơ. */
  readonly fileCode: string;
}

/** A place on a page in millimetres from its upper left corner. */
export interface StampPlace {
  readonly x: number;
  readonly y: number;
}

/** A page as squares of a millimetre, row by row from the top: 1 where something is printed. */
export interface PageInk {
  readonly width: number;
  readonly height: number;
  readonly squares: Uint8Array;
}

/** Room between the stamp and what is printed, and to the edge that printers leave white. */
const ROOM = 1;
const EDGE = 5;
/** Where number and notation have ended on a page in the decree's layout: the stamp belongs below them. */
const BELOW_NUMBER = 38;
/** Half of the first page is where a stamp is looked for first. */
const UPPER = 160;

/**
 * Where the stamp stands: on white paper, first in the upper left below number and notation, then in the upper half, then
 * anywhere; where no place is white, where the least is printed.
 */
export function placeArrivalStamp(ink: PageInk): StampPlace {
  const sums = sumsOf(ink);
  const { width, height } = ARRIVAL_STAMP;
  const lastX = ink.width - EDGE - width;
  const lastY = ink.height - EDGE - height;
  let best: StampPlace = { x: EDGE, y: Math.max(EDGE, Math.min(BELOW_NUMBER, lastY)) };
  let least = Number.POSITIVE_INFINITY;
  const areas = [
    { fromX: EDGE, toX: ink.width / 2 - width / 2, fromY: BELOW_NUMBER, toY: Math.min(UPPER, lastY) },
    { fromX: EDGE, toX: lastX, fromY: EDGE, toY: Math.min(UPPER, lastY) },
    { fromX: EDGE, toX: lastX, fromY: EDGE, toY: lastY },
  ];
  for (const { fromX, toX, fromY, toY } of areas) {
    for (let y = fromY; y <= toY; y += 1) {
      for (let x = fromX; x <= toX; x += 1) {
        const printed = inkIn(sums, ink, x - ROOM, y - ROOM, x + width + ROOM, y + height + ROOM);
        if (printed === 0) return { x, y };
        if (printed < least) [best, least] = [{ x, y }, printed];
      }
    }
  }
  return best;
}

/** Keeps a place on the page. */
export function withinPage({ x, y }: StampPlace, page: Pick<PageInk, 'width' | 'height'>): StampPlace {
  return {
    x: Math.max(0, Math.min(x, page.width - ARRIVAL_STAMP.width)),
    y: Math.max(0, Math.min(y, page.height - ARRIVAL_STAMP.height)),
  };
}

/** Sums of all squares above and to the left, so that any rectangle is four of them. */
function sumsOf({ width, height, squares }: PageInk): Uint32Array {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      row += squares[y * width + x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  return sums;
}

function inkIn(sums: Uint32Array, { width, height }: PageInk, x1: number, y1: number, x2: number, y2: number): number {
  const at = (x: number, y: number): number =>
    sums[Math.min(height, Math.max(0, Math.floor(y))) * (width + 1) + Math.min(width, Math.max(0, Math.floor(x)))] ?? 0;
  return at(x2, y2) - at(x1, y2) - at(x2, y1) + at(x1, y1);
}
