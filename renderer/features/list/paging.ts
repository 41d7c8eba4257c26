/** Rows that one query asks for. */
export const PAGE_ROWS = 100;

/** Pages beyond those that are known that a list already has room for: as far as one can scroll at once. */
const PAGES_AHEAD = 3;

interface KnownPage {
  readonly rows: readonly unknown[];
  readonly total: number | null;
  readonly next: unknown;
}

/** How many pages can be asked for: one behind each that is known and not the last. */
function reachable(known: ReadonlyMap<number, KnownPage>): number {
  let pages = 1;
  while ((known.get(pages - 1)?.next ?? null) !== null) pages += 1;
  return pages;
}

/**
 * Numbers of the pages to ask for, so that rows `first` to `last` (both counted from 0, `last` included) come into sight:
 * theirs, and while those cannot be reached yet, the one that leads on to them.
 */
export function pagesInView(first: number, last: number, known: ReadonlyMap<number, KnownPage>): number[] {
  const end = reachable(known) - 1;
  const from = Math.min(end, Math.floor(Math.max(0, first) / PAGE_ROWS));
  const to = Math.min(end, Math.floor(Math.max(0, last) / PAGE_ROWS));
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** How many rows a list has room for: all, once its last page is known; else some pages more than can be shown. */
export function shownRows(known: ReadonlyMap<number, KnownPage>): number {
  const pages = reachable(known);
  const last = known.get(pages - 1);
  if (last !== undefined) return (pages - 1) * PAGE_ROWS + last.rows.length;
  const total = known.get(0)?.total ?? null;
  const reached = (pages - 1 + (total === null ? 1 : PAGES_AHEAD)) * PAGE_ROWS;
  return total === null ? reached : Math.max((pages - 1) * PAGE_ROWS, Math.min(total, reached));
}

/**
 * Index in the register's order of the row shown at `visible`, when the rows at `hidden` (ascending) are held back.
 */
export function sourceIndex(visible: number, hidden: readonly number[]): number {
  let index = visible;
  for (const each of hidden) {
    if (each > index) break;
    index += 1;
  }
  return index;
}

/** Where the active row goes for a key; null when the key moves nothing. */
export function moveActive(key: string, active: number, total: number, page: number): number | null {
  if (total === 0) return null;
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: total - 1,
  };
  const next = moves[key];
  return next === undefined ? null : Math.min(total - 1, Math.max(0, next));
}
