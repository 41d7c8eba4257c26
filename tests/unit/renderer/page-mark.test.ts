import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PAGE_GAP,
  pageInView,
  pagesNear,
  pageTops,
  scrollTopForMark,
} from '#renderer/components/page-view/page-mark.ts';

const a4 = { width: 595, height: 842 };
const mark = { page: 0, x: 119, y: 694, width: 126, height: 22 };

describe('where a marked place is on the screen', () => {
  it('stacks the pages with a gap above each', () => {
    expect(pageTops([a4, a4], 1)).toEqual([PAGE_GAP, PAGE_GAP + 842 + PAGE_GAP]);
    expect(pageTops([a4, a4], 2)[1]).toBe(PAGE_GAP + 1684 + PAGE_GAP);
  });

  it('does not move the page for a mark that is in sight already', () => {
    expect(scrollTopForMark(mark, [a4], 1, { scrollTop: 0, height: 600 })).toBeNull();
  });

  it('brings a mark on the second page to a third of the window', () => {
    const onSecond = { ...mark, page: 1, y: 124 };
    const top = scrollTopForMark(onSecond, [a4, a4], 1, { scrollTop: 0, height: 600 });
    expect(top).toBe(PAGE_GAP + 842 + PAGE_GAP + (842 - 124 - 22) - 200);
  });

  it('never scrolls above the top, and knows no page that is not there', () => {
    expect(scrollTopForMark(mark, [a4], 1, { scrollTop: 700, height: 600 })).toBe(0);
    expect(scrollTopForMark({ ...mark, page: 5 }, [a4], 1, { scrollTop: 0, height: 600 })).toBeNull();
  });
});

describe('which pages are drawn', () => {
  it('are those in the window and a window around it, whatever the sizes and the place', () => {
    const pages = fc.array(
      fc.record({ width: fc.integer({ min: 50, max: 2000 }), height: fc.integer({ min: 50, max: 3000 }) }),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(
        pages,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 100, max: 2000 }),
        (sizes, scale, scrolled, height) => {
          const tops = pageTops(sizes, scale);
          const last = sizes.length - 1;
          const end = (tops[last] ?? 0) + Math.floor((sizes[last]?.height ?? 0) * scale);
          const view = { scrollTop: Math.min(scrolled, Math.max(0, end - height)), height };
          const near = pagesNear(sizes, scale, view);
          const current = pageInView(sizes, scale, view);
          expect(current).toBeGreaterThanOrEqual(near.first);
          expect(current).toBeLessThanOrEqual(near.last);
          sizes.forEach((size, index) => {
            const top = tops[index] ?? 0;
            const seen = top < view.scrollTop + height && top + Math.floor(size.height * scale) > view.scrollTop;
            if (seen) expect(index >= near.first && index <= near.last).toBe(true);
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are few in a long book', () => {
    const book = Array.from({ length: 1000 }, () => a4);
    const near = pagesNear(book, 1, { scrollTop: 400_000, height: 700 });
    expect(near.last - near.first).toBeLessThan(5);
  });
});
