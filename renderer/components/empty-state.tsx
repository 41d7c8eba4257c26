import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon?: IconName;
  readonly title: string;
  readonly text?: string;
  /** A button or two. */
  readonly children?: ReactNode;
}

export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {icon ? <Icon name={icon} size={28} /> : null}
      <p className={styles.title}>{title}</p>
      {text === undefined ? null : <p>{text}</p>}
      {children ? <div className={styles.actions}>{children}</div> : null}
    </div>
  );
}
