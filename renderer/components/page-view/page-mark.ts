import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import type { PageSize } from './use-pdf-document.ts';

/** Space between pages and around them, in CSS pixels. */
export const PAGE_GAP = 12;

/** Distance of each page's top edge from the top of the scrolled content, in CSS pixels. */
export function pageTops(sizes: readonly PageSize[], scale: number): readonly number[] {
  const tops: number[] = [];
  let top = PAGE_GAP;
  for (const size of sizes) {
    tops.push(top);
    top += Math.floor(size.height * scale) + PAGE_GAP;
  }
  return tops;
}

interface Window {
  readonly scrollTop: number;
  readonly height: number;
}

/**
 * Where to scroll to so that the mark is comfortably in sight, a third down the window; null when it already is, so
 * that stepping through fields of one letterhead does not make the page jump.
 */
export function scrollTopForMark(
  mark: PageRectangle,
  sizes: readonly PageSize[],
  scale: number,
  view: Window,
): number | null {
  const size = sizes[mark.page];
  const pageTop = pageTops(sizes, scale)[mark.page];
  if (size === undefined || pageTop === undefined) return null;
  const top = pageTop + (size.height - mark.y - mark.height) * scale;
  const bottom = top + mark.height * scale;
  const margin = Math.min(48, view.height / 8);
  if (top >= view.scrollTop + margin && bottom <= view.scrollTop + view.height - margin) return null;
  return Math.max(0, top - view.height / 3);
}

/** Index of the page that fills most of the window's middle. */
export function pageInView(sizes: readonly PageSize[], scale: number, view: Window): number {
  const middle = view.scrollTop + view.height / 2;
  const tops = pageTops(sizes, scale);
  const after = tops.findIndex((top) => top > middle);
  return Math.max(0, (after === -1 ? tops.length : after) - 1);
}

/** Pages to be drawn: those in the window and one window's height above and below it. */
export function pagesNear(sizes: readonly PageSize[], scale: number, view: Window): { first: number; last: number } {
  const tops = pageTops(sizes, scale);
  const from = view.scrollTop - view.height;
  const to = view.scrollTop + 2 * view.height;
  let first = tops.length - 1;
  let last = 0;
  tops.forEach((top, index) => {
    const bottom = top + Math.floor((sizes[index]?.height ?? 0) * scale);
    if (bottom < from || top > to) return;
    first = Math.min(first, index);
    last = Math.max(last, index);
  });
  return { first, last };
}
