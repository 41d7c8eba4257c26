/** Rows chosen in a list besides the open one. `anchor` is where a range begins. */
export interface RowSelection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: number | null;
}

export const noSelection: RowSelection = { ids: new Set(), anchor: null };

type IdAt = (index: number) => string | undefined;

/** Ctrl: this row in or out. What is open counts as chosen when another is added to it. */
export function toggleRow(selection: RowSelection, index: number, idAt: IdAt, open: string | null): RowSelection {
  const id = idAt(index);
  if (id === undefined) return selection;
  const ids = new Set(selection.ids.size === 0 && open !== null && open !== id ? [open] : selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: index };
}

/** Shift: all from the anchor to this row. */
export function extendRows(selection: RowSelection, from: number, index: number, idAt: IdAt): RowSelection {
  const anchor = selection.anchor ?? from;
  const [first, last] = [Math.min(anchor, index), Math.max(anchor, index)];
  const ids = Array.from({ length: last - first + 1 }, (_, at) => idAt(first + at)).filter((id) => id !== undefined);
  return { ids: new Set(ids), anchor };
}

/** Ctrl+A: every row that is at hand. */
export function allRows(total: number, idAt: IdAt): RowSelection {
  const ids = Array.from({ length: total }, (_, at) => idAt(at)).filter((id) => id !== undefined);
  return { ids: new Set(ids), anchor: 0 };
}
