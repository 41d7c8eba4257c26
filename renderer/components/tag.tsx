import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import styles from './tag.module.css';

export type Tone = 'urgent' | 'warn' | 'good' | 'plain';

interface TagProps {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

export function Tag({ tone = 'plain', icon, children }: TagProps) {
  return (
    <span className={classNames(styles.tag, styles[tone])}>
      {icon ? <Icon name={icon} size={13} /> : null}
      <span className={styles.text}>{children}</span>
    </span>
  );
}
