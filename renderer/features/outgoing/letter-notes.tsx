import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Note } from '../document/note.tsx';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { nameField } from '../document/name-field.ts';
import { shownDifference } from '../document/shown-difference.ts';
import { offersOf, type LetterForm } from './letter-form.ts';
import styles from './letter-notes.module.css';
import { MendedNote } from './mended-note.tsx';
import type { UnsavedLetter } from './unsaved-letters.ts';
import { ReturnedNote } from './returned-note.tsx';

interface LetterNotesProps {
  readonly letter: UnsavedLetter;
  /** The register holds a newer draft than the one that is being edited. */
  readonly stale: boolean;
  /** Throws the letter away, after a question. */
  readonly onDrop: () => void;
  /** Why the draft was sent back, and by whom. */
  readonly returned: OutgoingDetail['returned'];
  /** Takes what another file says. */
  readonly onTake: (part: Partial<LetterForm>) => void;
  /** Leaves everything as it was typed. */
  readonly onKeep: () => void;
  /** Shows the picked file, when another had to be made of it. */
  readonly onOriginal: () => void;
}

/** What the clerk should know before she trusts the form. */
export function LetterNotes({ letter, stale, onDrop, returned, onTake, onKeep, onOriginal }: LetterNotesProps) {
  const { t } = useTranslation();
  const { proposal } = letter;
  const offers = letter.replaced === 'offers' && proposal !== null ? offersOf(proposal, letter.form) : [];
  return (
    <>
      <ReturnedNote returned={returned} />
      <MendedNote mended={letter.mended ?? null} onOriginal={onOriginal} />
      {offers.length > 0 && (
        <section className={styles.offers} aria-label={t('outgoing.files.offers')}>
          <div className={styles.head}>
            <b>{t('outgoing.files.offersTitle', { count: offers.length })}</b>
            <Button
              variant="quiet"
              onClick={() => onTake(Object.fromEntries(offers.map(({ name, value }) => [name, value])))}
            >
              {t('outgoing.files.takeAll')}
            </Button>
            <Button variant="quiet" onClick={onKeep}>
              {t('outgoing.files.keepTyped')}
            </Button>
          </div>
          <ul>
            {offers.map(({ name, value }) => (
              <li key={name}>
                <span>
                  {nameField(t, 'outgoing', name)}: <q>{shownOffer(value)}</q>
                </span>
                <Button
                  variant="quiet"
                  label={t('outgoing.files.takeFor', { field: nameField(t, 'outgoing', name) })}
                  onClick={() => onTake({ [name]: value })}
                >
                  {t('outgoing.files.take')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {letter.otherAgency !== null && (
        <Note
          title={t('outgoing.form.notes.otherTitle', { agency: letter.otherAgency })}
          action={<Button onClick={onDrop}>{t('outgoing.form.notes.otherDrop')}</Button>}
        >
          {t('outgoing.form.notes.other')}
        </Note>
      )}
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

/** A day as it is written, several lines as one. */
const shownOffer = (value: string): string => shownDifference(value.replaceAll('\n', '; '));
