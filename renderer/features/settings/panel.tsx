import type { ReactNode } from 'react';
import styles from './settings.module.css';

interface PanelProps {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** One group of settings; the same groups make up the first set-up. */
export function Panel({ title, text, children }: PanelProps) {
  return (
    <section className={styles.panel} aria-label={title}>
      <h2>{title}</h2>
      {text === undefined ? null : <p className={styles.lead}>{text}</p>}
      {children}
    </section>
  );
}
