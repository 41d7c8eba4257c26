import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatVnDate,
  isoDate,
  parseVnDate,
  vietnamDay,
  vietnamInstant,
  vietnamTimestamp,
} from '#shared/domain/vn-date.ts';

describe('days', () => {
  it('only days that exist are dates', () => {
    expect(isoDate(2024, 2, 29)).toBe('2024-02-29');
    expect([
      isoDate(2023, 2, 29),
      isoDate(2100, 2, 29),
      isoDate(2026, 13, 1),
      isoDate(2026, 4, 31),
      isoDate(26, 1, 1),
      isoDate(2026, 1.5, 1),
    ]).toEqual(Array.from({ length: 6 }, () => null));
  });

  it.each([
    ['22/5/2017', '2017-05-22'],
    ['22-05-2017', '2017-05-22'],
    [' 22.5.17 ', '2017-05-22'],
    ['22052017', '2017-05-22'],
    ['31/02/2017', null],
    ['5/2017', null],
    ['2017/05/22', null],
    ['', null],
  ])('parses %j', (text, iso) => {
    expect(parseVnDate(text, '2026-11-28')).toBe(iso);
  });

  it('formats as dd/MM/yyyy', () => {
    expect(formatVnDate('2017-05-22')).toBe('22/05/2017');
    expect(formatVnDate('hôm qua')).toBe('hôm qua');
  });

  it('what is formatted is parsed back', () => {
    const days = fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('2199-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10);
        expect(parseVnDate(formatVnDate(iso), '2026-11-28')).toBe(iso);
      }),
    );
  });
});

it('the day changes at midnight in Vietnam', () => {
  const before = Date.UTC(2026, 11, 31, 16, 59, 59);
  expect(vietnamDay(before)).toBe('2026-12-31');
  expect(vietnamDay(before + 1000)).toBe('2027-01-01');
  expect(vietnamTimestamp(before)).toBe('2026-12-31T23:59:59+07:00');
  expect(Date.parse(vietnamInstant('2026-11-25', '08:00'))).toBe(Date.UTC(2026, 10, 25, 1));
});
