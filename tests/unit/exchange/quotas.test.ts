import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressGroup } from '#exchange/rules/address-group.ts';
import { AttemptLimiter } from '#exchange/rules/attempt-limiter.ts';
import { BodyProgress } from '#exchange/rules/body-progress.ts';
import { HealthWatch } from '#exchange/rules/health-watch.ts';
import { limitsSchema } from '#exchange/rules/limits.ts';
import { Quotas } from '#exchange/rules/quotas.ts';
import { TokenBuckets } from '#exchange/rules/token-buckets.ts';
import { Turns } from '#exchange/rules/turns.ts';
import { DirectoryCache } from '#exchange/use-cases/directory-cache.ts';

describe('a token bucket', () => {
  const size = fc.record({ burst: fc.integer({ min: 1, max: 1_000 }), perSecond: fc.integer({ min: 1, max: 1_000 }) });
  const asked = fc.array(fc.record({ pause: fc.nat(5_000), amount: fc.integer({ min: 1, max: 2_000 }) }), {
    maxLength: 80,
  });

  it('gives no more than burst, rate and one debt, and lets wait no longer than that debt takes', () => {
    fc.assert(
      fc.property(size, asked, ({ burst, perSecond }, requests) => {
        const buckets = new TokenBuckets({ burst, perSecond });
        let now = 0;
        let given = 0;
        let largest = 0;
        for (const { pause, amount } of requests) {
          now += pause;
          const wait = buckets.waitFor('a', now);
          if (wait > 0) {
            expect(buckets.waitFor('a', now + wait)).toBe(0);
            expect(wait).toBeLessThanOrEqual((largest / perSecond) * 1000 + 2);
            continue;
          }
          buckets.take('a', amount, now);
          given += amount;
          largest = Math.max(largest, amount);
          expect(given).toBeLessThanOrEqual(burst + (now / 1000) * perSecond + largest + 1e-6);
        }
        expect(buckets.waitFor('b', now)).toBe(0);
      }),
    );
  });

  it('keeps its debt when the clock is set back, and when very many others are kept', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 });
    buckets.take('a', 100, 5_000_000);
    expect(buckets.waitFor('a', 0)).toBeGreaterThan(90_000);
    for (let i = 0; i < 25_000; i += 1) buckets.take(`other ${i}`, 0.5, 5_000_000 + i);
    expect(buckets.waitFor('a', 5_000_000)).toBeGreaterThan(90_000);
  });
});

describe('turns', () => {
  it('are taken in order, never more at once than may be, and by all who do not give up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ key: fc.constantFrom('a', 'b'), givesUp: fc.boolean() }), { maxLength: 40 }),
        async (most, takers) => {
          const turns = new Turns(most, 100);
          const running = new Map<string, number>();
          const begun: number[] = [];
          await Promise.all(
            takers.map(async ({ key, givesUp }, index) => {
              const turn = turns.take(key)!;
              const isWaiting =
                takers.slice(0, index).filter((taker) => taker.key === key && !taker.givesUp).length >= most;
              if (givesUp && isWaiting) return turn.end();
              await turn.begun;
              begun.push(index);
              running.set(key, (running.get(key) ?? 0) + 1);
              expect(running.get(key)).toBeLessThanOrEqual(most);
              await Promise.resolve();
              running.set(key, (running.get(key) ?? 0) - 1);
              turn.end();
              turn.end();
            }),
          );
          for (const key of ['a', 'b']) {
            const order = begun.filter((index) => takers[index]?.key === key);
            expect(order).toEqual(order.toSorted((one, other) => one - other));
          }
          // Everything is free again.
          for (let i = 0; i < most; i += 1) expect(turns.take('a')).not.toBeNull();
        },
      ),
    );
  });

  it('are refused when too many wait', () => {
    const turns = new Turns(1, 1);
    const first = turns.take('a');
    expect(turns.take('a')).not.toBeNull();
    expect(turns.take('a')).toBeNull();
    expect(turns.take('b')).not.toBeNull();
    first?.end();
    expect(turns.take('a')).not.toBeNull();
  });
});

describe('a body', () => {
  const limits = { bodyStallSeconds: 30, bodyBytesPerSecond: 1_024, bodyWindowSeconds: 60 };

  it('that stands still is not waited for', () => {
    const progress = new BodyProgress(limits, 500, 0);
    expect(progress.goesOn(500, 29_999)).toBe(true);
    expect(progress.goesOn(501, 29_999)).toBe(true);
    expect(progress.goesOn(501, 59_998)).toBe(true);
    expect(progress.goesOn(501, 59_999)).toBe(false);
  });

  it('that trickles is not, one that moves is, however long it takes', () => {
    const trickle = new BodyProgress(limits, 0, 0);
    const verdicts = Array.from({ length: 61 }, (_, second) => trickle.goesOn(second * 1_000, second * 1_000));
    expect(verdicts.indexOf(false)).toBe(60);
    const slow = new BodyProgress(limits, 0, 0);
    for (let second = 0; second < 7_200; second += 1) expect(slow.goesOn(second * 1_100, second * 1_000)).toBe(true);
  });
});

