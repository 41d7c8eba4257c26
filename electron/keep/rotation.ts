import { vietnamDay } from '#shared/domain/vn-date.ts';

const DAY_MS = 24 * 3_600_000;

/** How many days, weeks and months keep their newest backup. */
export interface Rotation {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

export const usualRotation: Rotation = { days: 7, weeks: 4, months: 12 };

/**
 * The backups that may go: of each of the last days, weeks and months that have any, the newest stays, as does all of the last 24
 * hours, and the newest of all whatever its age. `instants` are ms since 1970; days are those of Việt Nam.
 */
export function outdated(instants: readonly number[], now: number, rotation: Rotation = usualRotation): number[] {
  const newestFirst = instants.toSorted((a, b) => b - a);
  const kept = new Set(newestFirst.slice(0, 1));
  for (const at of newestFirst) if (at > now - DAY_MS) kept.add(at);
  const spans = [
    { count: rotation.days, of: dayOf },
    { count: rotation.weeks, of: weekOf },
    { count: rotation.months, of: monthOf },
  ];
  for (const { count, of } of spans) {
    const seen = new Set<string>();
    for (const at of newestFirst) {
      const span = of(at);
      if (seen.size >= count || seen.has(span)) continue;
      seen.add(span);
      kept.add(at);
    }
  }
  return newestFirst.filter((at) => !kept.has(at));
}

const dayOf = (at: number): string => vietnamDay(at);
const monthOf = (at: number): string => vietnamDay(at).slice(0, 7);
/** By its Monday: 1 January 1970 was a Thursday. */
const weekOf = (at: number): string => {
  const day = Date.parse(vietnamDay(at)) / DAY_MS;
  return String(Math.floor((day + 3) / 7));
};
