import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { comparableCode } from '#shared/domain/notation.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { linesOf } from '../document/form-values.ts';
import type { LetterForm } from './letter-form.ts';
import styles from './notation-proposal.module.css';

interface NotationProposalProps {
  readonly form: Pick<LetterForm, 'documentType' | 'recipientLines' | 'notation'>;
  readonly onChange: (part: Partial<LetterForm>) => void;
}

const SHOWN = 6;

/**
 * The notation that the office's templates make for the drafting unit: put into an empty field once, else said where what
 * stands there follows none of them. Nothing where the office has no templates.
 */
export function NotationProposal({ form, onChange }: NotationProposalProps) {
  const { t } = useTranslation();
  const { documentType, notation } = form;
  const recipientLines = linesOf(form.recipientLines);
  const asked = useCall(
    'outgoing.notations',
    { documentType, recipientLines: [...recipientLines] },
    { keepPrevious: true },
  );
  const proposed = asked.isPlaceholderData ? null : (asked.data?.proposed ?? null);
  const filled = useRef<string | null>(null);
  useEffect(() => {
    // A field that was emptied stays empty; one that still holds the last proposal follows the next.
    if (proposed === null || proposed === filled.current) return;
    if (notation !== '' && notation !== filled.current) return;
    filled.current = proposed;
    onChange({ notation: proposed });
  }, [proposed, notation, onChange]);

  const choices = asked.data?.choices ?? [];
  const same = (other: string) => comparableCode(other) === comparableCode(notation);
  if (
    choices.length === 0 ||
    choices.some((choice) => same(choice.notation)) ||
    (proposed !== null && same(proposed))
  ) {
    return null;
  }
  const offered = [
    ...choices.filter((choice) => choice.notation === proposed),
    ...choices.filter((choice) => choice.notation !== proposed),
  ].slice(0, SHOWN);
  return (
    <div className={styles.proposal} role="group" aria-label={t('outgoing.notation.byTemplate')}>
      <span>{t(notation === '' ? 'outgoing.notation.byTemplate' : 'outgoing.notation.otherThanTemplate')}</span>
      {offered.map((choice) => (
        <Button
          key={choice.notation}
          variant="quiet"
          {...(choice.units.length === 0 ? {} : { title: choice.units.join(', ') })}
          onClick={() => onChange({ notation: choice.notation })}
        >
          {choice.notation}
        </Button>
      ))}
    </div>
  );
}
