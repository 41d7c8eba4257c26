import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { Note } from '../document/note.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import styles from './unsure-books.module.css';

type Unsure = CallOutput<'books.unsure'>['books'][number];

/** After a restore that does not know all numbers: no book gives one until somebody has said which was its last. */
export function UnsureBooks() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const asked = useCall('books.unsure', {});
  const unsure = asked.data;
  if (unsure === undefined || unsure.copiedAt === null || unsure.books.length === 0) return null;
  const copied = formatDateTime(unsure.copiedAt);
  const open = (): void => {
    setIsOpen(true);
    // The exchange may have told more meanwhile.
    void asked.refetch();
  };
  return (
    <>
      <Note
        title={t('books.unsure.title', { copied })}
        action={<Button onClick={open}>{t('books.unsure.open')}</Button>}
      >
        {t('books.unsure.text')}
      </Note>
      {isOpen && (
        <Dialog
          width="wide"
          title={t('books.unsure.dialogTitle')}
          consequence={t('books.unsure.consequence', { copied })}
          closeLabel={t('books.unsure.later')}
          onClose={() => setIsOpen(false)}
        >
          <ul className={styles.books}>
            {unsure.books.map((book) => (
              <UnsureBook key={`${book.bookId} ${book.year}`} book={book} />
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}

function UnsureBook({ book }: { readonly book: Unsure }) {
  const { t } = useTranslation();
  const confirm = useCommand('books.confirmLast');
  const { bookId, year, name, last, seen } = book;
  const { values, change, forget, endsForm } = useKeptForm('last-number', `${bookId} ${year}`, {
    text: String(Math.max(last, seen?.number ?? 0)),
  });
  const typed = values.text.trim();
  const number = /^\d{1,7}$/u.test(typed) ? Number(typed) : null;
  const words = { name, year };
  const run = async (): Promise<void> => {
    if (number === null) return;
    const outcome = await confirm.run({ bookId, year, last: number, endsForm });
    if (outcome.ok) forget();
  };
  return (
    <li>
      <div className={styles.what}>
        <b>{t('books.unsure.book', words)}</b>
        <span>{last === 0 ? t('books.unsure.none') : t('books.unsure.known', { last: formatNumber(last) })}</span>
        {seen !== null && seen.number > last ? <span>{t('books.unsure.seen', { code: seen.codeText })}</span> : null}
      </div>
      <TextField
        label={t('books.unsure.last', words)}
        value={values.text}
        onChange={(text) => change({ text })}
        maxLength={7}
        error={number === null || number < last ? t('books.unsure.atLeast', { last }) : null}
      />
      <Button busy={confirm.busy} disabled={number === null || number < last} onClick={() => void run()}>
        {number !== null && number > last
          ? t('books.unsure.confirmVoid', { count: number - last })
          : t('books.unsure.confirm')}
      </Button>
      {confirm.failure === null ? null : <ErrorNote failure={confirm.failure} />}
    </li>
  );
}
