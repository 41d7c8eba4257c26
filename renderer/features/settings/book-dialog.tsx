import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Book } from '#shared/contract/books.ts';
import { directions, type Direction } from '#shared/domain/direction.ts';
import { allDocumentTypes } from '#shared/domain/document-types.ts';
import { useCommand } from '../../api/use-command.ts';
import { CheckBox } from '../../components/check-box.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { TextField } from '../../components/text-field.tsx';
import styles from './settings.module.css';

interface BookDialogProps {
  /** Null for a book that is still to be made. */
  readonly book: Book | null;
  readonly onClose: () => void;
}

/** Name and types of a book. The common one has no types: it takes what no other does. */
export function BookDialog({ book, onClose }: BookDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const create = useCommand('books.create');
  const change = useCommand('books.change');
  const [direction, setDirection] = useState<Direction>(book?.direction ?? 'outgoing');
  const [name, setName] = useState(book?.name ?? '');
  const [types, setTypes] = useState<readonly string[]>(book?.documentTypes ?? []);
  const isCommon = book !== null && book.documentTypes.length === 0;
  const failure = create.failure ?? change.failure;

  const run = async (): Promise<void> => {
    const choice = { name, documentTypes: [...types] };
    const outcome =
      book === null ? await create.run({ direction, ...choice }) : await change.run({ bookId: book.id, ...choice });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('settings.books.kept', { name }) });
    onClose();
  };

  return (
    <Dialog
      title={book === null ? t('settings.books.addTitle') : t('settings.books.editTitle', { name: book.name })}
      consequence={t(isCommon ? 'settings.books.commonText' : 'settings.books.typesText')}
      width="wide"
      action={{
        label: t('settings.books.keep'),
        run: () => void run(),
        busy: create.busy || change.busy,
        disabled: name.trim() === '' || (!isCommon && types.length === 0),
      }}
      onClose={onClose}
    >
      {book === null ? (
        <RadioGroup
          legend={t('settings.books.direction')}
          value={direction}
          onChange={setDirection}
          options={directions.map((value) => ({ value, label: t(`settings.books.directions.${value}`) }))}
        />
      ) : null}
      <TextField
        label={t('settings.books.bookName')}
        value={name}
        onChange={setName}
        maxLength={200}
        required
        autoFocus
      />
      {isCommon ? null : (
        <div className={styles.typeGrid} role="group" aria-label={t('settings.books.types')}>
          {allDocumentTypes.map((type) => (
            <div key={type.name}>
              <CheckBox
                label={type.name}
                checked={types.includes(type.name)}
                onChange={(checked) =>
                  setTypes(checked ? [...types, type.name] : types.filter((each) => each !== type.name))
                }
              />
            </div>
          ))}
        </div>
      )}
      {failure === null ? null : <ErrorNote failure={failure} />}
    </Dialog>
  );
}
