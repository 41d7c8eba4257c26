import styles from './progress-line.module.css';

interface ProgressLineProps {
  /** What is under way. */
  readonly label: string;
  /** 0 to 1; left out when the end is not known. */
  readonly value?: number;
}

export function ProgressLine({ label, value }: ProgressLineProps) {
  return (
    <div className={styles.line}>
      <span>{label}</span>
      <progress className={styles.bar} aria-label={label} {...(value === undefined ? {} : { value, max: 1 })} />
    </div>
  );
}
