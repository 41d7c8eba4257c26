import { useTranslation } from 'react-i18next';
import { TextField } from '../../components/text-field.tsx';
import { isPosition } from './position.ts';

interface PositionFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Where a unit or a person stands in its list. */
export function PositionField({ value, onChange }: PositionFieldProps) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('people.position')}
      help={t('people.positionHelp')}
      value={value}
      onChange={onChange}
      maxLength={4}
      {...(isPosition(value) ? {} : { error: t('people.positionWrong') })}
    />
  );
}
