import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isFiltered, type ListSortBy } from '#shared/domain/list-request.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { Menu } from '../../components/menu.tsx';
import type { MenuItem } from '../../components/menu-list.tsx';
import { Resizer } from '../../components/resizer.tsx';
import { ariaShortcut } from '../../components/shortcuts.ts';
import { Tag } from '../../components/tag.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { formatNumber } from '../../i18n/format.ts';
import { useWidths } from '../settings/use-settings.ts';
import { nextSort, type ListView } from './list-view.ts';
import { usePagedRows } from './use-paged-rows.ts';
import type { RowSource } from './use-paged-rows.ts';
import { VirtualList } from './virtual-list.tsx';
import styles from './list.module.css';

export interface ListColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** CSS pixels at first; null takes the room that is left. */
  readonly width: number | null;
  readonly soft?: boolean;
  readonly end?: boolean;
  /** What a click on its header sorts by. */
  readonly sortBy?: ListSortBy;
  /** Always shown: what a row is known by. */
  readonly fixed?: boolean;
}

export interface DocumentListProps<Row extends { readonly id: string }> {
  /** Names the remembered column widths. */
  readonly name: string;
  /** Name of the box. */
  readonly title: string;
  /** Stands for the title where the navigation is folded: the way to the other boxes. */
  readonly titleMenu: ReactNode;
  readonly source: (text: string) => RowSource<Row>;
  readonly view: ListView;
  /** The controls of the filter. */
  readonly filterBar: ReactNode;
  readonly menu: (rows: readonly Row[]) => readonly MenuItem[];
  /** The rows of another list. */
  readonly listKey: string;
  readonly layout: 'lines' | 'table';
  readonly columns: readonly ListColumn<Row>[];
  readonly renderLines: (row: Row) => ReactNode;
  readonly hasTags: (row: Row) => boolean;
  readonly rowName: (row: Row) => string;
  readonly selectedId: string | null;
  readonly onOpen: (row: Row) => void;
  readonly heldBackIds: ReadonlySet<string>;
  readonly onReveal: () => void;
  readonly change: { readonly text: string; readonly act: () => void } | null;
  readonly head: ReactNode;
  readonly foot: ReactNode;
  readonly empty: { readonly title: string; readonly text: string };
}

const FILTER_SETTLES_MS = 180;
const ROW_TABLE = 37;
const ROW_LINES = 57;
const ROW_TAGS = 77;
const MIN_COLUMN = 60;
const MAX_COLUMN = 900;

export function DocumentList<Row extends { readonly id: string }>(props: DocumentListProps<Row>) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState({ listKey: props.listKey, text: '' });
  // The filter belongs to its list: another box starts without one.
  const filter = typed.listKey === props.listKey ? typed.text : '';
  const settled = useSettled(filter, FILTER_SETTLES_MS);
  const text = (filter === '' ? '' : settled).trim();
  const { view } = props;
  const isFilteredBy = isFiltered(view.filter);
  const [showsFilter, setShowsFilter] = useState(false);
  const rowsKey = `${props.listKey} ${text} ${JSON.stringify([view.sort, view.filter])}`;
  const columns = props.columns.filter(({ id, fixed }) => fixed === true || !view.hidden.includes(id));
  const [seen, setSeen] = useState({ rowsKey, first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setSeen({ rowsKey, first, last }), [rowsKey]);
  // How far another list was scrolled says nothing about this one.
  const range = seen.rowsKey === rowsKey ? seen : { first: 0, last: 0 };
  const makeSource = props.source;
  const source = useMemo(() => makeSource(text), [makeSource, text]);
  const rows = usePagedRows(source, range, props.heldBackIds, `${props.listKey} ${text}`);
  const { onReveal } = props;
  // With nothing on screen, nothing can move: no reason to make her ask.
  const nothingShown = rows.total === 0 && rows.heldBack > 0;
  useEffect(() => {
    if (nothingShown) onReveal();
  }, [nothingShown, onReveal]);
  const filterInput = useRef<HTMLInputElement>(null);
  useShortcut('Ctrl+F', () => filterInput.current?.select());
  const table = props.layout === 'table';
  const { template, header } = useColumns(props, columns);

  let body: ReactNode;
  if (rows.failure) {
    body = <ErrorNote failure={rows.failure} onRetry={rows.retry} />;
  } else if (rows.total === null) {
    body = (
      <div aria-busy="true" aria-label={t('common.loading')} role="status">
        {[0, 1, 2, 3, 4].map((each) => (
          <div key={each} className={styles.skeleton} />
        ))}
      </div>
    );
  } else if (rows.total === 0) {
    body =
      text === '' && !isFilteredBy ? (
        <EmptyState icon="inbox" title={props.empty.title} text={props.empty.text} />
      ) : (
        <EmptyState
          icon="search"
          title={text === '' ? t('list.noneFiltered') : t('list.noMatch', { text })}
          text={t('list.noMatchHint')}
        />
      );
  } else {
    body = (
      <VirtualList
        label={props.title}
        rows={rows}
        onRange={onRange}
        layout={props.layout}
        rowHeight={(row) => (table ? ROW_TABLE : row && props.hasTags(row) ? ROW_TAGS : ROW_LINES)}
        renderRow={(row) => (table ? <Cells row={row} columns={columns} /> : props.renderLines(row))}
        rowName={props.rowName}
        selectedId={props.selectedId}
        onOpen={props.onOpen}
        openOnMove={props.selectedId !== null}
        resetKey={rowsKey}
        menu={props.menu}
        {...(table ? { gridTemplate: template, header } : {})}
      />
    );
  }

  return (
    <section className={styles.pane} aria-label={props.title}>
      <div className={styles.bar}>
        {props.titleMenu}
        {rows.total === null ? null : (
          <Tag>
            {rows.counted === null
              ? t('list.atLeast', { count: rows.total })
              : formatNumber(rows.counted, i18n.language)}
          </Tag>
        )}
        <Button
          variant="quiet"
          icon="filter"
          label={t('list.filterBy.open')}
          aria-expanded={showsFilter || isFilteredBy}
          onClick={() => setShowsFilter((old) => !(old || isFilteredBy))}
        />
        {table ? (
          <Menu
            label={t('list.columns')}
            icon="columns"
            variant="quiet"
            items={props.columns
              .filter(({ fixed }) => fixed !== true)
              .map(({ id, header: name }) => ({
                id,
                label: `${view.hidden.includes(id) ? '' : '✓ '}${name}`,
                run: () =>
                  view.setHidden(
                    view.hidden.includes(id) ? view.hidden.filter((each) => each !== id) : [...view.hidden, id],
                  ),
              }))}
          />
        ) : null}
        <label className={styles.filter}>
          <Icon name="search" size={13} />
          <span className="visually-hidden">{t('list.filter')}</span>
          <input
            ref={filterInput}
            aria-keyshortcuts={ariaShortcut('Ctrl+F')}
            type="search"
            value={filter}
            maxLength={200}
            placeholder={t('list.filter')}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped({ listKey: props.listKey, text: event.target.value })}
          />
          <Kbd keys="Ctrl+F" />
        </label>
      </div>
      {showsFilter || isFilteredBy ? props.filterBar : null}
      <div role="status">
        {rows.heldBack > 0 ? (
          <button type="button" className={styles.fresh} style={{ width: '100%' }} onClick={onReveal}>
            {t('list.fresh', { count: rows.heldBack })}
          </button>
        ) : null}
        {props.change ? (
          <button type="button" className={styles.fresh} style={{ width: '100%' }} onClick={props.change.act}>
            {props.change.text}
          </button>
        ) : null}
      </div>
      {props.head}
      {body}
      {props.foot}
    </section>
  );
}

