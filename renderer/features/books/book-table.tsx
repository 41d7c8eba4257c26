import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Book, BookEntry } from '#shared/contract/books.ts';
import { whyEnded } from '#shared/domain/book.ts';
import { isFiltered, type ListFilter } from '#shared/domain/list-request.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { call } from '../../api/api.ts';
import { callKey } from '../../api/use-call.ts';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { usePagedRows } from '../list/use-paged-rows.ts';
import type { RowSource } from '../list/use-paged-rows.ts';
import { VirtualList } from '../list/virtual-list.tsx';
import { describeEnd, useBookColumns, type TableColumn } from './use-book-columns.tsx';
import styles from './books.module.css';

type EntryRow = BookEntry & { readonly id: string };

interface BookTableProps {
  readonly book: Book;
  readonly filter: ListFilter;
  /** The document that is open beside the book. */
  readonly openId: string | null;
  readonly layout: 'lines' | 'table';
  readonly onOpen: (documentId: string) => void;
}

const ROW = 57;
const none: ReadonlySet<string> = new Set();

export function BookTable({ book, filter, openId, layout, onOpen }: BookTableProps) {
  const { t } = useTranslation();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  const source = useMemo((): RowSource<EntryRow> => {
    const input = (after: unknown, limit: number) => ({
      bookId: book.id,
      year: book.year,
      limit,
      ...(isFiltered(filter) ? { filter } : {}),
      ...(after === undefined ? {} : { after: after as { number: number; suffix: string } }),
    });
    return {
      page: (after, limit) => ({
        // Marked, because the answer is kept in another form than the contract's.
        key: [...callKey('books.entries', input(after, limit)), 'rows'],
        fetch: async () => {
          const { entries, total, next } = await call('books.entries', input(after, limit));
          const rows = entries.map((entry) => ({
            ...entry,
            id: entry.documentId ?? formatNumber(entry.number, entry.suffix),
          }));
          return { rows, total, next };
        },
      }),
    };
  }, [book.id, book.year, filter]);
  const rows = usePagedRows(source, range, none, `${book.id} ${book.year}`);
  const columns = useBookColumns(book.direction);

  if (rows.failure) return <ErrorNote failure={rows.failure} onRetry={rows.retry} />;
  if (rows.total === null) return null;
  if (rows.total === 0) {
    return isFiltered(filter) ? (
      <EmptyState icon="search" title={t('list.noneFiltered')} text={t('list.noMatchHint')} />
    ) : (
      <EmptyState icon="book" title={t('books.empty')} text={t('books.emptyText')} />
    );
  }
  const table = layout === 'table';
  return (
    <VirtualList
      label={t('books.book', { name: book.name, year: book.year })}
      rows={rows}
      onRange={onRange}
      layout={layout}
      rowHeight={() => ROW}
      renderRow={(row) => (table ? <BookRow row={row} columns={columns} /> : <BookLines row={row} columns={columns} />)}
      rowName={(row) => row.codeText}
      selectedId={openId}
      onOpen={(row) => {
        if (row.documentId !== null) onOpen(row.documentId);
      }}
      openOnMove={openId !== null}
      {...(table
        ? {
            gridTemplate: columns.map((column) => column.width).join(' '),
            header: (
              <div role="row" aria-rowindex={1} className={styles.head}>
                {columns.map((column) => (
                  <div key={column.id} role="columnheader" className={styles.cell}>
                    {column.header}
                  </div>
                ))}
              </div>
            ),
          }
        : {})}
      resetKey={`${book.id} ${JSON.stringify(filter)}`}
    />
  );
}

interface BookRowProps {
  readonly row: EntryRow;
  readonly columns: readonly TableColumn[];
}

/** A row of a narrow book: number, day and abstract, or what became of a number that is in no force. */
function BookLines({ row, columns }: BookRowProps) {
  const { t } = useTranslation();
  const end = describeEnd(t, row);
  const cell = (id: string) => columns.find((column) => column.id === id)?.cell(row);
  return (
    <div className={classNames(styles.lines, end !== null && row.state !== 'reserved' && styles.cancelled)}>
      <div className={styles.first}>
        <b>{cell('number')}</b>
        <b className={styles.lineCode}>{cell('codeText')}</b>
        <span className={styles.when}>{cell('date')}</span>
      </div>
      <div className={styles.why}>
        {end === null ? cell('abstract') : [end, whyEnded(row)].filter(Boolean).join(' · ')}
      </div>
    </div>
  );
}

/** A number that is no document's stays in its place, with who, when and why where the recipients would stand. */
function BookRow({ row, columns }: BookRowProps) {
  const { t } = useTranslation();
  const end = describeEnd(t, row);
  const shown =
    end === null
      ? columns
      : columns.slice(
          0,
          columns.findIndex(({ id }) => id === 'goesTo'),
        );
  return (
    <div
      role="presentation"
      className={classNames(styles.cells, end !== null && row.state !== 'reserved' && styles.cancelled)}
    >
      {shown.map((column) => (
        <div key={column.id} role="gridcell" className={styles.cell}>
          {column.cell(row)}
        </div>
      ))}
      {end === null ? null : (
        <div
          role="gridcell"
          aria-colspan={columns.length - shown.length}
          className={classNames(styles.cell, styles.end)}
          style={{ gridColumnStart: shown.length + 1 }}
        >
          <b>{end}</b>
          <span className={styles.why} title={whyEnded(row)}>
            {whyEnded(row)}
          </span>
        </div>
      )}
    </div>
  );
}
