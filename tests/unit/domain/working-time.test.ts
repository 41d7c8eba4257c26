import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vietnamHolidays } from '#shared/domain/vietnam-holidays.ts';
import { addDays, vietnamDay, vietnamTimestamp, weekdayOf } from '#shared/domain/vn-date.ts';
import {
  addWorkingDays,
  addWorkingMinutes,
  calendarDaySchema,
  checkDeadline,
  DEFAULT_OFFICE_HOURS as hours,
  dueAfter,
  isWorkingDay,
  nextWorkingInstant,
  officeHoursSchema,
  workingMinutesBetween,
} from '#shared/domain/working-time.ts';

const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+07:00`);
const shown = (instant: number) => vietnamTimestamp(instant).slice(0, 16).replace('T', ' ');
const holidays = vietnamHolidays;

describe('deadlines at issue', () => {
  it.each([
    ['a Monday, five days', { kind: 'working-days', days: 5 }, '2026-11-23 09:00', '2026-11-30 17:00'],
    ['a Friday evening', { kind: 'working-days', days: 1 }, '2026-11-27 22:00', '2026-11-30 17:00'],
    ['over Tết', { kind: 'working-days', days: 2 }, '2026-02-13 08:00', '2026-02-24 17:00'],
    ['a make-up Saturday counts', { kind: 'working-days', days: 1 }, '2026-08-21 08:00', '2026-08-22 17:00'],
    ['the day swapped for it does not', { kind: 'working-days', days: 1 }, '2026-08-28 08:00', '2026-09-03 17:00'],
    [
      'just after midnight here is today here',
      { kind: 'working-days', days: 1 },
      '2026-11-24 00:10',
      '2026-11-25 17:00',
    ],
    ['hours over the noon rest', { kind: 'working-hours', hours: 2 }, '2026-11-23 10:30', '2026-11-23 14:30'],
    ['hours over the weekend', { kind: 'working-hours', hours: 4 }, '2026-11-27 16:00', '2026-11-30 10:30'],
    ['hours ending with the day', { kind: 'working-hours', hours: 3 }, '2026-11-23 14:00', '2026-11-23 17:00'],
    ['a fixed hour', { kind: 'fixed', at: '2026-11-28T02:00:00Z' }, '2026-11-23 08:00', '2026-11-28 09:00'],
  ] as const)('%s', (_name, rule, issued, due) => {
    const end = dueAfter(rule, hours, holidays, at(issued));
    expect(shown(end)).toBe(due);
  });

  it.each([
    ['2026-11-20 09:00', ['past']],
    ['2026-11-29 09:00', ['day-off']],
    ['2027-01-01 09:00', ['day-off']],
    ['2026-11-30 12:00', ['outside-office-hours']],
    ['2026-11-30 17:00', []],
    ['2026-11-30 20:00', ['outside-office-hours']],
    ['2026-11-24 08:00', ['before-express-hour']],
    ['2026-11-21 23:00', ['past', 'day-off', 'before-express-hour']],
  ])('due %s: %j', (due, codes) => {
    const expressAt = codes.includes('before-express-hour') ? at('2026-11-24 14:00') : null;
    const problems = checkDeadline({ dueAt: at(due), expressAt }, hours, holidays, at('2026-11-23 08:00'));
    expect(problems.map(({ code }) => code)).toEqual(codes);
  });

  it('names the holiday', () => {
    const deadline = { dueAt: at('2026-02-17 08:00'), expressAt: null };
    expect(checkDeadline(deadline, hours, holidays, 0)).toEqual([{ code: 'day-off', name: 'Tết Âm lịch' }]);
    expect(checkDeadline({ ...deadline, dueAt: at('2026-11-29 08:00') }, hours, holidays, 0)).toEqual([
      { code: 'day-off', name: null },
    ]);
  });
});

describe('working time', () => {
  it('counts office hours alone', () => {
    const between = (from: string, to: string) => workingMinutesBetween(at(from), at(to), hours, holidays);
    expect(between('2026-11-23 00:00', '2026-11-24 00:00')).toBe(450);
    expect(between('2026-11-27 16:30', '2026-11-30 08:00')).toBe(60);
    expect(between('2026-11-28 00:00', '2026-11-30 00:00')).toBe(0);
    expect(between('2026-11-23 09:00', '2026-11-23 08:00')).toBe(0);
    expect(between('2026-08-22 00:00', '2026-08-23 00:00')).toBe(450);
  });

  it('spans that overlap count once', () => {
    const twice = [...hours, ...hours, { weekday: 1, from: '11:00', to: '14:00' }];
    expect(workingMinutesBetween(at('2026-11-23 00:00'), at('2026-11-24 00:00'), twice, [])).toBe(570);
  });

  it('finds the next office hour', () => {
    const next = (text: string) => shown(nextWorkingInstant(at(text), hours, holidays));
    expect(next('2026-11-23 09:00')).toBe('2026-11-23 09:00');
    expect(next('2026-11-23 11:30')).toBe('2026-11-23 13:30');
    expect(next('2026-11-27 17:00')).toBe('2026-11-30 07:30');
    expect(next('2026-12-31 18:00')).toBe('2027-01-04 07:30');
  });

  const instants = fc.integer({ min: at('2025-01-01 00:00') / 60_000, max: at('2027-11-30 00:00') / 60_000 });

  it('what is added is what lies between', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 5000 }), (minute, added) => {
        const from = minute * 60_000;
        const end = addWorkingMinutes(from, added, hours, holidays);
        expect(workingMinutesBetween(from, end, hours, holidays)).toBe(added);
      }),
    );
  });

  it('days added and taken away again come back to a working day', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 30 }), (minute, count) => {
        const day = addWorkingDays(vietnamDay(minute * 60_000), 1, hours, holidays);
        expect(isWorkingDay(day, hours, holidays)).toBe(true);
        expect(addWorkingDays(addWorkingDays(day, count, hours, holidays), -count, hours, holidays)).toBe(day);
      }),
    );
  });

  it('refuses hours that no day has', () => {
    expect(officeHoursSchema.safeParse([]).success).toBe(false);
    expect(officeHoursSchema.safeParse([{ weekday: 1, from: '11:00', to: '07:00' }]).success).toBe(false);
    expect(officeHoursSchema.safeParse([{ weekday: 8, from: '07:00', to: '11:00' }]).success).toBe(false);
    expect(officeHoursSchema.safeParse(hours).success).toBe(true);
    expect(() => addWorkingDays('2026-11-23', 1, [], [])).toThrow(RangeError);
    expect(() => addWorkingMinutes(0, 1, [], [])).toThrow(RangeError);
  });
});

describe('public holidays', () => {
  it('are days that exist, once each, and make-up days are at weekends', () => {
    expect(holidays.every((day) => calendarDaySchema.safeParse(day).success)).toBe(true);
    expect(new Set(holidays.map(({ date }) => date)).size).toBe(holidays.length);
    for (const { date, kind } of holidays) if (kind === 'working') expect(weekdayOf(date)).toBeGreaterThan(5);
  });

  it('follow the moon: Tết begins the first lunar month, Giỗ Tổ is the tenth day of the third', () => {
    // Lunation numbers of the new moons that begin the first and the third month of each year.
    const years = [
      { year: 2025, first: 310, third: 312 },
      { year: 2026, first: 323, third: 325 },
      { year: 2027, first: 335, third: 337 },
    ];
    for (const { year, first, third } of years) {
      const named = (name: string) => holidays.filter((day) => day.name === name && day.date.startsWith(String(year)));
      expect(named('Tết Âm lịch').map(({ date }) => date)).toContain(newMoonDay(first));
      expect(named('Tết Âm lịch')[0]?.date).toBe(year === 2025 ? '2025-01-27' : addDays(newMoonDay(first), -1));
      expect(named('Giỗ Tổ Hùng Vương')[0]?.date).toBe(addDays(newMoonDay(third), 9));
    }
  });

  it('a holiday at the weekend is made good on a working day', () => {
    for (const [date, instead] of [
      ['2026-04-26', '2026-04-27'],
      ['2027-05-01', '2027-05-03'],
    ] as const) {
      expect(weekdayOf(date)).toBeGreaterThan(5);
      expect(isWorkingDay(instead, hours, holidays)).toBe(false);
      expect(isWorkingDay(addDays(instead, 1), hours, holidays)).toBe(true);
    }
  });
});

/** Day in Việt Nam of a new moon: Meeus, Astronomical Algorithms, chapter 49, main terms (within a few minutes). */
function newMoonDay(lunation: number): string {
  const t = lunation / 1236.85;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const sun = radians(2.5534 + 29.1053567 * lunation);
  const moon = radians(201.5643 + 385.81693528 * lunation);
  const latitude = radians(160.7108 + 390.67050284 * lunation);
  const julian =
    2_451_550.09766 +
    29.530588861 * lunation +
    0.00015437 * t * t -
    0.4072 * Math.sin(moon) +
    0.17241 * Math.sin(sun) +
    0.01608 * Math.sin(2 * moon) +
    0.01039 * Math.sin(2 * latitude) +
    0.00739 * Math.sin(moon - sun) -
    0.00514 * Math.sin(moon + sun) +
    0.00208 * Math.sin(2 * sun);
  const terrestrialAheadMs = 69_000;
  return vietnamDay((julian - 2_440_587.5) * 86_400_000 - terrestrialAheadMs);
}
