import { addDays, vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import {
  DEFAULT_OFFICE_HOURS,
  isWorkingDay,
  type WorkCalendar,
  workingMinutesBetween,
} from '#shared/domain/working-time.ts';

/** Minutes of office hours since a moment, at equal steps: between two steps they rise evenly. */
export interface WorkingClock {
  /** In seconds since 1970. */
  readonly base: number;
  readonly stepSeconds: number;
  readonly minutes: readonly number[];
}

/** Office hours of the law begin and end on the half hour. */
const STEP_MS = 30 * 60_000;
const STEPS_OF_DAY = 48;

/**
 * Counts by the hours that the law gives (giờ hành chính) for every agency, so that they compare with one another, and by the
 * province's calendar.
 */
export function workingClock(from: Date, to: Date, calendar: WorkCalendar): WorkingClock {
  const minutes = [0];
  let sum = 0;
  const last = vietnamDay(to.getTime());
  const first = vietnamDay(from.getTime());
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const midnight = Date.parse(vietnamInstant(day, '00:00'));
    const works = isWorkingDay(day, DEFAULT_OFFICE_HOURS, calendar);
    for (let step = 0; step < STEPS_OF_DAY; step += 1) {
      const at = midnight + step * STEP_MS;
      if (works) sum += workingMinutesBetween(at, at + STEP_MS, DEFAULT_OFFICE_HOURS, calendar);
      minutes.push(sum);
    }
  }
  return { base: Date.parse(vietnamInstant(first, '00:00')) / 1000, stepSeconds: STEP_MS / 1000, minutes };
}
