import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Book, BookEntry } from '#shared/contract/books.ts';
import { call } from '../../api/api.ts';
import { callKey } from '../../api/use-call.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { usePagedRows } from '../list/use-paged-rows.ts';
import type { RowSource } from '../list/use-paged-rows.ts';
import { VirtualList } from '../list/virtual-list.tsx';
import { useBookColumns } from './use-book-columns.tsx';
import styles from './books.module.css';

type EntryRow = BookEntry & { readonly id: string };

interface BookTableProps {
  readonly book: Book;
  readonly onOpen: (documentId: string) => void;
}

const ROW = 57;
const none: ReadonlySet<string> = new Set();

export function BookTable({ book, onOpen }: BookTableProps) {
  const { t } = useTranslation();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  const source = useMemo((): RowSource<EntryRow> => {
    const input = (offset: number, limit: number) => ({ bookId: book.id, year: book.year, offset, limit });
    return {
      page: (offset, limit) => ({
        // Marked, because the answer is kept in another form than the contract's.
        key: [...callKey('books.entries', input(offset, limit)), 'rows'],
        fetch: async () => {
          const { entries, total } = await call('books.entries', input(offset, limit));
          return { rows: entries.map((entry) => ({ ...entry, id: String(entry.number) })), total };
        },
      }),
    };
  }, [book.id, book.year]);
  const rows = usePagedRows(source, range, none);
  const columns = useBookColumns(book.direction);

  if (rows.failure) return <ErrorNote failure={rows.failure} onRetry={rows.retry} />;
  if (rows.total === null) return null;
  if (rows.total === 0) return <EmptyState icon="book" title={t('books.empty')} text={t('books.emptyText')} />;
  return (
    <VirtualList
      label={t('books.book', { name: book.name, year: book.year })}
      rows={rows}
      onRange={onRange}
      layout="table"
      rowHeight={() => ROW}
      renderRow={(row) => (
        <div role="presentation" className={`${styles.cells} ${row.cancelled ? styles.cancelled : ''}`}>
          {columns.map((column) => (
            <div key={column.id} role="gridcell" className={styles.cell}>
              {column.cell(row)}
            </div>
          ))}
        </div>
      )}
      rowName={(row) => row.codeText}
      selectedId={null}
      onOpen={(row) => {
        if (row.documentId !== null) onOpen(row.documentId);
      }}
      openOnMove={false}
      gridTemplate={columns.map((column) => column.width).join(' ')}
      header={
        <div role="row" aria-rowindex={1} className={styles.head}>
          {columns.map((column) => (
            <div key={column.id} role="columnheader" className={styles.cell}>
              {column.header}
            </div>
          ))}
        </div>
      }
      resetKey={book.id}
    />
  );
}
