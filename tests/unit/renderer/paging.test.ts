import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveActive, PAGE_ROWS, pagesInView, shownRows, sourceIndex } from '#renderer/features/list/paging.ts';

const rows = (count: number) => Array.from({ length: count });
const page = (count: number, next: unknown, total: number | null = null) => ({ rows: rows(count), next, total });

describe('pagesInView', () => {
  it('covers the rows in view, as far as pages can be reached', () => {
    const known = new Map([
      [0, page(PAGE_ROWS, 'a')],
      [1, page(PAGE_ROWS, 'b')],
    ]);
    expect(pagesInView(0, 99, new Map())).toEqual([0]);
    expect(pagesInView(95, 105, known)).toEqual([0, 1]);
    expect(pagesInView(210, 230, known)).toEqual([2]);
    // Further down than that, the page that leads on is asked for first.
    expect(pagesInView(900, 930, known)).toEqual([2]);
    expect(pagesInView(900, 930, new Map())).toEqual([0]);
  });
});

describe('shownRows', () => {
  it('has room for what can be reached soon, and for all once its end is known', () => {
    expect(shownRows(new Map([[0, page(42, null, 42)]]))).toBe(42);
    expect(shownRows(new Map([[0, page(PAGE_ROWS, 'a', 1_000_000)]]))).toBe(4 * PAGE_ROWS);
    expect(shownRows(new Map([[0, page(PAGE_ROWS, 'a', 150)]]))).toBe(150);
    expect(shownRows(new Map([[0, page(PAGE_ROWS, 'a')]]))).toBe(2 * PAGE_ROWS);
    const both = new Map([
      [0, page(PAGE_ROWS, 'a', 999)],
      [1, page(7, null, 999)],
    ]);
    expect(shownRows(both)).toBe(PAGE_ROWS + 7);
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
