import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { classNames } from '../../components/class-names.ts';
import { isComposing } from '../../components/shortcuts.ts';
import { moveActive } from './paging.ts';
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
  /** Changes when the rows are those of another list: scroll to the top. */
  readonly resetKey: string;
}

const OPEN_DELAY_MS = 140;
const VISIBLE_PAGE = 10;

/** A list of any length. One tab stop; arrows, Home, End and Enter work inside it (aria-activedescendant). */
export function VirtualList<Row extends { readonly id: string }>(props: VirtualListProps<Row>) {
  const { rows, layout, onRange, selectedId, resetKey } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const total = rows.total ?? 0;
  const [active, setActive] = useState(0);
  /** Where the keys have come to rest: opened as soon as its page is here. */
  const [reached, setReached] = useState<number | null>(null);
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

  return (
    <div
      ref={scroller}
      role={table ? 'grid' : 'listbox'}
      aria-label={props.label}
      aria-rowcount={table ? total + 1 : undefined}
      aria-activedescendant={total > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      className={classNames(styles.scroller, table && styles.table)}
      style={props.gridTemplate === undefined ? undefined : { ['--columns' as string]: props.gridTemplate }}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent) || event.ctrlKey || event.altKey) return;
        if (event.target !== event.currentTarget) return;
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
        moveTo(next);
      }}
    >
      {props.header}
      <div role="presentation" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows.rowAt(item.index);
          const selected = row !== undefined && row.id === selectedId;
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
              aria-setsize={table ? undefined : total}
              aria-posinset={table ? undefined : item.index + 1}
              className={classNames(styles.row, selected && styles.selected, item.index === active && styles.active)}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => {
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
  );
}
