import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { MendedFrom, StoredFile } from '#shared/contract/common.ts';
import { Button } from '../../components/button.tsx';
import { Note } from '../document/note.tsx';

interface MendedNoteProps {
  /** The file as it was imported; null when it was taken as it is. */
  readonly mended: MendedFrom | null;
  /** Shows the pages of the original, or the place where it can be saved. */
  readonly onOriginal: () => void;
}

/** That the letter's file was mended when it was imported, what was mended, and where the original is. */
export function MendedNote({ mended, onOriginal }: MendedNoteProps) {
  const { t } = useTranslation();
  if (mended === null) return null;
  const what = mended.mends.map((mend) => t(`outgoing.mended.kinds.${mend}`)).join('; ');
  return (
    <Note
      tone="plain"
      title={t('outgoing.mended.title')}
      action={<Button onClick={onOriginal}>{t('outgoing.mended.original')}</Button>}
    >
      {t('outgoing.mended.what', { what })}
    </Note>
  );
}

/** The original of a mended file, among the files of its letter. */
export function originalOf(t: TFunction, file: StoredFile, mended: MendedFrom | null): readonly StoredFile[] {
  if (mended === null) return [];
  const { fileId, size } = mended;
  return [{ fileId, size, name: t('outgoing.mended.name', { name: file.name }), pageCount: file.pageCount }];
}
