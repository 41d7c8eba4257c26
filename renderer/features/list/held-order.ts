import type { Page } from './use-paged-rows.ts';

/** What has changed behind an order that is held. */
export interface Movement {
  /** How many more recipients have opened. */
  readonly opened: number;
  /** Rows came, went or would stand elsewhere. */
  readonly moved: boolean;
}

interface WatchedRow {
  readonly id: string;
  readonly watch: { readonly opened: number } | null;
}

/** The rows as they stood when the order was last asked for. */
export interface HeldOrder {
  readonly ids: readonly string[];
  readonly opened: number;
}

export const nothingMoved: Movement = { opened: 0, moved: false };

const openedOf = (rows: readonly WatchedRow[]): number =>
  rows.reduce((sum, { watch }) => sum + (watch?.opened ?? 0), 0);

export function holdOrder({ rows }: Page<WatchedRow>): HeldOrder {
  return { ids: rows.map(({ id }) => id), opened: openedOf(rows) };
}

/**
 * A new answer in the order that is held: figures change in place, a row that left stays until the order is asked for
 * again (as `left` knows it), and one that came waits for that.
 */
export function keepOrder<Row extends WatchedRow>(
  held: HeldOrder,
  page: Page<Row>,
  left: readonly Row[],
): { readonly page: Page<Row>; readonly movement: Movement } {
  const rowsById = new Map([...left, ...page.rows].map((row) => [row.id, row]));
  const rows = held.ids.flatMap((id) => rowsById.get(id) ?? []);
  const isHeld = new Set(held.ids);
  const came = page.rows.filter(({ id }) => !isHeld.has(id)).length;
  const isHere = new Set(page.rows.map(({ id }) => id));
  const stayed = rows.filter(({ id }) => !isHere.has(id)).length;
  const moved = came > 0 || stayed > 0 || page.rows.some(({ id }, index) => id !== held.ids[index]);
  return {
    page: { ...page, rows, total: page.total === null ? null : page.total - came + stayed },
    movement: { opened: Math.max(0, openedOf(rows) - held.opened), moved },
  };
}
