import { useTranslation } from 'react-i18next';
import { Note } from '../document/note.tsx';
import type { UnsavedLetter } from './unsaved-letters.ts';

interface LetterNotesProps {
  readonly letter: UnsavedLetter;
  /** The register holds a newer draft than the one that is being edited. */
  readonly stale: boolean;
}

/** What the clerk should know before she trusts the form. */
export function LetterNotes({ letter, stale }: LetterNotesProps) {
  const { t } = useTranslation();
  const { proposal } = letter;
  return (
    <>
      {proposal !== null && !proposal.textFound && (
        <Note title={t('outgoing.form.notes.scanTitle')}>{t('outgoing.form.notes.scan')}</Note>
      )}
      {proposal !== null && proposal.legacyEncoding !== null && (
        <Note title={t('outgoing.form.notes.legacyTitle', { encoding: proposal.legacyEncoding })}>
          {t('outgoing.form.notes.legacy')}
        </Note>
      )}
      {stale && <Note title={t('outgoing.form.staleTitle')}>{t('outgoing.form.stale')}</Note>}
    </>
  );
}
