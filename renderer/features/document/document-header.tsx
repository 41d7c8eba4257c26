import type { ReactNode } from 'react';
import styles from './document-header.module.css';

interface DocumentHeaderProps {
  /** Deadline, urgency, state. */
  readonly tags: ReactNode;
  readonly title: string;
  /** Parts of the line under the title, set apart by dots; empty ones are left out. */
  readonly facts: readonly (string | null)[];
  /** Buttons: the main one first. */
  readonly actions: ReactNode;
  /** Short words opposite the buttons, in a wide window. */
  readonly aside?: ReactNode;
}

/** The head of the document pane: what it is, how urgent, and what to do next. */
export function DocumentHeader({ tags, title, facts, actions, aside }: DocumentHeaderProps) {
  const line = facts.filter((fact) => fact !== null && fact !== '').join(' · ');
  return (
    <header className={styles.header}>
      <div className={styles.head}>
        <div className={styles.tags} data-testid="document-tags">
          {tags}
        </div>
        <h2 title={title}>{title}</h2>
      </div>
      <p title={line}>{line}</p>
      <div className={styles.actions}>
        {actions}
        {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
      </div>
    </header>
  );
}
