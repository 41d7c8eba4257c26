import { nativeTheme } from 'electron';
import type { Settings } from '#shared/contract/shell.ts';

/** Makes dialogs, scroll bars and `prefers-color-scheme` follow the chosen theme. */
export function applyTheme(theme: Settings['theme']): void {
  // High contrast has its own colours in the page; the parts that the system draws follow the system.
  nativeTheme.themeSource = theme === 'high-contrast' ? 'system' : theme;
}
