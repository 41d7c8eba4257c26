import { expect, it } from 'vitest';
import { Progress } from '#scripts/faults/progress.ts';

const look = (deliveries: number, open: number, settled = true) => ({ deliveries, open, settled });

it('takes more deliveries, clerks that are done, and fewer open things for progress', () => {
  const progress = new Progress(0);
  expect(progress.standsFor(look(1, 50, false), 10)).toBe(0);
  expect(progress.standsFor(look(2, 60, false), 20)).toBe(0);
  expect(progress.standsFor(look(2, 70, false), 30)).toBe(10);
  expect(progress.standsFor(look(2, 70, true), 40)).toBe(0);
  expect(progress.standsFor(look(2, 69, true), 50)).toBe(0);
  expect(progress.standsFor(look(2, 69, true), 75)).toBe(25);
});

it('takes nothing that goes round in circles for progress', () => {
  const progress = new Progress(0);
  progress.standsFor(look(5, 3), 1);
  for (let now = 2; now <= 100; now += 1) {
    progress.standsFor(look(now % 2 === 0 ? 4 : 5, 3 + (now % 4), now % 3 === 0), now);
  }
  expect(progress.standsFor(look(5, 3), 101)).toBe(100);
});
