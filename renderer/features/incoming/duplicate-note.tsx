import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { Note } from '../document/note.tsx';

interface DuplicateNoteProps {
  readonly duplicate: IncomingDetail['duplicates'][number];
  /** Makes this document one with the one that came on paper. */
  readonly join: ReactNode;
}

/** Says which registered document looks like this one. */
export function DuplicateNote({ duplicate, join }: DuplicateNoteProps) {
  const { t } = useTranslation();
  const { arrivalNumber: number, codeText: code, date } = duplicate;
  return (
    <Note title={t('incoming.register.duplicateTitle')} action={duplicate.onPaper ? join : undefined}>
      {date === null
        ? t('incoming.register.duplicateUndated', { number, code })
        : t('incoming.register.duplicate', { number, code, date: formatVnDate(date) })}
    </Note>
  );
}
