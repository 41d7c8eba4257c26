import { useId, type ReactNode } from 'react';
import styles from './radio-group.module.css';

interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** A sentence under the label, or the field that the choice needs. */
  readonly more?: ReactNode;
}

interface RadioGroupProps<Value extends string> {
  readonly legend: string;
  readonly options: readonly RadioOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few, all of them seen at once. */
export function RadioGroup<Value extends string>({ legend, options, value, onChange }: RadioGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <div key={option.value} className={styles.option}>
          <label>
            <input
              type="radio"
              name={name}
              aria-label={option.label}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className={styles.label}>{option.label}</span>
          </label>
          {option.more === undefined ? null : <div className={styles.more}>{option.more}</div>}
        </div>
      ))}
    </fieldset>
  );
}
