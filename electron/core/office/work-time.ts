import type { WorkTime } from '#shared/domain/issue-hours.ts';
import { vietnamHolidays } from '#shared/domain/vietnam-holidays.ts';
import { DEFAULT_OFFICE_HOURS } from '#shared/domain/working-time.ts';
import type { DutyReads } from '../duty/duty-store.ts';

/** Office hours and days off that this office counts deadlines in: the exchange's, or the usual ones before the first contact. */
export function workTime(duty: DutyReads): WorkTime {
  const kept = duty.kept();
  return kept === null
    ? { hours: DEFAULT_OFFICE_HOURS, calendar: vietnamHolidays }
    : { hours: kept.duty.hours, calendar: kept.duty.calendar };
}
