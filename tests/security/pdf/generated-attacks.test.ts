import { expect, it } from 'vitest';
import { kinds, runAttacks } from '#scripts/attacks/run-attacks.ts';

/** One file of every kind; `npm run rehearse:attacks` makes thousands. */
it('every kind of attack is seen, and every kind of allowed change stays green', { timeout: 300_000 }, async () => {
  const wrong: string[] = [];
  for await (const { kind, index, outcome, holds, codes } of runAttacks({ seed: 11, count: kinds.length })) {
    if (holds) continue;
    wrong.push(`${outcome} instead of ${kind.expects}: ${kind.group}: ${kind.name} (--only ${index}): ${codes}`);
  }
  expect(wrong).toEqual([]);
});
