import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { Note } from '../document/note.tsx';

interface DuplicateNoteProps {
  readonly duplicate: IncomingDetail['duplicates'][number];
  /** Makes the two one; nothing where they stay two. */
  readonly join: ReactNode;
}

/** Says which document looks like this one. */
export function DuplicateNote({ duplicate, join }: DuplicateNoteProps) {
  const { t } = useTranslation();
  const { arrivalNumber: number, codeText, date } = duplicate;
  const code = codeText || t('list.noCode');
  const why = t(duplicate.sameFile ? 'incoming.register.sameFile' : 'incoming.register.sameSender');
  return (
    <Note
      title={t(number === null ? 'incoming.register.duplicateWaits' : 'incoming.register.duplicateTitle')}
      action={join}
    >
      {number === null
        ? date === null
          ? t('incoming.register.waitsUndated', { code, why })
          : t('incoming.register.waits', { code, date: formatVnDate(date), why })
        : date === null
          ? t('incoming.register.duplicateUndated', { number, code, why })
          : t('incoming.register.duplicate', { number, code, date: formatVnDate(date), why })}
    </Note>
  );
}
