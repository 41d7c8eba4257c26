import type { TFunction } from 'i18next';
import { formatInstantDay, formatVnDate, vietnamDay, vietnamTimestamp, weekdayOf } from '#shared/domain/vn-date.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** From here on the hours no longer matter to the reader. */
const COUNT_DAYS_FROM = 2 * DAY_MINUTES;

/** UTC instant → `08:55` in Vietnam. */
export function formatTime(instant: string): string {
  return vietnamTimestamp(Date.parse(instant)).slice(11, 16);
}

/** UTC instant → `22/05/2017 08:55` in Vietnam. */
export function formatDateTime(instant: string): string {
  return `${formatInstantDay(instant)} ${formatTime(instant)}`;
}

/** From Monday, as ISO 8601 counts them. */
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** With its weekday: "thứ Sáu 04/12/2026, 17:00". */
export function formatDeadline(t: TFunction, instant: string): string {
  const weekday = t(`common.weekday.${weekdays[weekdayOf(vietnamDay(Date.parse(instant))) - 1] ?? 'sunday'}`);
  return `${weekday} ${formatInstantDay(instant)}, ${formatTime(instant)}`;
}

/** Short, for lists: `08:55` today, "Hôm qua", `19/05` this year, else `19/05/2016`. */
export function formatWhen(t: TFunction, instant: string, now: number): string {
  const at = Date.parse(instant);
  const day = vietnamDay(at);
  const today = vietnamDay(now);
  if (day === today) return formatTime(instant);
  if (day === vietnamDay(now - DAY_MS)) return t('common.yesterday');
  const full = formatVnDate(day);
  return day.slice(0, 4) === today.slice(0, 4) ? full.slice(0, 5) : full;
}

/** Time left until an instant, or past it: "còn 2 giờ 10 phút", "quá 3 ngày". */
export function formatRemaining(t: TFunction, instant: string, now: number): string {
  const left = Date.parse(instant) - now;
  const minutes = left < 0 ? Math.floor(-left / MINUTE_MS) : Math.ceil(left / MINUTE_MS);
  const late = left < 0;
  if (minutes >= COUNT_DAYS_FROM) {
    const count = Math.floor(minutes / DAY_MINUTES);
    return late ? t('common.overdue.days', { count }) : t('common.remaining.days', { count });
  }
  if (minutes >= HOUR_MINUTES) {
    const parts = { hours: Math.floor(minutes / HOUR_MINUTES), minutes: minutes % HOUR_MINUTES };
    return late ? t('common.overdue.hours', parts) : t('common.remaining.hours', parts);
  }
  return late ? t('common.overdue.minutes', { count: minutes }) : t('common.remaining.minutes', { count: minutes });
}

/** `1284` → `1.284` (vi), `1,284` (en). */
export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'vi-VN').format(value);
}

const units = ['B', 'kB', 'MB', 'GB'] as const;

/** Bytes → `812 kB`, `1,2 MB` (vi) or `1.2 MB` (en). */
export function formatSize(bytes: number, locale: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit >= 2 && value < 100 ? 1 : 0;
  const format = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'vi-VN', { maximumFractionDigits: digits });
  return `${format.format(value)} ${units[unit]}`;
}

/** With one digit after the point: `88,4` (vi), `88.4` (en). */
export function formatDecimal(value: number, locale: string): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'vi-VN', digits).format(value);
}
