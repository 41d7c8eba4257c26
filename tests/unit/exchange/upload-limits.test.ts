import { expect, it } from 'vitest';
import { ExchangeError } from '#exchange/rules/exchange-error.ts';
import { isExpired, isFinalRefusal, uploadsThatGiveWay } from '#exchange/rules/upload-limits.ts';

const HOUR = 3_600_000;
const now = Date.parse('2026-11-27T08:00:00Z');
const upload = (name: string, size: number, idleHours: number) => ({
  sha256: name,
  size,
  offset: 0,
  touchedAt: now - idleHours * HOUR,
});
const many = (count: number, idleHours: number) =>
  Array.from({ length: count }, (_, at) => upload(`${idleHours}/${at}`, 1_000, idleHours));
const namesOf = (uploads: readonly { readonly sha256: string }[]) => uploads.map(({ sha256 }) => sha256);

it('an agency may begin uploads while it has few', () => {
  expect(uploadsThatGiveWay([], 150 * 1024 * 1024, now)).toEqual([]);
  expect(uploadsThatGiveWay(many(15, 5), 1_000, now)).toEqual([]);
});

it('beyond its number or its bytes, those that stood still longest give way, and no more than needed', () => {
  const open = [...many(13, 0), upload('b', 1_000, 2), upload('a', 1_000, 3), upload('c', 1_000, 1)];
  expect(namesOf(uploadsThatGiveWay(open, 1_000, now))).toEqual(['a']);
  const megabytes = (count: number) => count * 1024 * 1024;
  const large = [upload('b', megabytes(300), 2), upload('a', megabytes(300), 3), upload('new', megabytes(300), 0)];
  expect(namesOf(uploadsThatGiveWay(large, megabytes(150), now))).toEqual(['a']);
  expect(namesOf(uploadsThatGiveWay(large, megabytes(700), now))).toEqual(['a', 'b']);
});

it('what is in use never gives way', () => {
  expect(() => uploadsThatGiveWay(many(16, 0.9), 1_000, now)).toThrow(
    expect.objectContaining({ code: 'UPLOAD_LIMIT' }),
  );
});

it('an upload lives for a day after it was touched', () => {
  expect(isExpired(upload('a', 1, 23.9), now)).toBe(false);
  expect(isExpired(upload('a', 1, 24), now)).toBe(true);
});

it('bytes are let go for what will not change, and for nothing else', () => {
  expect(isFinalRefusal(new ExchangeError('EDXML_INVALID'))).toBe(true);
  expect(isFinalRefusal(new ExchangeError('RATE_LIMITED'))).toBe(false);
  expect(isFinalRefusal(new ExchangeError('UNAVAILABLE'))).toBe(false);
  expect(isFinalRefusal(new Error('EIO'))).toBe(false);
});
