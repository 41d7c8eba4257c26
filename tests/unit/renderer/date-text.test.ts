import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateTimeText, dayText, parseDateTimeText, parseDayText } from '#renderer/components/date-text.ts';

const now = Date.parse('2026-11-28T03:00:00Z');

describe('day as typed', () => {
  it('takes the ways a clerk writes a day', () => {
    for (const text of ['22/05/2026', '22/5/2026', ' 22-5-26 ', '22.05.2026', '22052026']) {
      expect(parseDayText(text, now)).toEqual({ ok: true, value: '2026-05-22' });
    }
  });
  it('tells no date from a wrong one', () => {
    expect(parseDayText('  ', now)).toEqual({ ok: true, value: null });
    for (const text of ['30/02/2026', '22/13/2026', '22/', 'hôm nay'])
      expect(parseDayText(text, now)).toEqual({ ok: false });
  });
  it.each([
    ['5/12', '2026-11-28T03:00:00Z', '2026-12-05'],
    ['05-12', '2026-11-28T03:00:00Z', '2026-12-05'],
    [' 5.12 ', '2026-11-28T03:00:00Z', '2026-12-05'],
    ['28/12', '2027-01-04T03:00:00Z', '2026-12-28'],
    ['5/1', '2026-12-30T03:00:00Z', '2027-01-05'],
    // After 17:00 UTC the new year has come in Việt Nam.
    ['31/12', '2026-12-31T18:00:00Z', '2026-12-31'],
    ['29/2', '2027-03-01T03:00:00Z', '2028-02-29'],
    ['31/2', '2026-11-28T03:00:00Z', null],
    ['12/13', '2026-11-28T03:00:00Z', null],
  ])('%j typed at %s is %s', (text, at, day) => {
    expect(parseDayText(text, Date.parse(at))).toEqual(day === null ? { ok: false } : { ok: true, value: day });
  });
  it('shows dd/MM/yyyy', () => {
    expect(dayText('2026-05-22')).toBe('22/05/2026');
    expect(dayText(null)).toBe('');
  });
});

describe('day and hour as typed', () => {
  it('is an instant of Vietnam in UTC, as the contract wants it', () => {
    for (const text of ['26/05/2026 17:00', '26/5/2026 17h', '26/5/2026  17h00', '26/5/2026 17', '26/05/2026']) {
      expect(parseDateTimeText(text, '17:00', now)).toEqual({ ok: true, value: '2026-05-26T10:00:00.000Z' });
    }
    expect(parseDateTimeText('26/5/2026', '08:30', now)).toEqual({ ok: true, value: '2026-05-26T01:30:00.000Z' });
    expect(parseDateTimeText('01/01/2026 00:00', '17:00', now)).toEqual({
      ok: true,
      value: '2025-12-31T17:00:00.000Z',
    });
  });
  it('takes a day without its year', () => {
    expect(parseDateTimeText('5/12 8h', '17:00', now)).toEqual({ ok: true, value: '2026-12-05T01:00:00.000Z' });
    expect(parseDateTimeText('5/12', '17:00', now)).toEqual({ ok: true, value: '2026-12-05T10:00:00.000Z' });
  });
  it('refuses hours that do not exist', () => {
    for (const text of ['26/05/2026 24:00', '26/05/2026 17:60', '17:00', '26/05/2026 chiều']) {
      expect(parseDateTimeText(text, '17:00', now)).toEqual({ ok: false });
    }
    expect(parseDateTimeText('', '17:00', now)).toEqual({ ok: true, value: null });
  });
  it('comes back from its text to the minute', () => {
    const minutes = fc.integer({ min: Date.UTC(1950, 0, 1) / 60_000, max: Date.UTC(2199, 11, 30) / 60_000 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const instant = new Date(minute * 60_000).toISOString();
        expect(parseDateTimeText(dateTimeText(instant), '17:00', now)).toEqual({ ok: true, value: instant });
      }),
    );
  });
});
