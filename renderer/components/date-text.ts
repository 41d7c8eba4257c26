import { formatVnDate, parseVnDate, vietnamDay, vietnamInstant, vietnamTimestamp } from '#shared/domain/vn-date.ts';
import type { Parsed } from './parsed-field.tsx';

/** `22/5/2017` → `2017-05-22`, `5/12` → that of the nearest year; an empty text is no date. @param now milliseconds since 1970 */
export function parseDayText(text: string, now: number): Parsed<string> {
  if (text.trim() === '') return { ok: true, value: null };
  const day = parseVnDate(text, vietnamDay(now));
  return day === null ? { ok: false } : { ok: true, value: day };
}

export function dayText(day: string | null): string {
  return day === null ? '' : formatVnDate(day);
}

const dateTimePattern = /^(\S+)(?:\s+(\d{1,2})(?:(?:[:h.](\d{2})?)|\s+(\d{2}))?)?$/u;

/**
 * `26/05/2017 17:00`, `26/5 17h` → UTC instant. Without an hour it is `defaultTime` (HH:mm) of that day.
 */
export function parseDateTimeText(text: string, defaultTime: string, now: number): Parsed<string> {
  const clean = text.trim();
  if (clean === '') return { ok: true, value: null };
  const match = dateTimePattern.exec(clean);
  const day = match?.[1] === undefined ? null : parseVnDate(match[1], vietnamDay(now));
  if (!match || day === null) return { ok: false };
  const hour = Number(match[2] ?? defaultTime.slice(0, 2));
  const minute = match[2] === undefined ? Number(defaultTime.slice(3)) : Number(match[3] ?? match[4] ?? '0');
  if (hour > 23 || minute > 59) return { ok: false };
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  return { ok: true, value: new Date(vietnamInstant(day, time)).toISOString() };
}

/** UTC instant → `26/05/2017 17:00` in Vietnam. */
export function dateTimeText(instant: string | null): string {
  if (instant === null) return '';
  const stamp = vietnamTimestamp(Date.parse(instant));
  return `${formatVnDate(stamp)} ${stamp.slice(11, 16)}`;
}
