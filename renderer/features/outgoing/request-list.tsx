import type { ReactNode } from 'react';
import { classNames } from '../../components/class-names.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import styles from './request-list.module.css';

interface RequestListProps {
  readonly tone: 'urgent' | 'warn';
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
  /** What stands over it all, as a dialog does. */
  readonly dialog: ReactNode;
}

/** What recipients want of the sender's clerk, above the letter: whom, why, and the one thing to do about each. */
export function RequestList({ tone, icon, title, hint, children, dialog }: RequestListProps) {
  return (
    <section className={classNames(styles.list, styles[tone])} aria-label={title}>
      <p className={styles.head}>
        <Icon name={icon} />
        <b>{title}</b> <span>{hint}</span>
      </p>
      <ul>{children}</ul>
      {dialog}
    </section>
  );
}

interface RequestRowProps {
  readonly name: string;
  readonly why: string;
  /** A number, an hour: what it is about. */
  readonly fact: ReactNode;
  readonly note: string | null;
  /** The button. */
  readonly children: ReactNode;
}

export function RequestRow({ name, why, fact, note, children }: RequestRowProps) {
  return (
    <li>
      <div className={styles.who}>
        <b>{name}</b>
        <span>{why}</span>
      </div>
      <div className={styles.fact}>
        <b>{fact}</b>
        {note === null ? null : <span>{note}</span>}
      </div>
      {children}
    </li>
  );
}
