import type { ReactNode } from 'react';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import styles from './note.module.css';

interface NoteProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly icon?: IconName;
  /** `plain` tells, `warn` asks for care. */
  readonly tone?: 'plain' | 'warn';
  /** A button at the end of the line. */
  readonly action?: ReactNode;
}

/** A line across a form or pane that says something about it; not an error. */
export function Note({ title, children, icon, tone = 'warn', action }: NoteProps) {
  return (
    <div role="note" className={styles.note} data-tone={tone}>
      <Icon name={icon ?? (tone === 'warn' ? 'warning' : 'info')} />
      <p>
        <b>{title}</b> {children}
      </p>
      {action}
    </div>
  );
}
