import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { isFiltered, type ListFilter, type ListPosition, type ListSort } from '#shared/domain/list-request.ts';
import type { MenuItem } from '../../components/menu-list.tsx';
import { BoxTitle } from './box-title.tsx';
import { DocumentLines } from './document-lines.tsx';
import { DocumentList } from './document-list.tsx';
import { FilterBar, type FilterState } from './filter-bar.tsx';
import { useListView } from './list-view.ts';
import type { ListedRow, ListLook } from './list-look.ts';
import { useListColumns } from './use-list-columns.tsx';
import type { Page, RowSource } from './use-paged-rows.ts';

/** What the list of either direction is given by the place it stands in. */
export interface BoxListPlace<Box extends string> {
  readonly box: Box;
  readonly selectedId: string | null;
  readonly layout: 'lines' | 'table';
  readonly onOpen: (id: string) => void;
  readonly onBox: (box: Box) => void;
}

/** The part of a query that says which rows of the box. */
export interface RowsWanted {
  readonly after?: ListPosition;
  readonly limit: number;
  readonly text?: string;
  readonly sort?: ListSort;
  readonly filter?: ListFilter;
}

interface BoxListProps<Box extends string, Row extends ListedRow> {
  readonly place: BoxListPlace<Box>;
  readonly look: ListLook<Row>;
  readonly boxes: readonly Box[];
  readonly boxName: (box: Box) => string;
  /** Undefined until they are known. */
  readonly counts: Readonly<Record<Box, number>> | undefined;
  /** Names the way to the other boxes. */
  readonly boxesLabel: string;
  readonly empty: { readonly title: string; readonly text: string };
  /** Asks for rows of the box; the same function as long as the box is the same. */
  readonly ask: (wanted: RowsWanted) => { readonly key: readonly unknown[]; readonly fetch: () => Promise<Page<Row>> };
  readonly heldBackIds?: ReadonlySet<string>;
  readonly onReveal?: () => void;
  /** What has changed behind an order that is held, and the way to have it sorted again. */
  readonly change?: { readonly text: string; readonly act: () => void } | null;
  /** Above the rows. */
  readonly head?: ReactNode;
  /** The states that the box holds, when they are several: with their names. */
  readonly states: readonly FilterState[];
  readonly menu: (rows: readonly Row[]) => readonly MenuItem[];
  /** Under the rows. */
  readonly foot?: ReactNode;
}

const none: ReadonlySet<string> = new Set();
const nothing = () => undefined;

/** The documents of a box, the same for what comes in and what goes out but for its look. */
export function BoxList<Box extends string, Row extends ListedRow>(props: BoxListProps<Box, Row>) {
  const { place, look, boxes, boxName, counts, ask } = props;
  const view = useListView(`${look.direction}.${place.box}`);
  const { sort, filter } = view;
  const source = useCallback(
    (text: string): RowSource<Row> => ({
      page: (after, limit) =>
        ask({
          limit,
          ...(sort === undefined ? {} : { sort }),
          ...(isFiltered(filter) ? { filter } : {}),
          ...(after === undefined ? {} : { after: after as ListPosition }),
          ...(text === '' ? {} : { text }),
        }),
    }),
    [ask, sort, filter],
  );
  const columns = useListColumns(look);
  const title = boxName(place.box);
  return (
    <DocumentList
      name={`${look.direction}.${place.box}`}
      view={view}
      filterBar={<FilterBar direction={look.direction} view={view} states={props.states} />}
      menu={props.menu}
      title={title}
      titleMenu={
        <BoxTitle
          title={title}
          label={props.boxesLabel}
          boxes={boxes.map((box) => ({ box, name: boxName(box), count: counts?.[box] ?? 0 }))}
          onChoose={place.onBox}
        />
      }
      source={source}
      listKey={place.box}
      layout={place.layout}
      columns={columns}
      renderLines={(row) => <DocumentLines row={row} look={look} />}
      hasTags={look.hasTags}
      rowName={look.rowName}
      selectedId={place.selectedId}
      onOpen={(row) => place.onOpen(row.id)}
      heldBackIds={props.heldBackIds ?? none}
      onReveal={props.onReveal ?? nothing}
      change={props.change ?? null}
      head={props.head ?? null}
      foot={props.foot ?? null}
      empty={props.empty}
    />
  );
}
