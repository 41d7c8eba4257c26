import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../components/class-names.ts';
import { ContextMenu } from '../../components/context-menu.tsx';
import type { MenuItem } from '../../components/menu-list.tsx';
import { isComposing } from '../../components/shortcuts.ts';
import { moveActive } from './paging.ts';
import { allRows, extendRows, noSelection, toggleRow } from './row-selection.ts';
import type { PagedRows } from './use-paged-rows.ts';
import styles from './list.module.css';

export interface VirtualListProps<Row extends { readonly id: string }> {
  readonly label: string;
  readonly rows: PagedRows<Row>;
  readonly onRange: (first: number, last: number) => void;
  readonly layout: 'lines' | 'table';
  /** CSS pixels of a row before it is measured. */
  readonly rowHeight: (row: Row | undefined) => number;
  readonly renderRow: (row: Row) => ReactNode;
  readonly rowName: (row: Row) => string;
  readonly selectedId: string | null;
  readonly onOpen: (row: Row) => void;
  /** The arrow keys open at once what they reach: a document is open beside the list. */
  readonly openOnMove: boolean;
  readonly header?: ReactNode;
  readonly gridTemplate?: string;
  /** The steps that rows allow, one or several; without it rows are not chosen together. */
  readonly menu?: (rows: readonly Row[]) => readonly MenuItem[];
  /** Changes when the rows are those of another list: scroll to the top. */
  readonly resetKey: string;
}

const OPEN_DELAY_MS = 140;
const VISIBLE_PAGE = 10;

