import type { CDPSession, Page } from '@playwright/test';
import { compositionSteps, telexStrokes, type KeyStroke } from './telex.ts';

const VK_BACK = 8;
const VK_RETURN = 13;
/** The code that Windows gives to a letter sent by a program. */
const VK_PACKET = 231;
/** The code of every key that an input method is still working on. */
const VK_PROCESSKEY = 229;

/** Types as UniKey does: every stroke of a burst is on its way before the first one has been handled. */
export async function typeTelex(devtools: CDPSession, text: string): Promise<void> {
  await Promise.all(telexStrokes(text).flatMap((stroke) => keyEvents(stroke).map((event) => send(devtools, event))));
}

/** Types with an input method that composes, pressing other keys on the way: all belong to the input method. */
export async function typeComposing(devtools: CDPSession, text: string): Promise<void> {
  for (const part of text.normalize('NFC').split(/(\s+)/u)) {
    if (part.trim() === '') {
      if (part !== '') await devtools.send('Input.insertText', { text: part });
      continue;
    }
    for (const step of compositionSteps(part)) {
      const end = step.length;
      await send(devtools, { type: 'rawKeyDown', key: 'Process', windowsVirtualKeyCode: VK_PROCESSKEY });
      await devtools.send('Input.imeSetComposition', { text: step, selectionStart: end, selectionEnd: end });
    }
    for (const code of ['Escape', 'Enter', 'KeyS']) {
      await send(devtools, { type: 'rawKeyDown', key: 'Process', code, windowsVirtualKeyCode: VK_PROCESSKEY });
    }
    await send(devtools, {
      type: 'rawKeyDown',
      key: 'Enter',
      code: 'Enter',
      modifiers: 2,
      windowsVirtualKeyCode: VK_RETURN,
    });
    await devtools.send('Input.insertText', { text: part });
  }
}

/** Empties the focused field with keys, and presses Backspace once more in the empty field. */
export async function emptyField(page: Page): Promise<void> {
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Backspace');
}

type KeyEvent = Parameters<typeof keyEvent>[0];

function keyEvents(stroke: KeyStroke): KeyEvent[] {
  if (stroke.kind === 'backspace') {
    const key = { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: VK_BACK };
    return [
      { type: 'rawKeyDown', ...key },
      { type: 'keyUp', ...key },
    ];
  }
  const key = { key: stroke.text, windowsVirtualKeyCode: VK_PACKET };
  return [
    { type: 'keyDown', ...key, text: stroke.text },
    { type: 'keyUp', ...key },
  ];
}

function send(devtools: CDPSession, event: KeyEvent): Promise<unknown> {
  return devtools.send('Input.dispatchKeyEvent', keyEvent(event));
}

function keyEvent(event: {
  readonly type: 'keyDown' | 'rawKeyDown' | 'keyUp';
  readonly key: string;
  readonly code?: string;
  readonly text?: string;
  readonly modifiers?: number;
  readonly windowsVirtualKeyCode: number;
}) {
  return event;
}
