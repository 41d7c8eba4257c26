import { Menu as AriaMenu, MenuItem as AriaMenuItem } from 'react-aria-components/Menu';
import styles from './menu.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
  readonly disabled?: boolean;
  readonly danger?: boolean;
}

interface MenuListProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/**
 * The library's own first focus takes a key press on a native button for a screen reader's click, waits, and is lost to
 * the list around the item. One function for all renders: the focus is given once, when the item appears.
 */
function focusElement(element: HTMLElement | null): void {
  element?.focus();
}

/** The commands inside a menu's popover: the list moves the focus and hears the keys. */
export function MenuList({ label, items, onClose }: MenuListProps) {
  const first = items.find((item) => !item.disabled);
  return (
    <AriaMenu
      aria-label={label}
      shouldFocusWrap
      className={styles.menu ?? ''}
      onClose={onClose}
      onAction={(key) => {
        onClose();
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
  );
}