describe('health', () => {
  it('is looked up once for all strangers of some seconds, and each time for who watches', async () => {
    let checks = 0;
    const watch = new HealthWatch(async () => void (checks += 1), 5_000);
    await Promise.all(Array.from({ length: 100 }, () => watch.lately(0)));
    await watch.lately(4_999);
    expect(checks).toBe(1);
    await watch.lately(5_000);
    expect(checks).toBe(2);
    await watch.now(5_001);
    expect(checks).toBe(3);
  });

  it('tells a failure until the next look', async () => {
    let broken = true;
    const watch = new HealthWatch(async () => {
      if (broken) throw new Error('gone');
    }, 5_000);
    await expect(watch.lately(0)).rejects.toThrow('gone');
    broken = false;
    await expect(watch.lately(10)).rejects.toThrow('gone');
    await watch.now(20);
    await watch.lately(30);
  });
});

describe('the directory', () => {
  it('is read once for each version, and again after it could not be read', async () => {
    let reads = 0;
    let broken = false;
    const directory = {
      version: async () => 7,
      changedSince: async () => {
        reads += 1;
        if (broken) throw new Error('gone');
        return [];
      },
    };
    const cache = new DirectoryCache({ directory } as unknown as ConstructorParameters<typeof DirectoryCache>[0]);
    const texts = await Promise.all(Array.from({ length: 20 }, () => cache.whole(7)));
    expect(new Set(texts)).toEqual(new Set([{ version: 7, json: '{"version":7,"agencies":[]}' }]));
    expect(reads).toBe(1);
    broken = true;
    await expect(cache.whole(8)).rejects.toThrow('gone');
    broken = false;
    await cache.whole(8);
    expect(reads).toBe(3);
  });
});

describe('recipients', () => {
  const limits = limitsSchema.parse({ recipientsPerMessage: 3, agencyRecipients: { burst: 5, perSecond: 1 } });
  const message = (...to: string[]) => ({ to, documentId: 'x' });
  const refused = (code: string, params: object): object => expect.objectContaining({ code, params }) as object;

  it('are limited for a message and for an agency', () => {
    const quotas = new Quotas(limits);
    expect(() => quotas.countRecipients('A', message('1', '2', '3', '4'), 0)).toThrow(
      refused('TOO_MANY_RECIPIENTS', { limit: 3 }),
    );
    quotas.countRecipients('A', message('1', '2', '3'), 0);
    quotas.countRecipients('A', message('1', '2', '3'), 0);
    expect(() => quotas.countRecipients('A', message('1'), 0)).toThrow(refused('RATE_LIMITED', { retryAfter: 2 }));
    quotas.countRecipients('B', message('1'), 0);
    quotas.countRecipients('A', message('1'), 2_000);
  });

  it('and identifiers have a length', () => {
    const quotas = new Quotas(limits);
    const bad = (field: string): object => refused('EDXML_INVALID', { reason: 'EDXML_BAD_FIELD', detail: field });
    expect(() => quotas.countRecipients('A', message('x'.repeat(51)), 0)).toThrow(bad('To.OrganId'));
    const longId = { to: ['B'], documentId: 'x'.repeat(301) };
    expect(() => quotas.countRecipients('A', longId, 0)).toThrow(bad('DocumentId'));
  });
});

describe('limits', () => {
  it('may be set one by one, and by their names only', () => {
    expect(limitsSchema.parse({ recipientsPerMessage: 9 })).toMatchObject({
      recipientsPerMessage: 9,
      pollsPerWorkstation: 6,
    });
    for (const wrong of [{ recipients: 9 }, { agencyBytes: { burst: 0, perSecond: 1 } }, { bodyStallSeconds: '30' }]) {
      expect(limitsSchema.safeParse(wrong).success).toBe(false);
    }
  });
});

describe('the address of who guesses', () => {
  it('is a network where one client has a whole one', () => {
    expect(addressGroup('203.0.113.7')).toBe('203.0.113.7');
    expect(addressGroup('::ffff:203.0.113.7')).toBe('203.0.113.7');
    const groups = ['2001:db8:0:7::1', '2001:DB8::7:ffff:1:2:3', '2001:0db8:0000:0007:1:2:3:4'].map(addressGroup);
    expect(groups).toEqual(Array<string>(3).fill('2001:db8:0:7::/64'));
    expect(addressGroup('2001:db8:0:8::1')).not.toBe(groups[0]);
    expect(addressGroup('::1')).toBe('0:0:0:0::/64');
    expect(addressGroup('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });

  it('is forgotten before memory runs out', () => {
    const limiter = new AttemptLimiter(1, 1_000);
    for (let i = 0; i < 30_000; i += 1) limiter.note(`${i}`, 0);
    expect(limiter.waitFor('0', 0)).toBe(0);
    expect(limiter.waitFor('29999', 0)).toBe(1_000);
  });
});
