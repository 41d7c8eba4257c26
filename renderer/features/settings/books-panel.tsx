import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Book } from '#shared/contract/books.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { Panel } from './panel.tsx';
import styles from './settings.module.css';

/** Continues the numbers of a paper book in the middle of a year. */
export function BooksPanel() {
  const { t } = useTranslation();
  const list = useCall('books.list', {});
  const books = list.data?.books ?? [];
  const year = Math.max(...books.map((book) => book.year));
  return (
    <Panel title={t('settings.books.title')} text={t('settings.books.text')}>
      {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
      <ul className={styles.cards}>
        {books
          .filter((book) => book.year === year)
          .map((book) => (
            <BookStart key={`${book.id} ${book.year}`} book={book} />
          ))}
      </ul>
    </Panel>
  );
}

const MAX_LAST = 1_000_000;

function BookStart({ book }: { readonly book: Book }) {
  const { t, i18n } = useTranslation();
  const notify = useNotify();
  const [yearText, setYearText] = useState(String(book.year));
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<'year' | 'last' | null>(null);
  const start = useCommand('books.startFrom');
  const save = async () => {
    const year = /^2\d{3}$/u.test(yearText.trim()) ? Number(yearText.trim()) : null;
    const last = /^\d{1,7}$/u.test(text.trim()) ? Number(text.trim()) : Number.NaN;
    if (year === null || !(last <= MAX_LAST)) {
      setWrong(year === null ? 'year' : 'last');
      return;
    }
    const outcome = await start.run({ bookId: book.id, year, last });
    if (!outcome.ok) return;
    setText('');
    notify({ text: t('settings.books.saved', { number: formatNumber(last + 1, i18n.language) }), tone: 'good' });
  };
  return (
    <li className={styles.card}>
      <div className={styles.cardText}>
        <p className={styles.cardTitle}>{t('settings.books.name', { name: book.name, year: book.year })}</p>
        <p className={styles.soft}>
          {t('settings.books.next', { number: formatNumber(book.last + 1, i18n.language) })}
        </p>
        <form
          className={styles.inline}
          noValidate
          // Enter in a field does nothing: only the button acts.
          onSubmit={(event) => event.preventDefault()}
        >
          <TextField
            label={t('settings.books.year')}
            value={yearText}
            onChange={(value) => {
              setYearText(value);
              setWrong(null);
            }}
            maxLength={4}
            error={wrong === 'year' ? t('settings.books.yearWrong') : null}
          />
          <TextField
            label={t('settings.books.last')}
            value={text}
            onChange={(value) => {
              setText(value);
              setWrong(null);
            }}
            error={wrong === 'last' ? t('settings.books.lastWrong') : null}
          />
          <Button busy={start.busy} disabled={text.trim() === ''} onClick={() => void save()}>
            {t('settings.books.save')}
          </Button>
        </form>
        {start.failure ? <ErrorNote failure={start.failure} /> : null}
      </div>
    </li>
  );
}
