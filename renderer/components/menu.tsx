import { useId, useRef, useState } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem } from 'react-aria-components/Menu';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';
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

/**
 * The library's own first focus takes a key press on a native button for a screen reader's click, waits, and is lost to
 * the list around the item. One function for all renders: the focus is given once, when the item appears.
 */
function focusElement(element: HTMLElement | null): void {
  element?.focus();
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
  const first = items.find((item) => !item.disabled);
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
        {open ? (
          <AriaMenu
            aria-label={label}
            shouldFocusWrap
            className={styles.menu ?? ''}
            onClose={close}
            onAction={(key) => {
              close();
              items.find((item) => item.id === key)?.run();
            }}
          >
            {items.map((item) => (
              <AriaMenuItem
                key={item.id}
                ref={item === first ? focusElement : null}
                id={item.id}
                textValue={item.label}
                isDisabled={item.disabled ?? false}
                className={styles.item ?? ''}
                data-danger={item.danger || undefined}
              >
                {item.label}
              </AriaMenuItem>
            ))}
          </AriaMenu>
        ) : null}
      </div>
    </>
  );
}
