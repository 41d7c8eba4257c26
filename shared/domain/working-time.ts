import { z } from 'zod';
import { clockTimeSchema, weekdaySchema } from './clock-time.ts';
import { addDays, vietnamDay, vietnamInstant, weekdayOf } from './vn-date.ts';

/** One span of office hours (giờ hành chính) of every week, within one day: `from` before `to`. */
const officeSpanSchema = z
  .strictObject({ weekday: weekdaySchema, from: clockTimeSchema, to: clockTimeSchema })
  .refine(({ from, to }) => from < to);

/** Office hours of an agency. */
export const officeHoursSchema = z.array(officeSpanSchema).min(1).max(50).readonly();
export type OfficeHours = z.infer<typeof officeHoursSchema>;

/** A day unlike its weekday: a holiday (`off`), or a make-up day on which an office works (`working`). */
export const calendarDaySchema = z.strictObject({
  date: z.iso.date(),
  kind: z.enum(['off', 'working']),
  name: z.string().trim().min(1).max(200),
});
export type CalendarDay = z.infer<typeof calendarDaySchema>;

/** Later entries do not override earlier ones: the first for a date holds. */
export const workCalendarSchema = z.array(calendarDaySchema).max(2000).readonly();
export type WorkCalendar = z.infer<typeof workCalendarSchema>;

/** Deadline set at issue: `at` is UTC. */
export const deadlineRuleSchema = z.discriminatedUnion('kind', [
  /** "trong N ngày làm việc": the end of office hours of the Nth working day after the day of issue. */
  z.strictObject({ kind: z.literal('working-days'), days: z.int().min(1).max(250) }),
  /** "trong N giờ làm việc". */
  z.strictObject({ kind: z.literal('working-hours'), hours: z.int().min(1).max(2000) }),
  z.strictObject({ kind: z.literal('fixed'), at: z.iso.datetime() }),
]);
export type DeadlineRule = z.infer<typeof deadlineRuleSchema>;

const MINUTE_MS = 60_000;

/** Giờ hành chính: Monday to Friday, 07:30 to 11:30 and 13:30 to 17:00. */
export const DEFAULT_OFFICE_HOURS: OfficeHours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: '07:30', to: '11:30' },
  { weekday, from: '13:30', to: '17:00' },
]);

interface Span {
  readonly from: number;
  readonly to: number;
}

export function isWorkingDay(day: string, hours: OfficeHours, calendar: WorkCalendar): boolean {
  return spansOfDay(day, hours, calendar).length > 0;
}

/** The Nth working day after a day (before it: negative); 0 is the day itself, whatever it is. */
export function addWorkingDays(day: string, count: number, hours: OfficeHours, calendar: WorkCalendar): string {
  if (hours.length === 0) throw new RangeError('No office hours');
  const step = count < 0 ? -1 : 1;
  let found = day;
  for (let left = Math.abs(count); left > 0; left -= 1) {
    do found = addDays(found, step);
    while (!isWorkingDay(found, hours, calendar));
  }
  return found;
}

/** Minutes of office hours between two instants (milliseconds since 1970), with decimals; 0 when `to` is not later. */
export function workingMinutesBetween(from: number, to: number, hours: OfficeHours, calendar: WorkCalendar): number {
  let sum = 0;
  for (let day = vietnamDay(from); from < to && day <= vietnamDay(to); day = addDays(day, 1)) {
    for (const span of spansOfDay(day, hours, calendar)) {
      sum += Math.max(0, Math.min(to, span.to) - Math.max(from, span.from));
    }
  }
  return sum / MINUTE_MS;
}

/** The instant itself within office hours, else the next beginning of them. */
export function nextWorkingInstant(at: number, hours: OfficeHours, calendar: WorkCalendar): number {
  return Math.max(at, spanFrom(at, hours, calendar).from);
}