/** A list of any length. One tab stop; arrows, Home, End and Enter work inside it (aria-activedescendant). */
export function VirtualList<Row extends { readonly id: string }>(props: VirtualListProps<Row>) {
  const { rows, layout, onRange, selectedId, resetKey } = props;
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const total = rows.total ?? 0;
  const [active, setActive] = useState(0);
  /** Where the keys have come to rest: opened as soon as its page is here. */
  const [reached, setReached] = useState<number | null>(null);
  const [selection, setSelection] = useState(noSelection);
  const [menuAt, setMenuAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const openTimer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => props.rowHeight(rows.rowAt(index)),
    overscan: 8,
    getItemKey: (index) => rows.rowAt(index)?.id ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [onRange, first, last]);
  useEffect(() => {
    setActive(0);
    setReached(null);
    setSelection(noSelection);
    scroller.current?.scrollTo({ top: 0 });
  }, [resetKey]);
  useEffect(() => virtualizer.measure(), [virtualizer, layout]);
  useEffect(
    () => () => {
      if (openTimer.current) clearTimeout(openTimer.current);
    },
    [],
  );

  // When the focus was on something that is gone (the program's start, a document closed), the list is the home.
  const filled = total > 0;
  useEffect(() => {
    if (filled && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [filled, selectedId]);

  const selectedIndex = items.find((item) => rows.rowAt(item.index)?.id === selectedId)?.index;
  useEffect(() => {
    if (selectedIndex !== undefined) setActive(selectedIndex);
  }, [selectedIndex]);

  const { onOpen } = props;
  const reachedRow = reached === null ? undefined : rows.rowAt(reached);
  useEffect(() => {
    if (reachedRow === undefined) return;
    setReached(null);
    onOpen(reachedRow);
  }, [reachedRow, onOpen]);

  const moveTo = (index: number) => {
    setActive(index);
    virtualizer.scrollToIndex(index);
    if (!props.openOnMove) return;
    if (openTimer.current) clearTimeout(openTimer.current);
    openTimer.current = setTimeout(() => setReached(index), OPEN_DELAY_MS);
  };
  const table = layout === 'table';
  const { menu } = props;
  const idAt = (index: number): string | undefined => rows.rowAt(index)?.id;
  const chosenIds = selection.ids.size > 0 ? selection.ids : null;
  const isChosen = (rowId: string | undefined): boolean =>
    rowId !== undefined && (chosenIds === null ? rowId === selectedId : chosenIds.has(rowId));
  const chosenRows = (): readonly Row[] => {
    const all = Array.from({ length: total }, (_, index) => rows.rowAt(index)).filter((row) => row !== undefined);
    const activeRow = rows.rowAt(active);
    const chosen = chosenIds === null ? [] : all.filter((row) => chosenIds.has(row.id));
    return chosen.length > 0 ? chosen : activeRow === undefined ? [] : [activeRow];
  };
  /** Keys that choose rows; false when it was none. */
  const choose = (event: KeyboardEvent): boolean => {
    if (menu === undefined) return false;
    if (event.ctrlKey && event.code === 'KeyA') setSelection(allRows(total, idAt));
    else if (event.ctrlKey && event.key === ' ') setSelection((old) => toggleRow(old, active, idAt, selectedId));
    else if (event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const next = moveActive(event.key, active, total, VISIBLE_PAGE) ?? active;
      setSelection((old) => extendRows(old, active, next, idAt));
      setActive(next);
      virtualizer.scrollToIndex(next);
    } else if (event.key === 'Escape' && chosenIds !== null) setSelection(noSelection);
    else return false;
    return true;
  };
  const openMenu = (x: number, y: number, index: number): void => {
    if (menu === undefined) return;
    setActive(index);
    // Pointing at a row outside the chosen ones means that row.
    if (chosenIds !== null && !isChosen(idAt(index))) setSelection(noSelection);
    setMenuAt({ x, y });
  };

  const menuItems = menuAt === null || menu === undefined ? [] : menu(chosenRows());
  return (
    <>
      <div
        ref={scroller}
        role={table ? 'grid' : 'listbox'}
        aria-label={props.label}
        aria-multiselectable={menu === undefined ? undefined : true}
        aria-rowcount={table ? (rows.counted === null ? -1 : rows.counted + 1) : undefined}
        aria-activedescendant={total > 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        className={classNames(styles.scroller, table && styles.table)}
        style={props.gridTemplate === undefined ? undefined : { ['--columns' as string]: props.gridTemplate }}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent) || event.altKey || event.target !== event.currentTarget) return;
          if (choose(event)) {
            event.preventDefault();
            return;
          }
          if (event.ctrlKey) return;
          if (event.key === 'Enter') {
            const row = rows.rowAt(active);
            if (!row) return;
            // The same key goes on in the document that is open: it must not act on one that was not read yet.
            if (row.id !== selectedId) event.preventDefault();
            onOpen(row);
            return;
          }
          const next = moveActive(event.key, active, total, VISIBLE_PAGE);
          if (next === null) return;
          event.preventDefault();
          setSelection(noSelection);
          moveTo(next);
        }}
        onContextMenu={(event) => {
          if (menu === undefined || total === 0) return;
          event.preventDefault();
          const pointed = (event.target as Element).closest<HTMLElement>('[data-index]');
          const row = pointed ?? document.getElementById(`${id}-${active}`);
          const box = row?.getBoundingClientRect();
          // By a key there is no pointer: the menu opens at the row.
          const byKey = event.button !== 2 || pointed === null;
          openMenu(
            byKey && box ? box.left + 24 : event.clientX,
            byKey && box ? box.bottom - 4 : event.clientY,
            Number(pointed?.dataset['index'] ?? active),
          );
        }}
      >
        {props.header}
        <div role="presentation" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows.rowAt(item.index);
            const selected = isChosen(row?.id);
            return (
              <div
                key={item.key}
                id={`${id}-${item.index}`}
                ref={virtualizer.measureElement}
                data-index={item.index}
                role={table ? 'row' : 'option'}
                aria-selected={selected}
                aria-label={table || !row ? undefined : props.rowName(row)}
                aria-rowindex={table ? item.index + 2 : undefined}
                aria-setsize={table ? undefined : (rows.counted ?? -1)}
                aria-posinset={table ? undefined : item.index + 1}
                className={classNames(styles.row, selected && styles.selected, item.index === active && styles.active)}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={(event) => {
                  if (menu !== undefined && (event.ctrlKey || event.shiftKey)) {
                    setSelection((old) =>
                      event.shiftKey
                        ? extendRows(old, active, item.index, idAt)
                        : toggleRow(old, item.index, idAt, selectedId),
                    );
                    setActive(item.index);
                    return;
                  }
                  setSelection(noSelection);
                  setActive(item.index);
                  if (row) onOpen(row);
                }}
              >
                {row ? (
                  props.renderRow(row)
                ) : (
                  <span className={styles.pending} style={{ height: props.rowHeight(undefined) - 1 }} />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {chosenIds === null ? null : (
        <p role="status" className={styles.chosen}>
          {t('list.chosen', { count: chosenIds.size })}
        </p>
      )}
      {menuAt === null || menuItems.length === 0 ? null : (
        <ContextMenu
          label={t('list.menu.label')}
          at={menuAt}
          items={menuItems}
          onClose={() => {
            setMenuAt(null);
            scroller.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </>
  );
}
