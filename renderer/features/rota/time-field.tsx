import { useId } from 'react';
import { classNames } from '../../components/class-names.ts';
import fieldStyles from '../../components/field.module.css';
import { readTime } from './rota-draft.ts';
import { useRota } from './rota-form.ts';

interface TimeFieldProps {
  readonly label: string;
  /** Its name among the draft's faults. What is wrong is written under the row. */
  readonly field: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A time of day as typed text; tidied up when it is left. */
export function TimeField({ label, field, value, onChange }: TimeFieldProps) {
  const id = useId();
  const { faultOf, leave } = useRota();
  const wrong = faultOf(field) !== null;
  return (
    <div>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={classNames(fieldStyles.control, wrong && fieldStyles.wrong)}
        type="text"
        inputMode="numeric"
        maxLength={8}
        autoComplete="off"
        aria-invalid={wrong || undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => {
          const time = readTime(value);
          if (time !== null && time !== value) onChange(time);
          leave(field);
        }}
      />
    </div>
  );
}
