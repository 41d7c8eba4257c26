import { parseDueRule } from './due-rule.ts';
import type { OutgoingFields } from './document-fields.ts';
import { dueAfter, type OfficeHours, type WorkCalendar } from './working-time.ts';

/** What deadlines are counted in. */
export interface WorkTime {
  readonly hours: OfficeHours;
  readonly calendar: WorkCalendar;
}

type DeadlineFields = Pick<OutgoingFields, 'dueRule' | 'dueAt'>;

/** The deadline of a document issued at `issuedAt` (milliseconds since 1970): by its rule, else the hour that was set. */
export function dueAtIssue({ dueRule, dueAt }: DeadlineFields, time: WorkTime, issuedAt: number): string | null {
  const rule = dueRule === null ? null : parseDueRule(dueRule);
  return rule === null ? dueAt : new Date(dueAfter(rule, time.hours, time.calendar, issuedAt)).toISOString();
}

/** The hour of a document to be issued now that is gone already; null when none is. A rule counts from now on. */
export function hourGone(
  fields: Pick<OutgoingFields, 'urgency' | 'expressAt'> & DeadlineFields,
  now: number,
): { readonly field: 'expressAt' | 'dueAt'; readonly at: string } | null {
  const isGone = (instant: string): boolean => Date.parse(instant) <= now;
  const { urgency, expressAt, dueRule, dueAt } = fields;
  if (urgency === 'express-timed' && expressAt !== null && isGone(expressAt)) {
    return { field: 'expressAt', at: expressAt };
  }
  return dueRule === null && dueAt !== null && isGone(dueAt) ? { field: 'dueAt', at: dueAt } : null;
}
