import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ariaShortcut, matchesShortcut, shortcutLabel, ShortcutRegistry } from '#renderer/components/shortcuts.ts';
import { shortcutScopes, shortcutTable } from '#renderer/components/shortcut-table.ts';
import { en } from '#renderer/i18n/en/catalogue.ts';
import { vi } from '#renderer/i18n/vi/catalogue.ts';
import type { KeyPress, Shortcut } from '#renderer/components/shortcuts.ts';

const press = (part: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  keyCode: 0,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  isComposing: false,
  ...part,
});

const used: readonly Shortcut[] = [
  'Ctrl+N',
  'Ctrl+K',
  'Ctrl+Enter',
  'Ctrl+Z',
  'Alt+1',
  'Alt+ArrowLeft',
  'F5',
  'Escape',
];

describe('matchesShortcut', () => {
  it('knows its keys', () => {
    expect(matchesShortcut('Ctrl+N', press({ key: 'n', code: 'KeyN', ctrlKey: true }))).toBe(true);
    expect(matchesShortcut('Ctrl+N', press({ key: 'N', code: 'KeyN', ctrlKey: true }))).toBe(true);
    expect(matchesShortcut('Ctrl+Enter', press({ key: 'Enter', ctrlKey: true }))).toBe(true);
    expect(matchesShortcut('Alt+1', press({ key: '1', code: 'Digit1', altKey: true }))).toBe(true);
    expect(matchesShortcut('F5', press({ key: 'F5' }))).toBe(true);
    expect(matchesShortcut('Escape', press({ key: 'Escape' }))).toBe(true);
  });

  it('wants exactly its modifiers: AltGr arrives as Ctrl and Alt', () => {
    expect(matchesShortcut('Ctrl+N', press({ key: 'n', code: 'KeyN', ctrlKey: true, altKey: true }))).toBe(false);
    expect(matchesShortcut('Ctrl+N', press({ key: 'n', code: 'KeyN', ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matchesShortcut('Ctrl+Enter', press({ key: 'Enter' }))).toBe(false);
  });

  it('hears nothing during composition, not even Escape', () => {
    for (const shortcut of used) {
      const key = shortcut.split('+').at(-1) ?? '';
      const base = { key, code: `Key${key}`, ctrlKey: shortcut.startsWith('Ctrl'), altKey: shortcut.startsWith('Alt') };
      expect(matchesShortcut(shortcut, press(base))).toBe(true);
      expect(matchesShortcut(shortcut, press({ ...base, isComposing: true }))).toBe(false);
      expect(matchesShortcut(shortcut, press({ ...base, keyCode: 229 }))).toBe(false);
    }
  });

  it('never takes a letter or Backspace from typing', () => {
    const typed = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), fc.constant('Backspace'));
    fc.assert(
      fc.property(typed, fc.boolean(), (key, shiftKey) => {
        for (const shortcut of used) {
          expect(matchesShortcut(shortcut, press({ key, code: `Key${key.toUpperCase()}`, shiftKey }))).toBe(false);
        }
      }),
    );
  });
});

describe('ShortcutRegistry', () => {
  const escape = press({ key: 'Escape' });

  it('gives the key to the newest listener, and back to the older one', () => {
    const registry = new ShortcutRegistry();
    const heard: string[] = [];
    registry.add('Escape', 0, () => heard.push('frame'));
    const remove = registry.add('Escape', 0, () => heard.push('pane'));
    expect(registry.handle(escape)).toBe(true);
    remove();
    registry.handle(escape);
    expect(heard).toEqual(['pane', 'frame']);
  });

  it('leaves the keys their own meaning where the shortcut does not apply', () => {
    const registry = new ShortcutRegistry();
    let typing = true;
    let undone = 0;
    registry.add(
      'Ctrl+Z',
      0,
      () => {
        undone += 1;
      },
      () => !typing,
    );
    const undo = press({ key: 'z', code: 'KeyZ', ctrlKey: true });
    expect(registry.handle(undo)).toBe(false);
    typing = false;
    expect(registry.handle(undo)).toBe(true);
    expect(undone).toBe(1);
  });

  it('keeps the keys behind a dialog silent', () => {
    const registry = new ShortcutRegistry();
    const heard: string[] = [];
    registry.add('Ctrl+Enter', 0, () => heard.push('behind'));
    const close = registry.openDialog(1);
    const confirm = press({ key: 'Enter', ctrlKey: true });
    expect(registry.handle(confirm)).toBe(false);
    registry.add('Ctrl+Enter', 1, () => heard.push('dialog'));
    expect(registry.handle(confirm)).toBe(true);
    close();
    registry.handle(confirm);
    expect(heard).toEqual(['dialog', 'behind']);
  });
});

describe('a key is shown', () => {
  it('where somebody has bound it, and not behind a dialog', () => {
    const registry = new ShortcutRegistry();
    let told = 0;
    registry.subscribe(() => {
      told += 1;
    });
    expect(registry.isHeard('Ctrl+N', 0)).toBe(false);
    const remove = registry.add('Ctrl+N', 0, () => undefined);
    expect([registry.isHeard('Ctrl+N', 0), registry.isHeard('Ctrl+N', 1)]).toEqual([true, false]);
    const close = registry.openDialog(1);
    registry.add('Ctrl+Enter', 1, () => undefined);
    expect([registry.isHeard('Ctrl+N', 0), registry.isHeard('Ctrl+Enter', 1)]).toEqual([false, true]);
    close();
    expect(registry.isHeard('Ctrl+N', 0)).toBe(true);
    remove();
    expect([registry.isHeard('Ctrl+N', 0), told]).toEqual([false, 5]);
  });
});

describe('the table of keys', () => {
  it('names each key once, and none that types but the digits, heard where nobody types', () => {
    const keys = shortcutTable.flatMap((row): readonly string[] => row.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(shortcutTable.map(({ id }) => id)).size).toBe(shortcutTable.length);
    const typing = /^(?:(?:Ctrl|Alt)\+.+|(?:Shift\+)?(?:F\d+|Arrow\w+)|Escape|Enter)$/;
    const typed = shortcutTable.filter(({ id }) => id !== 'ways').flatMap((row): readonly string[] => row.keys);
    expect(typed.filter((key) => !typing.test(key))).toEqual([]);
    expect(keys.filter((key) => !typing.test(key))).toEqual(['1', '2', '3', '4', '5']);
  });

  it('has words for each in both languages', () => {
    const ids = shortcutTable.map(({ id }) => id).toSorted();
    for (const { frame } of [vi, en]) {
      expect(Object.keys(frame.keys.does).toSorted()).toEqual(ids);
      expect(Object.keys(frame.keys.scope)).toEqual([...shortcutScopes]);
    }
  });
});

describe('names of keys', () => {
  it('are short on screen and as ARIA wants them', () => {
    expect(shortcutLabel('Ctrl+Enter')).toBe('Ctrl ↵');
    expect(shortcutLabel('Escape')).toBe('Esc');
    expect(ariaShortcut('Ctrl+N')).toBe('Control+N');
  });
});
