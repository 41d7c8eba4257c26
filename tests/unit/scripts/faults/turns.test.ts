import { expect, it } from 'vitest';
import { keepRunning } from '#scripts/faults/turns.ts';

interface Pretended {
  readonly over: Promise<void>;
  readonly end: () => Promise<void>;
}

/** A process that only a test starts and ends. */
function pretend(): Pretended {
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  return { over, end: () => Promise.resolve(end()) };
}

it('what is still starting when all is closed is ended, and closing waits for it', async () => {
  let isReady = (_process: Pretended): void => undefined;
  const ready = new Promise<Pretended>((resolve) => (isReady = resolve));
  let starts = 0;
  const kept = keepRunning<Pretended>({
    start: () => {
      starts += 1;
      return ready;
    },
    ended: ({ over }) => over,
    failed: (error) => {
      throw error;
    },
  });
  await Promise.resolve();
  const ends: unknown[] = [];
  const closing = kept.close(async (process) => {
    ends.push(process);
    await process.end();
  });
  const late = pretend();
  isReady(late);
  await closing;
  expect(ends).toEqual([late]);
  expect(starts).toBe(1);
  await expect(kept.running()).rejects.toThrow('it was closed');
});

it('what runs is ended once, and started anew only while nobody holds it', async () => {
  const made: Pretended[] = [];
  const kept = keepRunning<Pretended>({
    start: () => {
      made.push(pretend());
      return Promise.resolve(made.at(-1) ?? pretend());
    },
    ended: ({ over }) => over,
    failed: (error) => {
      throw error;
    },
  });
  await kept.running();
  await kept.whileDown(
    ({ end }) => end(),
    () => {
      expect(made).toHaveLength(1);
      return Promise.resolve();
    },
  );
  await kept.running();
  expect(made).toHaveLength(2);
  let ends = 0;
  await kept.close(({ end }) => {
    ends += 1;
    return end();
  });
  expect(ends).toBe(1);
});
