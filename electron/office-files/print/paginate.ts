/** Text of a row, wrapped: the lines of each of its cells. */
export type CellLines = readonly (readonly string[])[];

/** Rows of a page, or the part of a row that is longer than a page. */
export interface PlacedRow {
  readonly row: number;
  readonly cells: CellLines;
  /** Whether the row began on an earlier page. */
  readonly continued: boolean;
  /** Whether it ends here. */
  readonly ends: boolean;
}

/** How many lines of text stand on a page, and how many the last one keeps free at its end. */
export interface PageRoom {
  /** Height of the body, less its sums. */
  readonly height: number;
  readonly line: number;
  /** What a row takes beside its lines. */
  readonly padding: number;
  /** What stands below the last row: places to sign. */
  readonly end: number;
}

const linesOf = (cells: CellLines): number => Math.max(1, ...cells.map((lines) => lines.length));

/** The height of a row. */
export const heightOf = (cells: CellLines, { line, padding }: PageRoom): number => linesOf(cells) * line + padding;

/**
 * Gives rows to pages, one at a time. A row stands on one page; only one that is longer than a whole page goes on over the next
 * ones. The last row stays with what is signed below it.
 */
export function createPaginator(room: PageRoom, rows: number) {
  const pages: PlacedRow[][] = [];
  let page: PlacedRow[] = [];
  let free = room.height;
  const turn = (): void => {
    if (page.length === 0) return;
    pages.push(page);
    page = [];
    free = room.height;
  };
  const put = (placed: PlacedRow): void => {
    page.push(placed);
    free -= heightOf(placed.cells, room);
  };
  const most = Math.max(1, Math.floor((room.height - room.end - room.padding) / room.line));
  return {
    add: (row: number, cells: CellLines): void => {
      const height = heightOf(cells, room);
      const below = row === rows - 1 ? room.end : 0;
      if (height + below > free) turn();
      if (height + below <= room.height) {
        put({ row, cells, continued: false, ends: true });
        return;
      }
      const total = linesOf(cells);
      for (let from = 0; from < total; from += most) {
        if (from > 0) turn();
        const part = cells.map((lines) => lines.slice(from, from + most));
        put({ row, cells: part, continued: from > 0, ends: from + most >= total });
      }
    },
    /** The pages, at least one. */
    end: (): readonly (readonly PlacedRow[])[] => {
      turn();
      return pages.length === 0 ? [[]] : pages;
    },
  };
}
