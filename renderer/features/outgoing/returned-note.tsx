import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { Note } from '../document/note.tsx';

/** Who sent the letter back and why, above it; nothing where nobody did. */
export function ReturnedNote({ returned }: Pick<OutgoingDetail, 'returned'>) {
  const { t } = useTranslation();
  if (returned === null) return null;
  const { by, reason } = returned;
  return (
    <Note title={by === '' ? t('outgoing.sendBack.noteTitleUnnamed') : t('outgoing.sendBack.noteTitle', { name: by })}>
      {reason}
    </Note>
  );
}