/** The instant at which so many minutes of office hours have passed: 17:00, not 07:30 of the next day. */
export function addWorkingMinutes(at: number, minutes: number, hours: OfficeHours, calendar: WorkCalendar): number {
  let from = nextWorkingInstant(at, hours, calendar);
  let left = minutes * MINUTE_MS;
  for (;;) {
    const { to } = spanFrom(from, hours, calendar);
    if (from + left <= to) return from + left;
    left -= to - from;
    from = nextWorkingInstant(to, hours, calendar);
  }
}

/** When a deadline set at issue is over, in milliseconds since 1970. */
export function dueAfter(rule: DeadlineRule, hours: OfficeHours, calendar: WorkCalendar, issuedAt: number): number {
  switch (rule.kind) {
    case 'fixed':
      return Date.parse(rule.at);
    case 'working-hours':
      return addWorkingMinutes(issuedAt, rule.hours * 60, hours, calendar);
    case 'working-days': {
      const day = addWorkingDays(vietnamDay(issuedAt), rule.days, hours, calendar);
      return Math.max(...spansOfDay(day, hours, calendar).map(({ to }) => to));
    }
  }
}

export type DeadlineProblem =
  | { readonly code: 'past' | 'outside-office-hours' | 'before-express-hour' }
  /** `name` of the holiday; null on a weekend. */
  | { readonly code: 'day-off'; readonly name: string | null };

/**
 * What is odd about a deadline; the clerk decides. The last minute of office hours is within them.
 * @param expressAt the hour of "hỏa tốc hẹn giờ", milliseconds since 1970
 */
export function checkDeadline(
  deadline: { readonly dueAt: number; readonly expressAt: number | null },
  hours: OfficeHours,
  calendar: WorkCalendar,
  now: number,
): readonly DeadlineProblem[] {
  const { dueAt, expressAt } = deadline;
  const problems: DeadlineProblem[] = [];
  if (dueAt <= now) problems.push({ code: 'past' });
  const day = vietnamDay(dueAt);
  const spans = spansOfDay(day, hours, calendar);
  if (spans.length === 0) problems.push({ code: 'day-off', name: entryOf(day, calendar)?.name ?? null });
  else if (!spans.some(({ from, to }) => from <= dueAt && dueAt <= to)) problems.push({ code: 'outside-office-hours' });
  if (expressAt !== null && dueAt < expressAt) problems.push({ code: 'before-express-hour' });
  return problems;
}

function entryOf(day: string, calendar: WorkCalendar): CalendarDay | undefined {
  return calendar.find(({ date }) => date === day);
}

/** The office hours of a day, in order. A make-up day without hours of its own has those of the first day of the week. */
function spansOfDay(day: string, hours: OfficeHours, calendar: WorkCalendar): readonly Span[] {
  const entry = entryOf(day, calendar);
  if (entry?.kind === 'off') return [];
  const own = hoursOf(weekdayOf(day), hours);
  const spans = own.length === 0 && entry ? hoursOf(Math.min(...hours.map(({ weekday }) => weekday)), hours) : own;
  return spans.map(({ from, to }) => ({
    from: Date.parse(vietnamInstant(day, from)),
    to: Date.parse(vietnamInstant(day, to)),
  }));
}

/** Of one weekday, in order, overlapping spans as one: no minute counts twice. */
function hoursOf(weekday: number, hours: OfficeHours): readonly { readonly from: string; readonly to: string }[] {
  const spans: { from: string; to: string }[] = [];
  for (const { from, to } of hours
    .filter((span) => span.weekday === weekday)
    .toSorted((one, other) => one.from.localeCompare(other.from))) {
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = to > last.to ? to : last.to;
    else spans.push({ from, to });
  }
  return spans;
}

/** The span of office hours that holds an instant, else the next one. */
function spanFrom(at: number, hours: OfficeHours, calendar: WorkCalendar): Span {
  // Without any hours there is no next one: the schema refuses that.
  if (hours.length === 0) throw new RangeError('No office hours');
  for (let day = vietnamDay(at); ; day = addDays(day, 1)) {
    const span = spansOfDay(day, hours, calendar).find(({ to }) => at < to);
    if (span) return span;
  }
}
