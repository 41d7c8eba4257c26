/** Rows that one query asks for. */
export const PAGE_ROWS = 100;

/** Offsets of the pages that hold rows `first` to `last` (both counted from 0, `last` included). */
export function pageOffsets(first: number, last: number): number[] {
  const offsets = [];
  for (
    let page = Math.floor(Math.max(0, first) / PAGE_ROWS);
    page <= Math.floor(Math.max(0, last) / PAGE_ROWS);
    page += 1
  ) {
    offsets.push(page * PAGE_ROWS);
  }
  return offsets;
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
