import { useId, useRef } from 'react';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';
import { rovingIndex } from './roving.ts';
import styles from './menu.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
  readonly disabled?: boolean;
  readonly danger?: boolean;
}

interface MenuProps {
  readonly label: string;
  /** With an icon the label is the button's name and is not shown. */
  readonly icon?: IconName;
  readonly items: readonly MenuItem[];
  readonly variant?: 'plain' | 'quiet';
}

/** A button with a list of commands. */
export function Menu({ label, icon, items, variant = 'plain' }: MenuProps) {
  const id = useId();
  const anchor = `--${id.replace(/[^a-z0-9]/giu, '')}`;
  const list = useRef<HTMLDivElement>(null);
  const focusItem = (index: number) => list.current?.querySelectorAll<HTMLElement>('[role=menuitem]')[index]?.focus();
  return (
    <>
      <Button
        variant={variant}
        aria-haspopup="menu"
        popoverTarget={id}
        style={{ anchorName: anchor }}
        {...(icon ? { icon, label } : {})}
      >
        {icon ? undefined : label}
      </Button>
      <div
        ref={list}
        id={id}
        role="menu"
        aria-label={label}
        popover="auto"
        className={styles.menu}
        style={{ positionAnchor: anchor }}
        onToggle={(event) => {
          if (event.newState === 'open') focusItem(0);
        }}
        onKeyDown={(event) => {
          const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
          const next = rovingIndex(
            event.key,
            all.findIndex((item) => item === document.activeElement),
            all.length,
            'column',
          );
          if (next !== null) {
            event.preventDefault();
            focusItem(next);
          } else if (event.key === 'Tab') {
            list.current?.hidePopover();
          }
        }}
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-disabled={item.disabled || undefined}
            className={styles.item}
            data-danger={item.danger || undefined}
            onClick={() => {
              if (item.disabled) return;
              list.current?.hidePopover();
              item.run();
            }}
          >
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}
