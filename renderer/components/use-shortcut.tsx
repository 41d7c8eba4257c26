import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { ShortcutRegistry } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';

const registry = new ShortcutRegistry();
export const DialogDepth = createContext(0);

/** Listens for shortcuts on the whole window. Once, around the application. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A key held down must not answer the question that its first press has opened.
      if (!event.defaultPrevented && !event.repeat && registry.handle(event)) event.preventDefault();
    };
    // Rows in a list and the text of a field can be selected, never everything that stands in the window.
    const onSelectAll = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.matches('input, textarea, [contenteditable]');
      if (event.ctrlKey && !event.altKey && event.code === 'KeyA' && !inField) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keydown', onSelectAll);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keydown', onSelectAll);
    };
  }, []);
  return <>{children}</>;
}

/**
 * Runs `act` when the keys are pressed while the component is on screen. Show the keys too (`kbd` of Button).
 * The newest component wins; behind an open Dialog nothing is heard.
 */
export function useShortcut(shortcut: Shortcut, act: () => void, active: boolean | (() => boolean) = true): void {
  const depth = useContext(DialogDepth);
  const latest = useRef({ act, active });
  useEffect(() => {
    latest.current = { act, active };
  });
  const listening = active !== false;
  useEffect(() => {
    if (!listening) return undefined;
    const applies = () => (typeof latest.current.active === 'function' ? latest.current.active() : true);
    return registry.add(shortcut, depth, () => latest.current.act(), applies);
  }, [shortcut, depth, listening]);
}

/** Whether the keys do something where the component is: not behind a dialog, and not where nobody has bound them. */
export function useIsHeard(shortcut: Shortcut): boolean {
  const depth = useContext(DialogDepth);
  return useSyncExternalStore(registry.subscribe, () => registry.isHeard(shortcut, depth));
}

/** Silences the shortcuts behind a dialog while it is open. */
export function useDialogScope(depth: number): void {
  useEffect(() => registry.openDialog(depth), [depth]);
}
