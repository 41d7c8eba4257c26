/** Where keys work, as the list of keys shows them. */
export const shortcutScopes = ['anywhere', 'list', 'document', 'form', 'page'] as const;
type ShortcutScope = (typeof shortcutScopes)[number];

interface ShortcutRow {
  /** Its words in the catalogues: `frame.keys.<id>`. */
  readonly id: string;
  readonly scope: ShortcutScope;
  /** Any of them does it. */
  readonly keys: readonly string[];
}

/**
 * Every key that the screens know. A key is bound (`useShortcut`) and shown (`kbd`) only if it stands here, and what stands
 * here is what F1 shows.
 */
export const shortcutTable = [
  { id: 'help', scope: 'anywhere', keys: ['F1', 'Ctrl+/'] },
  { id: 'newDocument', scope: 'anywhere', keys: ['Ctrl+N'] },
  { id: 'search', scope: 'anywhere', keys: ['Ctrl+K'] },
  {
    id: 'places',
    scope: 'anywhere',
    keys: ['Alt+1', 'Alt+2', 'Alt+3', 'Alt+4', 'Alt+5', 'Alt+6', 'Alt+7', 'Alt+8', 'Alt+9'],
  },
  { id: 'back', scope: 'anywhere', keys: ['Alt+ArrowLeft'] },
  { id: 'lock', scope: 'anywhere', keys: ['Ctrl+L'] },
  { id: 'sync', scope: 'anywhere', keys: ['F5'] },
  { id: 'undo', scope: 'anywhere', keys: ['Ctrl+Z'] },
  { id: 'filter', scope: 'list', keys: ['Ctrl+F'] },
  { id: 'move', scope: 'list', keys: ['ArrowUp', 'ArrowDown'] },
  { id: 'extend', scope: 'list', keys: ['Shift+ArrowUp', 'Shift+ArrowDown'] },
  { id: 'toggle', scope: 'list', keys: ['Ctrl+Space'] },
  { id: 'selectAll', scope: 'list', keys: ['Ctrl+A'] },
  { id: 'contextMenu', scope: 'list', keys: ['Shift+F10'] },
  { id: 'print', scope: 'document', keys: ['Ctrl+P'] },
  { id: 'main', scope: 'document', keys: ['Ctrl+Enter'] },
  { id: 'open', scope: 'document', keys: ['Enter'] },
  { id: 'leave', scope: 'form', keys: ['Escape'] },
  { id: 'save', scope: 'form', keys: ['Ctrl+S'] },
  { id: 'ways', scope: 'document', keys: ['1', '2', '3', '4', '5'] },
  { id: 'zoom', scope: 'page', keys: ['Ctrl+Plus', 'Ctrl+Minus', 'Ctrl+0'] },
] as const satisfies readonly ShortcutRow[];

/**
 * Only keys that type nothing: an input method must never lose a letter or a Backspace to a shortcut. Plain Enter is heard
 * where nothing that has the focus has a use for it (`isEnterFree`), and digits where nobody types.
 */
export type Shortcut = (typeof shortcutTable)[number]['keys'][number];
