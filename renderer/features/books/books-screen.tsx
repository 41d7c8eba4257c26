import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Book } from '#shared/contract/books.ts';
import { useCall } from '../../api/use-call.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Select } from '../../components/select.tsx';
import { Button } from '../../components/button.tsx';
import { RegisterPaperDialog } from '../incoming/register-paper-dialog.tsx';
import { BookTable } from './book-table.tsx';
import styles from './books.module.css';

interface BooksScreenProps {
  readonly onOpen: (direction: Book['direction'], documentId: string) => void;
}

const keyOf = (book: Book) => `${book.id} ${book.year}`;

/** The registers as the decree prints them, to read; what came on paper is entered here. */
export function BooksScreen({ onOpen }: BooksScreenProps) {
  const { t } = useTranslation();
  const list = useCall('books.list', {});
  const [chosen, setChosen] = useState<string | null>(null);
  const [onPaper, setOnPaper] = useState(false);
  const books = useMemo(
    () => (list.data?.books ?? []).toSorted((a, b) => b.year - a.year || a.direction.localeCompare(b.direction)),
    [list.data],
  );
  const book = books.find((each) => keyOf(each) === chosen) ?? books[0];
  const direction = book?.direction;
  const open = useCallback(
    (documentId: string) => {
      if (direction) onOpen(direction, documentId);
    },
    [direction, onOpen],
  );
  return (
    <section className={styles.screen} aria-label={t('frame.books')}>
      <div className={styles.bar}>
        <h1>{t('frame.books')}</h1>
        {book ? (
          <div className={styles.choose}>
            <Select
              label={t('books.choose')}
              value={keyOf(book)}
              options={books.map((each) => ({
                value: keyOf(each),
                label: t('books.book', { name: each.name, year: each.year }),
              }))}
              onChange={setChosen}
            />
          </div>
        ) : null}
        {direction === 'incoming' ? <Button onClick={() => setOnPaper(true)}>{t('paper.register')}</Button> : null}
      </div>
      {onPaper ? <RegisterPaperDialog onClose={() => setOnPaper(false)} /> : null}
      {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data && !book ? <EmptyState icon="book" title={t('books.none')} text={t('books.noneText')} /> : null}
      {book ? <BookTable key={keyOf(book)} book={book} onOpen={open} /> : null}
    </section>
  );
}
