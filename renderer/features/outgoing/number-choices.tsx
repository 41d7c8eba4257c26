import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReservedNumber } from '#shared/contract/books.ts';
import type { NumberChoice } from '#shared/contract/outgoing.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { Button } from '../../components/button.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { TextField } from '../../components/text-field.tsx';

interface NumberChoicesProps {
  /** The one after the last. */
  readonly next: number;
  readonly reserved: readonly ReservedNumber[];
  /** Null while a number beside another is wanted and that one is not typed. */
  readonly onChange: (choice: NumberChoice | null) => void;
}

const MAX_DIGITS = 7;

/** Another number than the next: one that was kept, or one beside a number. Out of the way until it is wanted. */
export function NumberChoices({ next, reserved, onChange }: NumberChoicesProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(reserved.length > 0);
  const [chosen, setChosen] = useState('next');
  const [beside, setBeside] = useState('');
  if (!open) {
    return (
      <div>
        <Button variant="quiet" onClick={() => setOpen(true)}>
          {t('outgoing.number.other')}
        </Button>
      </div>
    );
  }

  const keyOf = ({ number, suffix }: ReservedNumber) => formatNumber(number, suffix);
  const choiceOf = (value: string, typed: string): NumberChoice | null => {
    if (value === 'next') return { kind: 'next' };
    const kept = reserved.find((each) => keyOf(each) === value);
    if (kept !== undefined) return { kind: 'reserved', number: kept.number, suffix: kept.suffix };
    const number = /^\d+$/u.test(typed.trim()) ? Number(typed.trim()) : 0;
    return number > 0 ? { kind: 'beside', number } : null;
  };
  const choose = (value: string, typed = beside): void => {
    setChosen(value);
    setBeside(typed);
    onChange(choiceOf(value, typed));
  };
  return (
    <RadioGroup
      legend={t('outgoing.number.which')}
      value={chosen}
      onChange={(value) => choose(value)}
      options={[
        { value: 'next', label: t('outgoing.number.takeNext', { number: formatNumber(next) }) },
        ...reserved.map((kept) => ({
          value: keyOf(kept),
          label: t('outgoing.number.takeReserved', { number: keyOf(kept), for: kept.reservedFor }),
          more: t('outgoing.number.keptOn', { day: formatInstantDay(kept.reservedAt), person: kept.personName }),
        })),
        {
          value: 'beside',
          label: t('outgoing.number.takeBeside'),
          more:
            chosen === 'beside' ? (
              <TextField
                label={t('outgoing.number.besideNumber')}
                help={t('outgoing.number.besideHelp')}
                value={beside}
                onChange={(text) => choose('beside', text)}
                maxLength={MAX_DIGITS}
                autoFocus
              />
            ) : undefined,
        },
      ]}
    />
  );
}
