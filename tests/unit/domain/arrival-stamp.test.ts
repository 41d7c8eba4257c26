import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARRIVAL_STAMP, placeArrivalStamp, withinPage, type PageInk } from '#shared/domain/arrival-stamp.ts';

interface Printed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const A4 = { width: 210, height: 297 };

function pageWith(printed: readonly Printed[]): PageInk {
  const squares = new Uint8Array(A4.width * A4.height);
  for (const { x, y, width, height } of printed) {
    for (let row = y; row < Math.min(A4.height, y + height); row += 1) {
      squares.fill(1, row * A4.width + x, row * A4.width + Math.min(A4.width, x + width));
    }
  }
  return { ...A4, squares };
}

const touches = ({ x, y }: { readonly x: number; readonly y: number }, other: Printed): boolean =>
  x < other.x + other.width &&
  other.x < x + ARRIVAL_STAMP.width &&
  y < other.y + other.height &&
  other.y < y + ARRIVAL_STAMP.height;

describe('the place of the arrival stamp', () => {
  it('is in the upper left, below number and notation', () => {
    const place = placeArrivalStamp(pageWith([{ x: 30, y: 20, width: 60, height: 25 }]));
    expect(place.x).toBeLessThan(60);
    expect(place.y).toBeGreaterThan(44);
    expect(place.y).toBeLessThan(60);
  });

  it('is to the right where the left is full, and below where the upper half is', () => {
    const left = { x: 0, y: 30, width: 110, height: 267 };
    expect(placeArrivalStamp(pageWith([left])).x).toBeGreaterThan(110);
    const upper = { x: 0, y: 0, width: 210, height: 220 };
    expect(placeArrivalStamp(pageWith([upper])).y).toBeGreaterThan(220);
  });

  it('hides nothing as long as there is room for it, and stays on the page in any case', () => {
    const block = fc.record({
      x: fc.integer({ min: 0, max: 150 }),
      y: fc.integer({ min: 0, max: 90 }),
      width: fc.integer({ min: 1, max: 60 }),
      height: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), (printed) => {
        // Nothing is printed on the lower half.
        const place = placeArrivalStamp(pageWith(printed));
        expect(printed.filter((each) => touches(place, each))).toEqual([]);
        expect(withinPage(place, A4)).toEqual(place);
      }),
    );
  });

  it('is where the least is printed when the page is full', () => {
    const full = pageWith([{ x: 0, y: 0, width: 210, height: 297 }]);
    for (let row = 200; row < 230; row += 1) full.squares.fill(0, row * 210 + 100, row * 210 + 160);
    const { x, y } = placeArrivalStamp(full);
    expect(touches({ x, y }, { x: 100, y: 200, width: 60, height: 30 })).toBe(true);
  });

  it('cannot be moved off the page', () => {
    expect(withinPage({ x: -5, y: 400 }, A4)).toEqual({ x: 0, y: 262 });
  });
});
