import type { ReactNode } from 'react';
import styles from './check-box.module.css';

interface CheckBoxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly name?: string;
  readonly disabled?: boolean;
  readonly onFocus?: () => void;
}

/** A yes or no, with its label beside it; a long label goes on in a second line. */
export function CheckBox({ label, checked, onChange, name, disabled, onFocus }: CheckBoxProps) {
  return (
    <label className={styles.check} onFocus={onFocus}>
      <input
        type="checkbox"
        name={name}
        disabled={disabled}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
