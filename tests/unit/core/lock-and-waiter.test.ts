import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyedLock } from '#core/dispatch/keyed-lock.ts';
import { createWaiter, FOREVER } from '#core/sync/waiter.ts';
import { createVirtualTime } from '#tests/support/virtual-time.ts';

describe('the keyed lock', () => {
  it('runs work of one key in the order asked, one at a time, whatever fails; other keys do not wait', async () => {
    const job = fc.record({ key: fc.constantFrom('a', 'b'), turns: fc.nat(5), fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(job, { maxLength: 12 }), async (jobs) => {
        const lock = createKeyedLock();
        const running = new Map<string, number>();
        const order: Record<string, number[]> = { a: [], b: [] };
        const results = await Promise.allSettled(
          jobs.map(({ key, turns, fails }, at) =>
            lock.run(key, async () => {
              running.set(key, (running.get(key) ?? 0) + 1);
              expect(running.get(key)).toBe(1);
              order[key]?.push(at);
              for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
              running.set(key, 0);
              if (fails) throw new Error(`job ${at}`);
              return at;
            }),
          ),
        );
        for (const key of ['a', 'b'])
          expect(order[key]).toEqual(jobs.flatMap((one, at) => (one.key === key ? [at] : [])));
        results.forEach((result, at) =>
          expect(result.status).toBe(jobs[at]?.fails === true ? 'rejected' : 'fulfilled'),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('a key that never ends holds up only itself', async () => {
    const lock = createKeyedLock();
    void lock.run('stuck', () => new Promise(() => undefined));
    expect(await lock.run('free', () => Promise.resolve('done'))).toBe('done');
  });
});

describe('the waiter', () => {
  it('ends after its time, or at a wake; a wake while nobody waits counts once', async () => {
    const world = createVirtualTime(0);
    const waiter = createWaiter(world.timers);
    let ended = 0;
    const pause = (ms: number) => void waiter.pause(ms).then(() => (ended += 1));
    pause(1_000);
    await world.pass(999);
    expect(ended).toBe(0);
    await world.pass(1);
    expect(ended).toBe(1);
    pause(FOREVER);
    await world.pass(1e9);
    expect(ended).toBe(1);
    waiter.wake();
    await world.pass(0);
    expect(ended).toBe(2);
    waiter.wake();
    waiter.wake();
    pause(FOREVER);
    await world.pass(0);
    expect(ended).toBe(3);
    pause(500);
    await world.pass(499);
    expect(ended).toBe(3);
    waiter.wake();
    await world.pass(0);
    expect(ended).toBe(4);
    // Its timer must not end a later pause.
    pause(FOREVER);
    await world.pass(10_000);
    expect(ended).toBe(4);
  });
});
