import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DueTag, UrgencyTag } from '#renderer/features/list/urgency-tags.tsx';
import { WaitingTags } from '#renderer/features/list/waiting-rows.tsx';
import type { OutgoingRow } from '#shared/contract/outgoing.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';

const i18n = createI18n('vi');
const words = (tag: React.ReactNode) =>
  renderToStaticMarkup(<I18nextProvider i18n={i18n}>{tag}</I18nextProvider>).replaceAll(/<[^>]+>/g, '');

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-27T13:31:00+07:00') }));
afterEach(() => vi.useRealTimers());

describe('hỏa tốc hẹn giờ', () => {
  const at = '2026-11-27T07:00:00.000Z';

  it('counts down to its hour, naming the day when that is another one', () => {
    expect(words(<UrgencyTag urgency="express-timed" expressAt={at} />)).toBe(
      'Hỏa tốc hẹn giờ · mở trước 14:00 · còn 29 phút',
    );
    expect(words(<UrgencyTag urgency="express-timed" expressAt="2026-11-28T07:00:00.000Z" brief />)).toBe(
      'Hỏa tốc · mở trước 28/11 14:00 · còn 24 giờ 29 phút',
    );
  });

  it('counts nothing once somebody opened it', () => {
    expect(words(<UrgencyTag urgency="express-timed" expressAt={at} settled />)).toBe('Hỏa tốc hẹn giờ 14:00');
  });

  it('has no hour when the urgency has none', () => {
    expect(words(<UrgencyTag urgency="express" expressAt={at} />)).toBe('Hỏa tốc');
  });
});

describe('a deadline', () => {
  it('names its hour, and counts only while something is to be done', () => {
    expect(words(<DueTag dueAt="2026-11-28T10:00:00.000Z" />)).toBe('Hạn 28/11 17:00 · còn 27 giờ 29 phút');
    expect(words(<DueTag dueAt="2026-11-28T10:00:00.000Z" settled />)).toBe('Hạn 28/11 17:00');
    expect(words(<DueTag dueAt="2027-01-04T02:30:00.000Z" brief />)).toBe('Hạn 04/01/2027 09:30');
  });
});

describe('a letter that waits to be opened', () => {
  const row = (opened: number): OutgoingRow =>
    ({
      urgency: 'express-timed',
      expressAt: '2026-11-27T07:00:00.000Z',
      dueAt: null,
      watch: { total: 2, opened, calls: 0, callFrom: null },
    }) as OutgoingRow;

  it('counts down until all have opened it', () => {
    expect(words(<WaitingTags row={row(1)} brief={false} />)).toBe('Hỏa tốc hẹn giờ 14:00còn 29 phút');
    expect(words(<WaitingTags row={row(2)} brief={false} />)).toBe('Hỏa tốc hẹn giờ 14:00');
  });
});
