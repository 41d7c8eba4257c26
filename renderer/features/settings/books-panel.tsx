import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Book } from '#shared/contract/books.ts';
import { formatInstantDay, vietnamYear } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Tag } from '../../components/tag.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { BookDialog } from './book-dialog.tsx';
import { BookStart } from './book-starts.tsx';
import { Panel } from './panel.tsx';
import { useBookStarts } from './use-book-starts.ts';
import styles from './settings.module.css';

/** Which books there are, what each takes, and which years are closed. */
export function BooksPanel() {
  const { t } = useTranslation();
  const list = useCall('books.list', {});
  const starts = useBookStarts();
  const [edited, setEdited] = useState<Book | 'new' | null>(null);
  const books = list.data?.books ?? [];
  const thisYear = vietnamYear(useNow());
  const newest = Math.max(...books.map((book) => book.year));
  const past = books.filter(({ year }) => year < thisYear);
  return (
    <>
      <Panel title={t('settings.books.title')} text={t('settings.books.text')}>
        {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
        <ul className={styles.cards}>
          {books
            .filter(({ year }) => year === newest)
            .map((book) => (
              <BookCard key={book.id} book={book} onEdit={() => setEdited(book)}>
                {book.active && book.last === book.startedFrom ? <BookStart book={book} starts={starts} /> : null}
              </BookCard>
            ))}
        </ul>
        <div>
          <Button onClick={() => setEdited('new')}>{t('settings.books.add')}</Button>
        </div>
      </Panel>
      {past.length === 0 ? null : (
        <Panel title={t('settings.books.years')} text={t('settings.books.yearsText')}>
          <ul className={styles.cards}>
            {past.map((book) => (
              <YearCard key={`${book.id} ${book.year}`} book={book} />
            ))}
          </ul>
        </Panel>
      )}
      {edited === null ? null : <BookDialog book={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

interface BookCardProps {
  readonly book: Book;
  readonly onEdit: () => void;
  readonly children: ReactNode;
}

function BookCard({ book, onEdit, children }: BookCardProps) {
  const { t, i18n } = useTranslation();
  const setActive = useCommand('books.setActive');
  const { name, documentTypes, active, reserved } = book;
  const isCommon = documentTypes.length === 0;
  return (
    <li className={styles.card}>
      <div className={styles.cardText}>
        <p className={styles.cardTitle}>
          {t('settings.books.name', { name, year: book.year })}{' '}
          {active ? null : <Tag>{t('settings.books.inactive')}</Tag>}
        </p>
        <p className={styles.soft}>{isCommon ? t('settings.books.common') : documentTypes.join(', ')}</p>
        <p className={styles.soft}>
          {t('settings.books.next', { number: formatNumber(book.last + 1, i18n.language) })}
          {reserved === 0 ? null : ` · ${t('settings.books.reserved', { count: reserved })}`}
        </p>
        <div className={styles.inline}>
          <Button label={t('settings.books.editOf', { name })} onClick={onEdit}>
            {t('settings.books.edit')}
          </Button>
          {isCommon ? null : (
            <Button
              variant="quiet"
              label={t(active ? 'settings.books.stopOf' : 'settings.books.resumeOf', { name })}
              busy={setActive.busy}
              onClick={() => void setActive.run({ bookId: book.id, active: !active })}
            >
              {t(active ? 'settings.books.stop' : 'settings.books.resume')}
            </Button>
          )}
        </div>
        {setActive.failure === null ? null : <ErrorNote failure={setActive.failure} />}
        {children}
      </div>
    </li>
  );
}

function YearCard({ book }: { readonly book: Book }) {
  const { t, i18n } = useTranslation();
  const close = useCommand('books.closeYear');
  const reopen = useCommand('books.reopenYear');
  const { id: bookId, year, name, closedAt } = book;
  const failure = close.failure ?? reopen.failure;
  return (
    <li className={styles.card}>
      <div className={styles.cardText}>
        <p className={styles.cardTitle}>{t('settings.books.name', { name, year })}</p>
        <p className={styles.soft}>
          {t('settings.books.lastGiven', { number: formatNumber(book.last, i18n.language) })}
          {book.reserved === 0 ? null : ` · ${t('settings.books.reserved', { count: book.reserved })}`}
          {closedAt === null ? null : ` · ${t('settings.books.closed', { day: formatInstantDay(closedAt) })}`}
        </p>
        <div className={styles.inline}>
          {closedAt === null ? (
            <Button
              label={t('settings.books.closeOf', { name, year })}
              busy={close.busy}
              onClick={() => void close.run({ bookId, year })}
            >
              {t('settings.books.close')}
            </Button>
          ) : (
            <Button
              variant="quiet"
              label={t('settings.books.reopenOf', { name, year })}
              busy={reopen.busy}
              onClick={() => void reopen.run({ bookId, year })}
            >
              {t('settings.books.reopen')}
            </Button>
          )}
        </div>
        {failure === null ? null : <ErrorNote failure={failure} />}
      </div>
    </li>
  );
}
