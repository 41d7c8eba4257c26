import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import type { CallFailure } from '../../api/call-failure.ts';
import { pagesInView, PAGE_ROWS, shownRows, sourceIndex } from './paging.ts';

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Of the whole list; null where nobody counted it. */
  readonly total: number | null;
  /** Where the next page begins, as the query says it; null on the last page. */
  readonly next: unknown;
}

export interface RowSource<Row> {
  /** Query key and call for the page after a position; undefined for the first. */
  readonly page: (
    after: unknown,
    limit: number,
  ) => {
    readonly key: readonly unknown[];
    readonly fetch: () => Promise<Page<Row>>;
  };
}

export interface PagedRows<Row> {
  /** Rows to show, held-back ones left out; null until the first answer. */
  readonly total: number | null;
  /** Of the whole list, held-back ones left out; null where nobody counted them. */
  readonly counted: number | null;
  /** Undefined while its page is being fetched. */
  readonly rowAt: (index: number) => Row | undefined;
  /** Held-back rows among those fetched. */
  readonly heldBack: number;
  readonly failure: CallFailure | null;
  readonly retry: () => void;
}

interface Seen<Row> {
  readonly list: string;
  readonly key: string;
  readonly pages: Map<number, Page<Row>>;
  /** Of the order or filter before this one. */
  readonly before: Map<number, Page<Row>>;
}

/**
 * Rows of a list too long to fetch whole: asks for the pages in view, and leaves out the rows held back. A page begins
 * where the one before it ends, so pages are reached one after the other; the list is as long as what can be reached soon.
 */
export function usePagedRows<Row extends { readonly id: string }>(
  source: RowSource<Row>,
  range: { readonly first: number; readonly last: number },
  heldBackIds: ReadonlySet<string>,
  /** While another order or filter of the same list is on its way, what was shown stays. */
  sameList: string,
): PagedRows<Row> {
  const listKey = JSON.stringify(source.page(undefined, PAGE_ROWS).key);
  /** Pages as they were last seen: what they hold is shown until they have answered again. */
  const seen = useRef<Seen<Row>>({ list: sameList, key: listKey, pages: new Map(), before: new Map() });
  if (seen.current.key !== listKey) {
    const { list, pages, before } = seen.current;
    const shown = pages.size > 0 ? pages : before;
    seen.current = {
      list: sameList,
      key: listKey,
      pages: new Map<number, Page<Row>>(),
      before: list === sameList ? shown : new Map<number, Page<Row>>(),
    };
  }
  const known = seen.current.pages;

  const wanted = pagesInView(range.first, range.last + heldBackIds.size, known);
  const results = useQueries({
    queries: wanted.map((number) => {
      const after = number === 0 ? undefined : known.get(number - 1)?.next;
      const page = source.page(after, PAGE_ROWS);
      return { queryKey: page.key, queryFn: page.fetch };
    }),
  });
  for (const [index, { data }] of results.entries()) {
    const number = wanted[index];
    if (data && number !== undefined) known.set(number, data);
  }
  // Behind a page that has become the last there is none.
  for (const number of [...known.keys()].toSorted((a, b) => a - b)) {
    if (number > 0 && (known.get(number - 1)?.next ?? null) === null) known.delete(number);
  }

  const shown = known.has(0) ? known : seen.current.before;
  const hidden = [...shown]
    .flatMap(([number, page]) => page.rows.map((row, index) => ({ id: row.id, index: number * PAGE_ROWS + index })))
    .filter((row) => heldBackIds.has(row.id))
    .map((row) => row.index)
    .toSorted((a, b) => a - b);
  const first = shown.get(0);
  const total = first === undefined ? null : shownRows(shown);
  const less = (count: number | null): number | null => (count === null ? null : Math.max(0, count - hidden.length));

  const failed = results.find((result) => result.isError);
  return {
    total: less(total),
    counted: less(first?.total ?? null),
    rowAt: (index) => {
      const at = sourceIndex(index, hidden);
      const number = Math.floor(at / PAGE_ROWS);
      return shown.get(number)?.rows[at - number * PAGE_ROWS];
    },
    heldBack: hidden.length,
    failure: failed && total === null ? (failed.error as CallFailure) : null,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}
