import styles from './check-box.module.css';

interface CheckBoxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly name?: string;
  readonly onFocus?: () => void;
}

/** A yes or no, with its label beside it; a long label goes on in a second line. */
export function CheckBox({ label, checked, onChange, name, onFocus }: CheckBoxProps) {
  return (
    <label className={styles.check} onFocus={onFocus}>
      <input type="checkbox" name={name} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
