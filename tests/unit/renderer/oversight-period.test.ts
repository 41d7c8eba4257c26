import { expect, it } from 'vitest';
import { periodOf } from '#renderer/features/oversight/period.ts';

it.each([
  ['week', 0, '2026-11-29', { from: '2026-11-23', to: '2026-11-30' }],
  ['week', 1, '2026-11-29', { from: '2026-11-16', to: '2026-11-23' }],
  ['month', 0, '2026-11-27', { from: '2026-11-01', to: '2026-11-28' }],
  ['month', 11, '2026-11-27', { from: '2025-12-01', to: '2026-01-01' }],
  ['quarter', 0, '2026-11-27', { from: '2026-10-01', to: '2026-11-28' }],
  ['quarter', 4, '2026-02-01', { from: '2025-01-01', to: '2025-04-01' }],
  ['year', 0, '2026-12-31', { from: '2026-01-01', to: '2027-01-01' }],
  ['year', 2, '2026-12-31', { from: '2024-01-01', to: '2025-01-01' }],
] as const)('a %s, %i back from %s', (kind, back, today, period) => {
  expect(periodOf(kind, back, today)).toEqual(period);
});
