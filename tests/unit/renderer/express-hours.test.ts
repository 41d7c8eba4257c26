import { expect, it } from 'vitest';
import { expressHours } from '#renderer/features/outgoing/express-hours.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';

const offered = (text: string) => {
  const { inOneHour, today } = expressHours(Date.parse(`${text}+07:00`));
  return [inOneHour, ...today].map((at) => vietnamTimestamp(Date.parse(at)).slice(0, 16));
};

it('offers an hour from now on a round minute, and usual hours of today that are still to come', () => {
  expect(offered('2026-11-27T13:02:10')).toEqual(['2026-11-27T14:05', '2026-11-27T14:00', '2026-11-27T16:30']);
  expect(offered('2026-11-27T14:00:00')).toEqual(['2026-11-27T15:00', '2026-11-27T16:30']);
  expect(offered('2026-11-27T23:30:00')).toEqual(['2026-11-28T00:30']);
});