function Cells<Row>({ row, columns }: { readonly row: Row; readonly columns: readonly ListColumn<Row>[] }) {
  return (
    <div className={styles.cells} role="presentation">
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={`${styles.cell} ${column.soft ? styles.soft : ''} ${column.end ? styles.end : ''}`}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

function sortedAs<Row>({ sortBy }: ListColumn<Row>, { sort }: ListView): 'ascending' | 'descending' | undefined {
  if (sortBy === undefined || sort?.by !== sortBy) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}

function HeaderName<Row>({ column, view }: { readonly column: ListColumn<Row>; readonly view: ListView }) {
  const { sortBy, header, end } = column;
  if (sortBy === undefined) return <span className={end ? styles.end : undefined}>{header}</span>;
  const sorted = sortedAs(column, view);
  return (
    <button
      type="button"
      className={classNames(styles.sort, end && styles.end)}
      onClick={() => view.setSort(nextSort(view.sort, sortBy))}
    >
      <span>{header}</span>
      {sorted === undefined ? null : <Icon name={sorted === 'descending' ? 'chevron-down' : 'chevron-up'} size={12} />}
    </button>
  );
}

/** The header of the table, and the widths that the user gave its columns. */
function useColumns<Row extends { readonly id: string }>(
  { name, view }: DocumentListProps<Row>,
  columns: readonly ListColumn<Row>[],
) {
  const { t } = useTranslation();
  const widths = useWidths(Object.fromEntries(columns.map((column) => [`${name}.${column.id}`, column.width ?? 0])));
  const template = columns
    .map((column) => (column.width === null ? 'minmax(160px, 1fr)' : `${widths(`${name}.${column.id}`).width}px`))
    .join(' ');
  const header = (
    <div role="row" aria-rowindex={1} className={styles.head}>
      {columns.map((column, at) => {
        const remembered = widths(`${name}.${column.id}`);
        return (
          <div key={column.id} role="columnheader" aria-sort={sortedAs(column, view)} className={styles.headCell}>
            <HeaderName column={column} view={view} />
            {/* Beyond the last column there is nothing to give room to. */}
            {column.width === null || at === columns.length - 1 ? null : (
              <Resizer
                label={t('list.columnWidth', { column: column.header })}
                width={remembered.width}
                min={MIN_COLUMN}
                max={MAX_COLUMN}
                onMove={remembered.preview}
                onDone={remembered.remember}
              />
            )}
          </div>
        );
      })}
    </div>
  );
  return { template, header };
}
