import type { ComponentProps, ReactNode, Ref } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import { ariaShortcut } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';
import styles from './button.module.css';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'className'> {
  readonly children?: ReactNode;
  /** `main`: the one next thing to do on a screen. `danger`: ends what cannot be undone, only inside a dialog. */
  readonly variant?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  /** The key that does the same; shown, not bound (useShortcut binds). */
  readonly kbd?: Shortcut;
  /** Under way: keeps its place and focus, takes no further press. */
  readonly busy?: boolean;
  /** Name of a button that shows only an icon. */
  readonly label?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant = 'plain', icon, kbd, busy = false, label, children, onClick, ...rest }: ButtonProps) {
  const hasText = children !== undefined && children !== null;
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.button, styles[variant], busy && styles.busy, !hasText && styles.iconOnly)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-label={label}
      title={hasText ? rest.title : (rest.title ?? label)}
      aria-keyshortcuts={kbd ? ariaShortcut(kbd) : undefined}
      onClick={busy ? undefined : onClick}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
      {kbd ? <Kbd keys={kbd} /> : null}
    </button>
  );
}
