import { describe, expect, it } from 'vitest';
import { formatPhone, isE164, numberAs, parsePhone, phoneKind, phoneSchema } from '#shared/domain/phone-number.ts';

describe('telephone numbers', () => {
  it.each([
    ['0900 000 431', '+84900000431', 'mobile'],
    ['+84 900 000 431', '+84900000431', 'mobile'],
    ['84900000431', '+84900000431', 'mobile'],
    ['0084 900.000.431', '+84900000431', 'mobile'],
    ['+84 (0)900-000-431', '+84900000431', 'mobile'],
    ['０９０００００４３１', '+84900000431', 'mobile'],
    // Viettel's prefix, not a country code.
    ['0848 123 456', '+84848123456', 'mobile'],
    ['0262 3 000 160', '+842623000160', 'landline'],
    ['(024) 3800.0160', '+842438000160', 'landline'],
  ])('%s', (text, number, kind) => {
    expect(parsePhone(text)).toEqual({ number, kind });
    expect(phoneSchema.safeParse(number).success).toBe(true);
    expect(phoneKind(number)).toBe(kind);
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['chưa có', 'not-a-number'],
    ['0900 000 431 (chị Hòa)', 'not-a-number'],
    ['+', 'not-a-number'],
    ['+856 20 1234 5678', 'foreign'],
    ['0120 123 4567', 'old-mobile'],
    ['1900 1234', 'service-number'],
    ['113', 'service-number'],
    ['0900 000 43', 'wrong-length'],
    ['0900 000 4311', 'wrong-length'],
    ['0262 300 016', 'wrong-length'],
    ['0400 000 431', 'unknown-prefix'],
    ['900 000 431', 'unknown-prefix'],
  ])('refuses %j: %s', (text, problem) => {
    expect(parsePhone(text)).toEqual({ number: null, problem });
  });

  it('are written as people write them, and read back', () => {
    for (const text of ['0900 000 431', '0262 3 000 160', '024 3800 0160']) {
      const { number } = parsePhone(text);
      expect(number === null ? null : formatPhone(number)).toBe(text);
    }
  });
});

describe('a number as a provider wants it', () => {
  it.each([
    ['+84900000431', '84900000431', '0900000431'],
    ['+85620123456', '85620123456', '85620123456'],
  ])('%s', (number, international, national) => {
    expect(isE164(number)).toBe(true);
    expect(numberAs('international', number)).toBe(international);
    expect(numberAs('national', number)).toBe(national);
  });

  it.each(['0900000431', '84900000431', '+0900000431', '+84 900 000 431', ''])('%j is not in E.164', (text) => {
    expect(isE164(text)).toBe(false);
  });
});
