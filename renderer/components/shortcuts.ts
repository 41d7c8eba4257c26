import type { Shortcut } from './shortcut-table.ts';

export type { Shortcut };

/** Whether what has the focus leaves Enter alone. */
export function isEnterFree(focused: Element | null): boolean {
  return focused?.matches('button, a, input, textarea, select, summary, [contenteditable], [role="tab"]') !== true;
}

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
}

/** Key code that Chromium gives to every key press that an input method is still working on. */
const IN_COMPOSITION = 229;

export function isComposing(press: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return press.isComposing || press.keyCode === IN_COMPOSITION;
}

/** Whether a key press is the shortcut. Never during composition. */
export function matchesShortcut(shortcut: Shortcut, press: KeyPress): boolean {
  if (isComposing(press) || press.metaKey) return false;
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wanted = new Set(parts.slice(0, -1));
  if (press.ctrlKey !== wanted.has('Ctrl') || press.altKey !== wanted.has('Alt')) return false;
  if (press.shiftKey !== wanted.has('Shift')) return false;
  // The physical key as well: with another layout, or a Telex burst half done, `key` may be another letter.
  return press.key.toLowerCase() === key.toLowerCase() || press.code === `Key${key}` || press.code === `Digit${key}`;
}

const symbols: Readonly<Record<string, string>> = {
  Enter: '↵',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Plus: '+',
  Minus: '−',
};

/** `Ctrl+Enter` → `Ctrl ↵` */
export function shortcutLabel(shortcut: Shortcut): string {
  return shortcut
    .split('+')
    .map((part) => symbols[part] ?? part)
    .join(' ');
}

/** `Ctrl+N` → `Control+N`, as aria-keyshortcuts wants it. */
export function ariaShortcut(shortcut: Shortcut): string {
  return shortcut.replace('Ctrl', 'Control');
}

interface Entry {
  readonly shortcut: Shortcut;
  readonly depth: number;
  readonly act: () => void;
  readonly applies: () => boolean;
}

const always = () => true;

/** Shortcuts now in force. The newest wins; under a dialog, only the dialog's own are heard. */
export class ShortcutRegistry {
  readonly #entries: Entry[] = [];
  readonly #dialogs: number[] = [];
  readonly #listeners = new Set<() => void>();

  /** `applies` is asked when the keys are pressed; where it says no, they keep their own meaning. */
  add(shortcut: Shortcut, depth: number, act: () => void, applies: () => boolean = always): () => void {
    const entry = { shortcut, depth, act, applies };
    this.#entries.push(entry);
    this.#tell();
    return () => {
      this.#entries.splice(this.#entries.indexOf(entry), 1);
      this.#tell();
    };
  }

  openDialog(depth: number): () => void {
    this.#dialogs.push(depth);
    this.#tell();
    return () => {
      this.#dialogs.splice(this.#dialogs.indexOf(depth), 1);
      this.#tell();
    };
  }

  /** Whether somebody at this depth would hear the keys now: only then are they shown there. */
  isHeard(shortcut: Shortcut, depth: number): boolean {
    return depth === this.#depth() && this.#entries.some((each) => each.depth === depth && each.shortcut === shortcut);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #depth(): number {
    return Math.max(0, ...this.#dialogs);
  }

  /** True when a shortcut took the key press. */
  handle(press: KeyPress): boolean {
    const depth = this.#depth();
    const entry = this.#entries.findLast(
      (each) => each.depth === depth && matchesShortcut(each.shortcut, press) && each.applies(),
    );
    entry?.act();
    return entry !== undefined;
  }
}
