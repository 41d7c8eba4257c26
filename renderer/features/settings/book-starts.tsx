import { useTranslation } from 'react-i18next';
import type { Book } from '#shared/contract/books.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { Panel } from './panel.tsx';
import type { BookStartsForm } from './use-book-starts.ts';
import styles from './settings.module.css';

/** Continues the numbers of paper books in the middle of a year: the first step of a new office. */
export function BookStarts({ starts }: { readonly starts: BookStartsForm }) {
  const { t, i18n } = useTranslation();
  const list = useCall('books.list', {});
  return (
    <Panel title={t('settings.books.startTitle')} text={t('settings.books.startText')}>
      {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
      <ul className={styles.cards}>
        {booksOfNow(list.data?.books ?? []).map((book) => (
          <li key={book.id} className={styles.card}>
            <div className={styles.cardText}>
              <p className={styles.cardTitle}>{t('settings.books.name', { name: book.name, year: book.year })}</p>
              <p className={styles.soft}>
                {t('settings.books.next', { number: formatNumber(book.last + 1, i18n.language) })}
              </p>
              <BookStart book={book} starts={starts} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Each book that takes documents, in the newest year. */
export function booksOfNow(books: readonly Book[]): readonly Book[] {
  const year = Math.max(...books.map((book) => book.year));
  return books.filter((book) => book.year === year && book.active);
}

interface BookStartProps {
  readonly book: Book;
  readonly starts: BookStartsForm;
}

/** The last number of the paper book that this one goes on from. */
export function BookStart({ book, starts }: BookStartProps) {
  const { t } = useTranslation();
  const draft = starts.draftOf(book);
  const failure = starts.failureOf(book);
  return (
    <>
      <form
        className={styles.inline}
        noValidate
        // Enter in a field does nothing: only the button acts.
        onSubmit={(event) => event.preventDefault()}
      >
        <TextField
          label={t('settings.books.year')}
          value={draft.year}
          onChange={(year) => starts.type({ ...draft, year, wrong: null })}
          maxLength={4}
          error={draft.wrong === 'year' ? t('settings.books.yearWrong') : null}
        />
        <TextField
          label={t('settings.books.last')}
          value={draft.last}
          onChange={(last) => starts.type({ ...draft, last, wrong: null })}
          error={draft.wrong === 'last' ? t('settings.books.lastWrong') : null}
        />
        <Button busy={starts.busy} disabled={draft.last.trim() === ''} onClick={() => void starts.save(draft)}>
          {t('settings.books.save')}
        </Button>
      </form>
      {failure === null ? null : <ErrorNote failure={failure} />}
    </>
  );
}
