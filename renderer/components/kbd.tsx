import { shortcutLabel } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';
import styles from './kbd.module.css';

/** Shows a key. Screen readers hear it through aria-keyshortcuts of the control instead. */
export function Kbd({ keys }: { readonly keys: Shortcut }) {
  return (
    <kbd className={styles.kbd} aria-hidden="true">
      {shortcutLabel(keys)}
    </kbd>
  );
}
