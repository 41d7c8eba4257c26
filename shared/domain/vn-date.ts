/**
 * Calendar dates as `yyyy-mm-dd` strings (an official document has a day, not an instant), shown as dd/MM/yyyy,
 * and instants in Vietnam's time. Asia/Ho_Chi_Minh has been UTC+7 without daylight saving since 1975, so the offset
 * is a constant and no time-zone data is needed.
 */
const vietnamOffset = '+07:00';
/** Milliseconds that Việt Nam is ahead of UTC. */
export const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** A deadline given as a day ends with that day's office hours (giờ hành chính). */
export const END_OF_OFFICE_HOURS = '17:00';

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** ISO date of a day that exists, else null: 30/2, month 13 and years outside 1900 to 2199 are refused. */
export function isoDate(year: number, month: number, day: number): string | null {
  if (![year, month, day].every(Number.isInteger) || year < 1900 || year > 2199) return null;
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  const last = daysInMonth[month - 1];
  if (last === undefined || day < 1 || day > last + leapDay) return null;
  return `${year}-${pad(month)}-${pad(day)}`;
}

/**
 * Parses what a clerk types: `22/5/2017`, `22-05-2017`, `22.5.17` (two digits: 20yy), `22052017`; without a year (`5/12`) the
 * one that makes it nearest to `today`. ISO date or null.
 */
export function parseVnDate(text: string, today: string): string | null {
  const clean = text.trim();
  const short = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})$/.exec(clean);
  if (short) return nearestYear(Number(short[1]), Number(short[2]), today);
  const match =
    /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})$/.exec(clean) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(clean);
  if (!match) return null;
  const year = Number(match[3]);
  return isoDate(match[3]?.length === 2 ? 2000 + year : year, Number(match[2]), Number(match[1]));
}

/** In January "28/12" is last month's, and in December "5/1" next month's. */
function nearestYear(day: number, month: number, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const days = [year - 1, year, year + 1].flatMap((each) => isoDate(each, month, day) ?? []);
  const distance = (iso: string): number => Math.abs(Date.parse(iso) - Date.parse(today));
  return days.toSorted((left, right) => distance(left) - distance(right))[0] ?? null;
}

/** `2017-05-22` → `22/05/2017`. Text that is no ISO date comes back unchanged, so that nothing shown is lost. */
export function formatVnDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return match ? `${match[3]}/${match[2]}/${match[1]}` : iso;
}

/** Day of an instant (ms since 1970, UTC) in Vietnam: the day that is written on a document issued then. */
export function vietnamDay(epochMs: number): string {
  return new Date(epochMs + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
}

/** UTC instant → its day in Việt Nam, `22/05/2017`. */
export function formatInstantDay(instant: string): string {
  return formatVnDate(vietnamDay(Date.parse(instant)));
}

/** The calendar year of Việt Nam at an instant, which the series of numbers follow (NĐ 30/2020 Điều 15, 22). */
export function vietnamYear(epochMs: number): number {
  return Number(vietnamDay(epochMs).slice(0, 4));
}

/** ISO 8601 instant in Vietnam's time to the second: `2026-11-23T09:05:07+07:00`. */
export function vietnamTimestamp(epochMs: number): string {
  return new Date(epochMs + VIETNAM_OFFSET_MS).toISOString().slice(0, 19) + vietnamOffset;
}

/** Instant of a day and `HH:mm` in Vietnam as ISO text: (`2026-11-25`, `08:00`) → `2026-11-25T08:00:00+07:00`. */
export function vietnamInstant(day: string, time: string): string {
  return `${day}T${time}:00${vietnamOffset}`;
}

/** Instant (UTC) at which a deadline given as a day is over. */
export function endOfOfficeDay(day: string): string {
  return new Date(vietnamInstant(day, END_OF_OFFICE_HOURS)).toISOString();
}

/** The day a number of days after (before: negative) a day. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/** ISO 8601: 1 Monday (thứ hai) to 7 Sunday (chủ nhật). */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

/** Monday of the week that holds a day. */
export const mondayOfWeek = (day: string): string => addDays(day, 1 - weekdayOf(day));

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
