import { describe, expect, it } from 'vitest';
import { formatDateTime, formatNumber, formatRemaining, formatSize, formatWhen } from '#renderer/i18n/format.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';

const { t } = createI18n('vi');
const en = createI18n('en').t;
/** 09:12 of 22/05/2026 in Vietnam. */
const now = Date.parse('2026-05-22T02:12:00Z');
const after = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

describe('times', () => {
  it('are those of Vietnam', () => {
    expect(formatDateTime('2026-05-21T17:30:00Z')).toBe('22/05/2026 00:30');
  });
  it('are short in lists', () => {
    expect(formatWhen(t, '2026-05-21T17:30:00Z', now)).toBe('00:30');
    expect(formatWhen(t, '2026-05-21T16:59:00Z', now)).toBe('Hôm qua');
    expect(formatWhen(t, '2026-05-19T03:00:00Z', now)).toBe('19/05');
    expect(formatWhen(t, '2025-12-31T03:00:00Z', now)).toBe('31/12/2025');
    expect(formatWhen(en, '2026-05-21T16:59:00Z', now)).toBe('Yesterday');
  });
});

describe('countdown', () => {
  it('says how long is left', () => {
    expect(formatRemaining(t, after(130), now)).toBe('còn 2 giờ 10 phút');
    expect(formatRemaining(t, after(10), now)).toBe('còn 10 phút');
    expect(formatRemaining(t, after(4 * 1440 + 30), now)).toBe('còn 4 ngày');
    expect(formatRemaining(t, after(47 * 60), now)).toBe('còn 47 giờ 0 phút');
    expect(formatRemaining(en, after(1), now)).toBe('1 minute left');
  });
  it('says how late it is', () => {
    expect(formatRemaining(t, after(-65), now)).toBe('quá 1 giờ 5 phút');
    expect(formatRemaining(t, after(-3 * 1440), now)).toBe('quá 3 ngày');
    expect(formatRemaining(en, after(-3 * 1440), now)).toBe('3 days late');
  });
});

describe('figures', () => {
  it('group thousands as each language does', () => {
    expect(formatNumber(1284, 'vi')).toBe('1.284');
    expect(formatNumber(1284, 'en')).toBe('1,284');
  });
  it('give sizes in the unit that reads best', () => {
    expect(formatSize(0, 'vi')).toBe('0 B');
    expect(formatSize(812_300, 'vi')).toBe('812 kB');
    expect(formatSize(1_234_567, 'vi')).toBe('1,2 MB');
    expect(formatSize(1_234_567, 'en')).toBe('1.2 MB');
    expect(formatSize(209_715_200, 'vi')).toBe('210 MB');
  });
});
