/** What a PIN may be: 4 to 12 digits. */
export const MIN_PIN = 4;
export const MAX_PIN = 12;

const PATIENT_FAILURES = 3;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 3_600_000;

/** Milliseconds until the next attempt is heard after so many wrong ones in a row: none at first, then half a minute, doubling up to an hour. */
export function delayAfter(failures: number): number {
  if (failures < PATIENT_FAILURES) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** Math.min(failures - PATIENT_FAILURES, 20), LONGEST_DELAY_MS);
}

/**
 * When the next attempt is heard, as an instant; null when it is heard now. A clock that was set back makes nobody wait longer
 * than the delay itself.
 */
export function heardAgainAt(failures: number, lastAt: string, now: Date): string | null {
  const delay = delayAfter(failures);
  const left = Math.min(Date.parse(lastAt) + delay - now.getTime(), delay);
  return left <= 0 ? null : new Date(now.getTime() + left).toISOString();
}
