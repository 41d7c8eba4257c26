import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import type { CallFailure } from '../../api/call-failure.ts';
import { pageOffsets, sourceIndex, PAGE_ROWS } from './paging.ts';

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

export interface RowSource<Row> {
  /** Query key and call for the page at an offset; `offset` and `limit` are the contract's. */
  readonly page: (
    offset: number,
    limit: number,
  ) => {
    readonly key: readonly unknown[];
    readonly fetch: () => Promise<Page<Row>>;
  };
}

export interface PagedRows<Row> {
  /** Rows to show, held-back ones left out; null until the first answer. */
  readonly total: number | null;
  /** Undefined while its page is being fetched. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Held-back rows among those fetched. */
  readonly heldBack: number;
  readonly failure: CallFailure | null;
  readonly retry: () => void;
}

/** Rows of a list too long to fetch whole: asks for the pages in view, and leaves out the rows held back. */
export function usePagedRows<Row extends { readonly id: string }>(
  source: RowSource<Row>,
  range: { readonly first: number; readonly last: number },
  heldBackIds: ReadonlySet<string>,
): PagedRows<Row> {
  const offsets = pageOffsets(range.first, range.last + heldBackIds.size);
  const results = useQueries({
    queries: offsets.map((offset) => {
      const page = source.page(offset, PAGE_ROWS);
      return { queryKey: page.key, queryFn: page.fetch };
    }),
  });

  const pages = new Map<number, Page<Row>>();
  for (const [index, result] of results.entries()) {
    const offset = offsets[index];
    if (result.data && offset !== undefined) pages.set(offset, result.data);
  }
  const hidden = [...pages]
    .flatMap(([offset, page]) => page.rows.map((row, index) => ({ id: row.id, index: offset + index })))
    .filter((row) => heldBackIds.has(row.id))
    .map((row) => row.index)
    .toSorted((a, b) => a - b);
  const newest = [...pages.values()][0];

  // Scrolling fast leaves no page in hand for a moment; the total of the same list is still true then.
  const listKey = JSON.stringify(source.page(0, PAGE_ROWS).key);
  const known = useRef<{ key: string; total: number } | null>(null);
  if (newest) known.current = { key: listKey, total: newest.total };
  const total = known.current?.key === listKey ? known.current.total : null;

  const failed = results.find((result) => result.isError);
  return {
    total: total === null ? null : Math.max(0, total - hidden.length),
    rowAt: (index) => {
      const at = sourceIndex(index, hidden);
      const offset = Math.floor(at / PAGE_ROWS) * PAGE_ROWS;
      return pages.get(offset)?.rows[at - offset];
    },
    heldBack: hidden.length,
    failure: failed && total === null ? (failed.error as CallFailure) : null,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}
