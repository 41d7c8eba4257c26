import { within } from './drawing.ts';
import type { Font, Rectangle } from './drawing.ts';

export interface Letter {
  /** The middle of the glyph, in points of the page. */
  readonly x: number;
  readonly y: number;
  readonly code: number;
  readonly font: Font;
}

/** Lines and borders hide nothing, in points. */
const LEAST_COVER = 4;
const LEAST_LETTERS = 3;
/** What forms are filled up with until something is written over it: full stop, line, hyphen, ellipsis. */
const fillers = new Set([0x2e, 0x5f, 0x2d, 0x85]);
const BAND = 16;

/** The letters of a page: which of them show, and which were painted over since. */
export class LettersOnPage {
  readonly #page: Rectangle;
  readonly #step: () => void;
  /** Letters that show so far, by bands of their height. */
  readonly #shown = new Map<number, Set<Letter>>();
  /** Letters that were painted over, by place; groups of them lie under one cover. */
  readonly #hidden = new Map<string, Letter[]>();
  readonly #groups: Letter[][] = [];

  /** @param step counts each comparison */
  constructor(page: Rectangle, step: () => void) {
    this.#page = page;
    this.#step = step;
  }

  get hidden(): boolean {
    return this.#groups.some((letters) => {
      const left = letters.filter((letter) => this.#hidden.get(placeOf(letter))?.includes(letter));
      return left.length >= LEAST_LETTERS && saySomething(left);
    });
  }

  add(letter: Letter): void {
    const band = Math.floor(letter.y / BAND);
    const letters = this.#shown.get(band) ?? new Set();
    letters.add(letter);
    this.#shown.set(band, letters);
    if (this.#hidden.size === 0) return;
    // The same letter in the same place again: then none is hidden.
    for (const place of neighbours(letter)) {
      const hidden = this.#hidden.get(place);
      if (!hidden) continue;
      const left = hidden.filter(({ code, font }) => code !== letter.code || font !== letter.font);
      this.#hidden.set(place, left);
    }
  }

  cover(box: Rectangle): void {
    const { left, right, bottom, top } = within(this.#page, box);
    if (right - left < LEAST_COVER || top - bottom < LEAST_COVER) return;
    const group: Letter[] = [];
    for (let band = Math.floor(bottom / BAND); band <= Math.floor(top / BAND); band += 1) {
      const letters = this.#shown.get(band);
      for (const letter of letters ?? []) {
        this.#step();
        if (letter.x <= left || letter.x >= right || letter.y <= bottom || letter.y >= top) continue;
        letters?.delete(letter);
        group.push(letter);
        const place = placeOf(letter);
        this.#hidden.set(place, [...(this.#hidden.get(place) ?? []), letter]);
      }
    }
    if (group.length >= LEAST_LETTERS) this.#groups.push(group);
  }
}

/** Of a font with codes of its own nobody knows which are dots; then letters have to differ. */
function saySomething(letters: readonly Letter[]): boolean {
  const codes = new Set(letters.map(({ code }) => code));
  return codes.size > 1 || letters.some(({ code, font }) => font.octets === 1 && !fillers.has(code));
}

function placeOf({ x, y }: Letter): string {
  return `${Math.round(x)} ${Math.round(y)}`;
}

function neighbours({ x, y }: Letter): string[] {
  const near = [-1, 0, 1];
  return near.flatMap((dx) => near.map((dy) => `${Math.round(x) + dx} ${Math.round(y) + dy}`));
}
