import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import type { Book, BookEntry } from '#shared/contract/office.ts';
import { call } from '../../api/api.ts';
import { callKey } from '../../api/use-call.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { formatInstantDay } from '../../i18n/format.ts';
import { usePagedRows } from '../list/use-paged-rows.ts';
import type { RowSource } from '../list/use-paged-rows.ts';
import { VirtualList } from '../list/virtual-list.tsx';
import styles from './books.module.css';

type EntryRow = BookEntry & { readonly id: string };

interface BookTableProps {
  readonly book: Book;
  readonly onOpen: (documentId: string) => void;
}

interface BookColumn {
  readonly id: string;
  readonly header: string;
  readonly width: string;
  readonly cell: (row: EntryRow) => ReactNode;
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

const blank = () => null;

/** The columns of NĐ 30/2020, Phụ lục IV, in its order. Those filled in by hand stay blank, as on paper. */
function useBookColumns(direction: Book['direction']): readonly BookColumn[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const date = (row: EntryRow) => (row.date === null ? '' : formatVnDate(row.date));
    const abstract = (row: EntryRow) => (
      <span title={row.abstract} className={styles.long}>
        {row.documentType}
        {row.documentType && row.abstract ? ' · ' : ''}
        {row.abstract}
      </span>
    );
    const goesTo = (row: EntryRow) => (
      <span title={row.goesTo} className={styles.long}>
        {row.goesTo}
      </span>
    );
    const note = (row: EntryRow) => (row.cancelled ? <Tag>{t('books.cancelled')}</Tag> : null);
    const column = (id: string, header: string, width: string, cell: BookColumn['cell']) => ({
      id,
      header,
      width,
      cell,
    });
    if (direction === 'incoming') {
      return [
        column('registeredAt', t('books.incoming.registeredAt'), '104px', (row) => formatInstantDay(row.registeredAt)),
        column('number', t('books.incoming.number'), '64px', (row) => row.number),
        column('agencyName', t('books.incoming.agencyName'), 'minmax(120px, 1.2fr)', (row) => (
          <span className={styles.long}>{row.agencyName}</span>
        )),
        column('codeText', t('books.incoming.codeText'), '150px', (row) => row.codeText),
        column('date', t('books.incoming.date'), '104px', date),
        column('abstract', t('books.incoming.abstract'), 'minmax(168px, 2.4fr)', abstract),
        column('goesTo', t('books.incoming.goesTo'), 'minmax(110px, 1fr)', goesTo),
        column('received', t('books.incoming.received'), '64px', blank),
        column('signed', t('books.incoming.signed'), '60px', blank),
        column('note', t('books.incoming.note'), '68px', note),
      ];
    }
    return [
      column('codeText', t('books.outgoing.codeText'), '150px', (row) => row.codeText),
      column('date', t('books.outgoing.date'), '104px', date),
      column('abstract', t('books.outgoing.abstract'), 'minmax(168px, 2.4fr)', abstract),
      column('signerName', t('books.outgoing.signerName'), '112px', (row) => row.signerName),
      column('goesTo', t('books.outgoing.goesTo'), 'minmax(116px, 1.4fr)', goesTo),
      column('keeper', t('books.outgoing.keeper'), '96px', blank),
      column('copies', t('books.outgoing.copies'), '64px', blank),
      column('sentOn', t('books.outgoing.sentOn'), '64px', blank),
      column('signed', t('books.outgoing.signed'), '60px', blank),
      column('note', t('books.outgoing.note'), '68px', note),
    ];
  }, [direction, t]);
}
