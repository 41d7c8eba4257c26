import type { BackupInterval } from '#shared/contract/backup.ts';
import type { BackupSettings } from '#keep/backup-settings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A little less than what they say, so that a daily one does not wander through the day. */
const intervals: Readonly<Record<Exclude<BackupInterval, 'never'>, number>> = {
  'four-hours': 4 * HOUR_MS,
  day: 22 * HOUR_MS,
};
/** After a failure that will not go away by itself. */
const PATIENCE_MS = HOUR_MS;

/** Whether a backup is to be made now. A place that is away is looked for at each turn. */
export function isDue({ place, interval, lastGood, lastFailure }: BackupSettings, now: number): boolean {
  if (place === null || interval === 'never') return false;
  if (lastFailure !== null && lastFailure.code !== 'BACKUP_PLACE_GONE') {
    const since = now - Date.parse(lastFailure.at);
    if (since >= 0 && since < PATIENCE_MS) return false;
  }
  if (lastGood === null) return true;
  const age = now - Date.parse(lastGood.at);
  // From a future that a wrong clock made, it would never be due again.
  return age >= intervals[interval] || age < -DAY_MS;
}

/** Whether all of the database is to be read: once a day, by a backup or without one. */
export function isCheckDue({ lastGood, lastCheck }: BackupSettings, now: number): boolean {
  return ![lastGood?.at, lastCheck].some((at) => {
    const age = now - Date.parse(at ?? '');
    return age < intervals.day && age >= -DAY_MS;
  });
}

/** Whether somebody should be told: there is a place, and no good backup for longer than the office allows. */
export function isOverdue({ place, warnAfterDays, lastGood, lastFailure }: BackupSettings, now: number): boolean {
  if (place === null) return false;
  if (lastGood === null) return lastFailure !== null;
  return now - Date.parse(lastGood.at) > warnAfterDays * DAY_MS;
}
