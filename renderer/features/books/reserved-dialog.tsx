import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Book, ReservedNumber } from '#shared/contract/books.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import styles from './reserved-dialog.module.css';

interface ReservedDialogProps {
  readonly book: Book;
  /** Whether it gives numbers now; of an earlier year they can only be dropped. */
  readonly isRunning: boolean;
  readonly onClose: () => void;
}

const MOST = 50;
const emptyRequest = { countText: '1', reservedFor: '' };

/** Keeps the next numbers of a book for letters that are still to come, and drops those that will not be used. */
export function ReservedDialog({ book, isRunning, onClose }: ReservedDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const reserve = useCommand('books.reserve');
  const kept = useCall('books.reserved', { bookId: book.id, year: book.year });
  const { values, change, forget, endsForm } = useKeptForm('reserve', `${book.id} ${book.year}`, emptyRequest);
  const { countText, reservedFor } = values;
  const count = /^\d{1,2}$/u.test(countText.trim()) ? Number(countText.trim()) : 0;
  const isCount = count >= 1 && count <= MOST;

  const run = async (): Promise<void> => {
    const outcome = await reserve.run({ bookId: book.id, count, reservedFor, endsForm });
    if (!outcome.ok) return;
    const { first, last } = outcome.value;
    notify({
      tone: 'good',
      text: describeKept(t, first, last),
    });
    forget();
  };

  return (
    <Dialog
      title={t('books.reserved.title', { name: book.name, year: book.year })}
      consequence={t('books.reserved.text')}
      width="wide"
      {...(isRunning
        ? {
            action: {
              label: isCount ? t('books.reserved.confirm', { count }) : t('books.reserved.keep'),
              run: () => void run(),
              busy: reserve.busy,
              disabled: !isCount || reservedFor.trim() === '',
            },
          }
        : {})}
      closeLabel={t('books.reserved.close')}
      onClose={onClose}
    >
      {isRunning ? (
        <div className={styles.form}>
          <TextField
            label={t('books.reserved.count')}
            value={countText}
            onChange={(text) => change({ countText: text })}
            maxLength={2}
            error={countText.trim() === '' || isCount ? null : t('books.reserved.countWrong', { most: MOST })}
          />
          <TextField
            label={t('books.reserved.for')}
            help={t('books.reserved.forHelp')}
            value={reservedFor}
            onChange={(text) => change({ reservedFor: text })}
            maxLength={200}
            required
            autoFocus
          />
        </div>
      ) : null}
      {reserve.failure === null ? null : <ErrorNote failure={reserve.failure} />}
      {kept.error ? <ErrorNote failure={kept.error} onRetry={() => void kept.refetch()} /> : null}
      {kept.data === undefined || kept.data.numbers.length === 0 ? null : (
        <section aria-label={t('books.reserved.now')}>
          <h3 className={styles.heading}>{t('books.reserved.now')}</h3>
          <ul className={styles.list}>
            {kept.data.numbers.map((number) => (
              <KeptNumber key={formatNumber(number.number, number.suffix)} book={book} kept={number} />
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}

const describeKept = (t: TFunction, first: number, last: number): string =>
  first === last
    ? t('books.reserved.keptOne', { first: formatNumber(first) })
    : t('books.reserved.keptMany', { first: formatNumber(first), last: formatNumber(last) });

function KeptNumber({ book, kept }: { readonly book: Book; readonly kept: ReservedNumber }) {
  const { t } = useTranslation();
  const drop = useCommand('books.dropReserved');
  const [reason, setReason] = useState<string | null>(null);
  const { number, suffix, reservedFor, reservedAt, personName } = kept;
  const shown = formatNumber(number, suffix);
  return (
    <li className={styles.kept}>
      <div className={styles.line}>
        <b>{shown}</b>
        <span className={styles.for}>{reservedFor}</span>
        <span className={styles.soft}>{[formatInstantDay(reservedAt), personName].filter(Boolean).join(' · ')}</span>
        {reason === null ? (
          <Button variant="quiet" label={t('books.reserved.dropOf', { number: shown })} onClick={() => setReason('')}>
            {t('books.reserved.drop')}
          </Button>
        ) : null}
      </div>
      {reason === null ? null : (
        <div className={styles.why}>
          <div className={styles.for}>
            <TextField
              label={t('books.reserved.reasonOf', { number: shown })}
              value={reason}
              onChange={setReason}
              maxLength={200}
              required
              autoFocus
            />
          </div>
          <Button
            busy={drop.busy}
            disabled={reason.trim() === ''}
            onClick={() => void drop.run({ bookId: book.id, year: book.year, number, suffix, reason })}
          >
            {t('books.reserved.dropConfirm', { number: shown })}
          </Button>
        </div>
      )}
      {drop.failure === null ? null : <ErrorNote failure={drop.failure} />}
    </li>
  );
}
