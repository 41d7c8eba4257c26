import { shortcutLabel } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';
import { useIsHeard } from './use-shortcut.tsx';
import styles from './kbd.module.css';

/** Shows a key, for as long as it does something here. Screen readers hear it through aria-keyshortcuts of the control instead. */
export function Kbd({ keys }: { readonly keys: Shortcut }) {
  const isHeard = useIsHeard(keys);
  return (
    // Its room stays: a button must not change its width when a dialog opens.
    <kbd className={styles.kbd} aria-hidden="true" data-silent={!isHeard || undefined}>
      {shortcutLabel(keys)}
    </kbd>
  );
}
