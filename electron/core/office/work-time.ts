import type { WorkTime } from '#shared/domain/issue-hours.ts';
import { vietnamHolidays } from '#shared/domain/vietnam-holidays.ts';
import { DEFAULT_OFFICE_HOURS } from '#shared/domain/working-time.ts';

/** Office hours and days off that this office counts deadlines in. */
export function workTime(): WorkTime {
  return { hours: DEFAULT_OFFICE_HOURS, calendar: vietnamHolidays };
}
