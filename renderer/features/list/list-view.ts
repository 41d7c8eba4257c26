import { useCallback, useState } from 'react';
import type { ListFilter, ListSort } from '#shared/domain/list-request.ts';
import { useChangeSettings, useSettings } from '../settings/use-settings.ts';
import type { ListSettings } from '#shared/contract/shell.ts';

export interface ListView {
  /** Undefined: in the box's own order. */
  readonly sort: ListSort | undefined;
  readonly setSort: (sort: ListSort | undefined) => void;
  readonly filter: ListFilter;
  readonly setFilter: (filter: ListFilter) => void;
  /** Filters that were kept under a name. */
  readonly kept: ListSettings['filters'];
  readonly keep: (name: string) => void;
  readonly drop: (name: string) => void;
  /** Columns that are not shown. */
  readonly hidden: readonly string[];
  readonly setHidden: (hidden: readonly string[]) => void;
}

const nothing: ListSettings = { hidden: [], filters: [] };
const noFilter: ListFilter = {};
/** Filters in use, by list: they stay while the program runs, so that a document can be looked at in between. */
const inUse = new Map<string, ListFilter>();

/** How the clerk wants to see a list: order, columns and kept filters are remembered, the filter in use stays until she quits. */
export function useListView(key: string): ListView {
  const all = useSettings().lists;
  const { change } = useChangeSettings();
  const own = all[key] ?? nothing;
  const [, redraw] = useState(0);
  const set = useCallback(
    // What could not be remembered is not worth a message; the next choice tries again.
    (part: Partial<ListSettings>) => void change({ lists: { [key]: { ...own, ...part } } }),
    [change, key, own],
  );
  const filter = inUse.get(key) ?? noFilter;
  return {
    sort: own.sort,
    setSort: (sort) => {
      const { sort: _old, ...rest } = own;
      void change({ lists: { [key]: sort === undefined ? rest : { ...rest, sort } } });
    },
    filter,
    setFilter: (next) => {
      const entries = Object.entries(next).filter(([, value]) => value !== undefined && value !== '');
      inUse.set(key, Object.fromEntries(entries));
      redraw((count) => count + 1);
    },
    kept: own.filters,
    keep: (name) => set({ filters: [...own.filters.filter((each) => each.name !== name), { name, filter }] }),
    drop: (name) => set({ filters: own.filters.filter((each) => each.name !== name) }),
    hidden: own.hidden,
    setHidden: (hidden) => set({ hidden: [...hidden] }),
  };
}

/** The order after a click on a column: down for times, up for words first; the other way; the box's own again. */
export function nextSort(sort: ListSort | undefined, by: ListSort['by']): ListSort | undefined {
  const first = by === 'at';
  if (sort?.by !== by) return { by, descending: first };
  return sort.descending === first ? { by, descending: !first } : undefined;
}
