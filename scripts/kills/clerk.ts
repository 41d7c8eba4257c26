import type { Page } from '@playwright/test';
import type { OfficeWindow } from '../demo/office-window.ts';
import type { SeededRandom } from '../faults/random.ts';

/** What the screen has taken or said, and when: `performance.now()`. */
export interface Claims {
  /** Words typed into a field, each of its own. */
  readonly typed: { readonly word: string; readonly at: number }[];
  /** Arrival numbers that the screen has shown as given. */
  readonly numbers: number[];
  /** Words of which the screen has said that the draft holding them was saved. */
  readonly saved: string[];
}

export interface Turn {
  /** Unique within the run. */
  readonly round: number;
  readonly random: SeededRandom;
  readonly claims: Claims;
  readonly letter: string;
}

/** After each word. */
const REGISTERS = 0.3;
const SAVES = 0.15;
/** In place of registering. */
const LEAVES = 0.2;

/** Registers letters in the lane, typing into each; goes on until the window is gone. */
export async function registerLetters(window: OfficeWindow, turn: Turn): Promise<never> {
  const { page } = window;
  const { random, claims } = turn;
  const words = wordsOf(turn);
  const open = async (): Promise<void> => {
    await window.row(/\/SNV-VP/).click();
    await window.button(/^Vào sổ đến/).waitFor();
    await page.keyboard.press('Control+Enter');
  };
  const said = page.getByTestId('lane-said');
  await window.openBox('Chờ vào sổ');
  await open();
  for (;;) {
    await toEnd(window);
    do await typeWord(page, words(), claims);
    while (!random.chance(REGISTERS));
    if (random.chance(LEAVES)) {
      await page.keyboard.press('Escape');
      await open();
      continue;
    }
    const before = claims.numbers.at(-1) ?? 0;
    await page.keyboard.press('Control+Enter');
    await said
      .filter({ hasText: /số đến \d/ })
      .filter({ hasNotText: shownNumber(before) })
      .waitFor({ state: 'attached' });
    claims.numbers.push(numberIn(await said.textContent()));
  }
}

/** Writes a new letter and saves it now and then; goes on until the window is gone. */
export async function writeLetters(window: OfficeWindow, turn: Turn): Promise<never> {
  const { page } = window;
  const { random, claims } = turn;
  const words = wordsOf(turn);
  await window.startLetter(turn.letter);
  await toEnd(window);
  const inDraft: string[] = [];
  for (;;) {
    const word = words();
    await typeWord(page, word, claims);
    inDraft.push(word);
    if (!random.chance(SAVES)) continue;
    await page.keyboard.press('Control+s');
    // The notice of the save before may still stand: the form closes once the draft is in the register.
    await page.getByRole('heading', { name: 'Văn bản đi mới' }).waitFor({ state: 'hidden' });
    claims.saved.push(...inDraft.splice(0));
    await window.startLetter(turn.letter);
    await toEnd(window);
  }
}

async function toEnd(window: OfficeWindow): Promise<void> {
  await window.field('Trích yếu').focus();
  await window.page.keyboard.press('Control+End');
}

async function typeWord(page: Page, word: string, claims: Claims): Promise<void> {
  await page.keyboard.type(` ${word}`);
  claims.typed.push({ word, at: performance.now() });
}

function wordsOf({ round }: Turn): () => string {
  let count = 0;
  return () => `v${round}x${(count += 1)}q`;
}

const shownNumber = (number: number): RegExp => new RegExp(`số đến ${number.toLocaleString('vi-VN')}(?!\\d)`);

function numberIn(said: string | null): number {
  const digits = /số đến ([\d.]+)/.exec(said ?? '')?.[1]?.replaceAll('.', '');
  if (digits === undefined) throw new Error(`no number is said: ${said}`);
  return Number(digits);
}
