import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveActive, PAGE_ROWS, pageOffsets, sourceIndex } from '#renderer/features/list/paging.ts';

describe('pageOffsets', () => {
  it('covers the rows in view and nothing else', () => {
    expect(pageOffsets(0, 0)).toEqual([0]);
    expect(pageOffsets(0, 99)).toEqual([0]);
    expect(pageOffsets(95, 105)).toEqual([0, 100]);
    expect(pageOffsets(150_000, 150_030)).toEqual([150_000]);
    fc.assert(
      fc.property(fc.nat(300_000), fc.nat(60), (first, more) => {
        const offsets = pageOffsets(first, first + more);
        for (const row of [first, first + more]) {
          expect(offsets.some((offset) => row >= offset && row < offset + PAGE_ROWS)).toBe(true);
        }
      }),
    );
  });
});

describe('sourceIndex', () => {
  it('leaves out exactly the rows held back, in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { maxLength: 20 }), (unsorted) => {
        const hidden = unsorted.toSorted((a, b) => a - b);
        const shown = Array.from({ length: 80 }, (_, index) => index).filter((index) => !hidden.includes(index));
        expect(shown.map((_, index) => sourceIndex(index, hidden))).toEqual(shown);
      }),
    );
  });
});

describe('moveActive', () => {
  it('stays inside the list', () => {
    expect(moveActive('ArrowDown', 0, 3, 10)).toBe(1);
    expect(moveActive('ArrowDown', 2, 3, 10)).toBe(2);
    expect(moveActive('ArrowUp', 0, 3, 10)).toBe(0);
    expect(moveActive('PageDown', 5, 300_000, 10)).toBe(15);
    expect(moveActive('End', 0, 300_000, 10)).toBe(299_999);
    expect(moveActive('Home', 40, 300_000, 10)).toBe(0);
  });
  it('leaves every other key alone, and an empty list', () => {
    for (const key of ['a', 'Backspace', 'Tab', 'ArrowLeft']) expect(moveActive(key, 0, 3, 10)).toBeNull();
    expect(moveActive('ArrowDown', 0, 0, 10)).toBeNull();
  });
});
