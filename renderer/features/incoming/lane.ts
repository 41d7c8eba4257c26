import type { LaneLetter } from '#shared/contract/incoming.ts';
import { isExpress } from '#shared/domain/urgency.ts';

/** Letters to register one after the other. Their order is held: what is open is never replaced by what arrives. */
export interface Lane {
  /** Those that have their number too, at their place. */
  readonly letters: readonly LaneLetter[];
  /** Arrival numbers given since the lane was entered, by document. */
  readonly done: ReadonlyMap<string, number>;
}

export const emptyLane: Lane = { letters: [], done: new Map() };

/**
 * The lane after the register has answered what waits. An express arrival is placed right after the open letter, any other
 * at the end; what no longer waits leaves, unless it was registered here or is open.
 */
export function followLane(lane: Lane, waiting: readonly LaneLetter[], openId: string): Lane {
  if (lane.letters.length === 0) return { ...lane, letters: waiting };
  const fresh = new Map(waiting.map((letter) => [letter.id, letter]));
  const known = new Set(lane.letters.map(({ id }) => id));
  const kept = lane.letters
    .filter(({ id }) => fresh.has(id) || lane.done.has(id) || id === openId)
    .map((letter) => fresh.get(letter.id) ?? letter);
  const came = waiting.filter(({ id }) => !known.has(id));
  const express = came.filter(isUrgent);
  let at = kept.findIndex(({ id }) => id === openId) + 1;
  // Behind those express ones that stand there already.
  while (at > 0 && isUrgentAt(kept, at)) at += 1;
  return {
    ...lane,
    letters: [...kept.slice(0, at), ...express, ...kept.slice(at), ...came.filter((letter) => !isUrgent(letter))],
  };
}

/**
 * What is to be registered after the open letter, in that order: express ones, those behind it, those before it. Of a
 * limited one that is not for whoever looks there is nothing to be opened.
 */
export function lettersAfter({ letters, done }: Lane, openId: string): readonly LaneLetter[] {
  const at = letters.findIndex(({ id }) => id === openId);
  const turned = [...letters.slice(at + 1), ...letters.slice(0, Math.max(0, at))];
  const left = turned.filter(({ id, hidden }) => !done.has(id) && id !== openId && hidden !== true);
  return [...left.filter(isUrgent), ...left.filter((letter) => !isUrgent(letter))];
}

export function isUrgent({ urgency }: LaneLetter): boolean {
  return isExpress(urgency);
}

function isUrgentAt(letters: readonly LaneLetter[], at: number): boolean {
  const letter = letters[at];
  return letter !== undefined && isUrgent(letter);
}
