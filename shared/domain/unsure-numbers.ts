import { z } from 'zod';
import { vietnamYear } from './vn-date.ts';

/** The setting of a register that was put back from a copy and does not know which numbers were given since. */
export const UNSURE_NUMBERS = 'unsure-numbers';

const DAY_MS = 24 * 3600 * 1000;
/** Letters of the old year get their numbers until spring. */
const OLD_YEAR_MS = 90 * DAY_MS;

export const unsureNumbersSchema = z.strictObject({
  /** When the copy was made: what was given after that is not known. */
  copiedAt: z.iso.datetime(),
  /** Books in a year of which somebody has said the last number. */
  confirmed: z.array(z.strictObject({ bookId: z.string(), year: z.int() })),
});
export type UnsureNumbers = z.infer<typeof unsureNumbersSchema>;

/** The years in which numbers may have been given after the copy, the latest first; up to the one of `now`, in ms. */
export function unsureYears({ copiedAt }: Pick<UnsureNumbers, 'copiedAt'>, now: number): readonly number[] {
  const first = vietnamYear(Date.parse(copiedAt) - OLD_YEAR_MS);
  const years: number[] = [];
  for (let year = vietnamYear(now); year >= first; year -= 1) years.push(year);
  return years;
}

/** Whether a book may have given numbers in a year that this register does not know of. */
export function isUnsure(unsure: UnsureNumbers | null, bookId: string, year: number, now: number): boolean {
  if (unsure === null || !unsureYears(unsure, now).includes(year)) return false;
  return !unsure.confirmed.some((one) => one.bookId === bookId && one.year === year);
}
