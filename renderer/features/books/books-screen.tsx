import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Book } from '#shared/contract/books.ts';
import { numberStates } from '#shared/domain/book.ts';
import { isFiltered } from '#shared/domain/list-request.ts';
import { vietnamYear } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { useSaveMade } from '../../api/use-save-made.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ScreenFrame } from '../../components/screen-frame.tsx';
import { Select } from '../../components/select.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { Button } from '../../components/button.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { RegisterPaperDialog } from '../incoming/register-paper-dialog.tsx';
import { FilterBar } from '../list/filter-bar.tsx';
import { useListView } from '../list/list-view.ts';
import { BookTable } from './book-table.tsx';
import { PrintPanel } from './print-panel.tsx';
import { ReservedDialog } from './reserved-dialog.tsx';
import styles from './books.module.css';

interface BooksScreenProps {
  /** Key of the book that was chosen; null for the first. */
  readonly chosen: string | null;
  /** The document that is open beside the book. */
  readonly openId: string | null;
  readonly layout: 'lines' | 'table';
  readonly onBook: (key: string) => void;
  readonly onOpen: (key: string, direction: Book['direction'], documentId: string) => void;
}

const keyOf = (book: Book) => `${book.id} ${book.year}`;

/** The registers as the decree prints them, to read; what came on paper is entered here. */
export function BooksScreen({ chosen, openId, layout, onBook, onOpen }: BooksScreenProps) {
  const { t } = useTranslation();
  const list = useCall('books.list', {});
  const thisYear = vietnamYear(useNow());
  const [onPaper, setOnPaper] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const [printing, setPrinting] = useState(false);
  const [showsFilter, setShowsFilter] = useState(false);
  const books = useMemo(
    () => (list.data?.books ?? []).toSorted((a, b) => b.year - a.year || a.direction.localeCompare(b.direction)),
    [list.data],
  );
  const book = books.find((each) => keyOf(each) === chosen) ?? books[0];
  const direction = book?.direction;
  const view = useListView(`books.${direction ?? 'incoming'}`);
  const isFilteredBy = isFiltered(view.filter);
  const isPrintable = book !== undefined && book.last > book.startedFrom;
  const isWhole = openId === null;
  // In the panel the same key prints; where a document is open it prints that.
  useShortcut('Ctrl+P', () => setPrinting(true), isPrintable && !printing && isWhole);
  // Numbers are kept in the running year alone.
  const isRunning = book?.active === true && book.year === thisYear;
  const open = (documentId: string): void => {
    if (book) onOpen(keyOf(book), book.direction, documentId);
  };
  return (
    <ScreenFrame
      title={t('frame.books')}
      beside={
        <>
          {book ? (
            <div className={styles.choose}>
              <Select
                label={t('books.choose')}
                value={keyOf(book)}
                options={books.map((each) => ({
                  value: keyOf(each),
                  label: t('books.book', { name: each.name, year: each.year }),
                }))}
                onChange={onBook}
              />
            </div>
          ) : null}
          {isPrintable ? (
            <Button
              variant="quiet"
              icon="filter"
              label={t('list.filterBy.open')}
              aria-expanded={showsFilter || isFilteredBy}
              onClick={() => setShowsFilter((old) => !(old || isFilteredBy))}
            />
          ) : null}
          {isWhole && book && direction === 'outgoing' && (isRunning || book.reserved > 0) ? (
            <Button onClick={() => setKeeping(true)}>
              {book.reserved === 0 ? t('books.reserved.open') : t('books.reserved.openWith', { count: book.reserved })}
            </Button>
          ) : null}
          {isWhole && isPrintable ? (
            <Button kbd="Ctrl+P" aria-pressed={printing} onClick={() => setPrinting(!printing)}>
              {t('books.print.open')}
            </Button>
          ) : null}
          {isWhole && book && isPrintable ? <ExportButton key={keyOf(book)} book={book} /> : null}
          {isWhole && direction === 'incoming' ? (
            <Button onClick={() => setOnPaper(true)}>{t('paper.register')}</Button>
          ) : null}
        </>
      }
    >
      {keeping && book ? <ReservedDialog book={book} isRunning={isRunning} onClose={() => setKeeping(false)} /> : null}
      {onPaper ? <RegisterPaperDialog onClose={() => setOnPaper(false)} /> : null}
      {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data && !book ? <EmptyState icon="book" title={t('books.none')} text={t('books.noneText')} /> : null}
      {book && isPrintable && (showsFilter || isFilteredBy) ? (
        <FilterBar
          direction={book.direction}
          view={view}
          states={numberStates.map((state) => ({ state, name: t(`books.states.${state}`) }))}
        />
      ) : null}
      {book ? (
        <div className={styles.beside}>
          <div className={styles.table}>
            <BookTable
              key={keyOf(book)}
              book={book}
              filter={view.filter}
              openId={openId}
              layout={layout}
              onOpen={open}
            />
          </div>
          {printing && isPrintable && isWhole ? (
            <PrintPanel key={keyOf(book)} book={book} onClose={() => setPrinting(false)} />
          ) : null}
        </div>
      ) : null}
    </ScreenFrame>
  );
}

/** The whole book of the year for Excel. */
function ExportButton({ book }: { readonly book: Book }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const workbook = useCommand('books.workbook');
  const { save, ...saving } = useSaveMade();
  const failure = workbook.failure ?? saving.failure;
  const run = async (): Promise<void> => {
    const saved = await save(await workbook.run({ bookId: book.id, year: book.year }));
    if (saved) notify({ tone: 'good', text: t('books.saved') });
  };
  return (
    <>
      <Button busy={workbook.busy || saving.busy} onClick={() => void run()}>
        {t('books.excel')}
      </Button>
      {failure === null ? null : <ErrorNote failure={failure} />}
    </>
  );
}
