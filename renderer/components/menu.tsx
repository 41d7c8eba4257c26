import { useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';
import { MenuList, type MenuItem } from './menu-list.tsx';
import styles from './menu.module.css';

interface MenuProps {
  readonly label: string;
  /** With an icon the label is the button's name and is not shown. */
  readonly icon?: IconName;
  readonly items: readonly MenuItem[];
  readonly variant?: 'plain' | 'quiet';
}

/**
 * A button with a list of commands. The list moves the focus and hears the keys; the browser's own popover places it,
 * over an open dialog too, closes it and gives the focus back.
 */
export function Menu({ label, icon, items, variant = 'plain' }: MenuProps) {
  const id = useId();
  const anchor = `--${id.replace(/[^a-z0-9]/giu, '')}`;
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => popover.current?.hidePopover();
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
        ref={popover}
        id={id}
        popover="auto"
        className={styles.popover}
        style={{ positionAnchor: anchor }}
        // After it is shown: what is not shown yet takes no focus.
        onToggle={(event) => setOpen(event.newState === 'open')}
        onKeyDown={(event) => {
          if (event.key === 'Tab') close();
        }}
      >
        {open ? <MenuList label={label} items={items} onClose={close} /> : null}
      </div>
    </>
  );
}
