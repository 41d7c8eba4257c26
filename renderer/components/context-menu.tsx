import { useEffect, useRef } from 'react';
import { MenuList, type MenuItem } from './menu-list.tsx';
import styles from './menu.module.css';

interface ContextMenuProps {
  readonly label: string;
  /** Where it was asked for, in CSS pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/** What can be done with what was pointed at. The browser's popover closes it by a click elsewhere and by Escape. */
export function ContextMenu({ label, at, items, onClose }: ContextMenuProps) {
  const popover = useRef<HTMLDivElement>(null);
  const close = () => popover.current?.hidePopover();
  useEffect(() => {
    const element = popover.current;
    if (element === null) return;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(0, Math.min(at.x, window.innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(0, Math.min(at.y, window.innerHeight - height - 4))}px`;
    element.querySelector<HTMLElement>('[role=menuitem]:not([aria-disabled=true])')?.focus();
  }, [at]);
  return (
    <div
      ref={popover}
      popover="auto"
      className={`${styles.popover} ${styles.placed}`}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Tab') close();
      }}
    >
      <MenuList label={label} items={items} onClose={close} />
    </div>
  );
}
