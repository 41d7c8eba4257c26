import { describe, expect, it } from 'vitest';
import { formatDueRule, parseDueRule } from '#shared/domain/due-rule.ts';
import { dueAtIssue, hourGone } from '#shared/domain/issue-hours.ts';
import { vietnamHolidays } from '#shared/domain/vietnam-holidays.ts';
import { DEFAULT_OFFICE_HOURS } from '#shared/domain/working-time.ts';

const time = { hours: DEFAULT_OFFICE_HOURS, calendar: vietnamHolidays };
const now = Date.parse('2026-11-27T09:00:00+07:00');
const plain = { urgency: 'normal', expressAt: null, dueRule: null, dueAt: null } as const;

describe('a deadline counted from issue', () => {
  it('is read back as it was written', () => {
    expect(parseDueRule(formatDueRule('working-days', 5))).toEqual({ kind: 'working-days', days: 5 });
    expect(parseDueRule(formatDueRule('working-hours', 2000))).toEqual({ kind: 'working-hours', hours: 2000 });
  });

  it.each([
    '',
    'working-days',
    'working-days:0',
    'working-days:251',
    'working-hours:2001',
    'working-days:1.5',
    'days:1',
  ])('%j is no rule', (text) => expect(parseDueRule(text)).toBeNull());

  it('wins over an hour that was kept from before, and comes to another one for a later issue', () => {
    const fields = { dueRule: 'working-days:5', dueAt: '2020-01-01T00:00:00.000Z' } as const;
    expect(dueAtIssue(fields, time, now)).toBe('2026-12-04T10:00:00.000Z');
    expect(dueAtIssue(fields, time, now + 3 * 86_400_000)).toBe('2026-12-07T10:00:00.000Z');
  });

  it('leaves an hour that the clerk set, also on a day off', () => {
    expect(dueAtIssue({ dueRule: null, dueAt: '2026-11-29T02:00:00.000Z' }, time, now)).toBe(
      '2026-11-29T02:00:00.000Z',
    );
    expect(dueAtIssue(plain, time, now)).toBeNull();
  });
});

describe('hours that are gone before the issue', () => {
  const gone = '2026-11-27T01:59:00.000Z';

  it('are found: the express hour first', () => {
    expect(hourGone({ ...plain, urgency: 'express-timed', expressAt: gone, dueAt: gone }, now)?.field).toBe(
      'expressAt',
    );
    expect(hourGone({ ...plain, dueAt: gone }, now)).toEqual({ field: 'dueAt', at: gone });
    expect(hourGone({ ...plain, dueAt: new Date(now).toISOString() }, now)?.field).toBe('dueAt');
  });

  it('are none where the urgency has no hour, and where the deadline is counted', () => {
    expect(hourGone({ ...plain, urgency: 'express', expressAt: gone }, now)).toBeNull();
    expect(hourGone({ ...plain, dueRule: 'working-hours:4', dueAt: gone }, now)).toBeNull();
    expect(hourGone({ ...plain, dueAt: new Date(now + 1).toISOString() }, now)).toBeNull();
  });
});
