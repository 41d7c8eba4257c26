import { useTranslation } from 'react-i18next';
import { MAX_PIN, MIN_PIN } from '#shared/domain/pin.ts';
import { TextField } from '../../components/text-field.tsx';

/** A PIN as it is typed, and typed again because it cannot be read. */
export interface NewPin {
  readonly pin: string;
  readonly again: string;
}

export const noPin: NewPin = { pin: '', again: '' };

const isDigits = (text: string): boolean => /^\d+$/u.test(text);

export const isComplete = ({ pin, again }: NewPin): boolean => isDigits(pin) && pin.length >= MIN_PIN && pin === again;

interface NewPinFieldsProps {
  readonly value: NewPin;
  readonly onChange: (value: NewPin) => void;
  /** Nothing else is asked before it. */
  readonly autoFocus?: boolean;
}

export function NewPinFields({ value, onChange, autoFocus = false }: NewPinFieldsProps) {
  const { t } = useTranslation();
  const { pin, again } = value;
  const differs = again !== '' && !pin.startsWith(again);
  return (
    <>
      <TextField
        label={t('people.pinNew')}
        help={t('session.pinHelp', { min: MIN_PIN, max: MAX_PIN })}
        type="password"
        value={pin}
        onChange={(typed) => onChange({ pin: typed, again })}
        maxLength={MAX_PIN}
        autoFocus={autoFocus}
        {...(pin !== '' && !isDigits(pin) ? { error: t('people.pinDigits') } : {})}
      />
      <TextField
        label={t('people.pinAgain')}
        type="password"
        value={again}
        onChange={(typed) => onChange({ pin, again: typed })}
        maxLength={MAX_PIN}
        {...(differs ? { error: t('people.pinDiffers') } : {})}
      />
    </>
  );
}
