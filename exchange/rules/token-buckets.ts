import type { BucketSize } from './limits.ts';

interface Bucket {
  level: number;
  at: number;
}

/** When more than this many are kept, the full ones are dropped: a full bucket is as good as none. */
const SWEEP_ABOVE = 10_000;

/**
 * A token bucket for each key: full at first, filled steadily. What costs more than is left is still let through and
 * leaves a debt, so that one large message does not need a bucket of its size; who is in debt waits until it is paid.
 */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #size: BucketSize;
  #sweepAbove = SWEEP_ABOVE;

  constructor(size: BucketSize) {
    this.#size = size;
  }

  /** Milliseconds until the key may take again; 0 = now. */
  waitFor(key: string, now: number): number {
    const level = this.#levelOf(key, now);
    return level > 0 ? 0 : Math.ceil((-level / this.#size.perSecond) * 1000) + 1;
  }

  take(key: string, amount: number, now: number): void {
    const level = this.#levelOf(key, now) - amount;
    this.#buckets.set(key, { level, at: Math.max(now, this.#buckets.get(key)?.at ?? now) });
    if (this.#buckets.size > this.#sweepAbove) this.#sweep(now);
  }

  #levelOf(key: string, now: number): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return this.#size.burst;
    // A clock set back fills nothing and takes nothing away.
    const seconds = Math.max(0, now - bucket.at) / 1000;
    return Math.min(this.#size.burst, bucket.level + seconds * this.#size.perSecond);
  }

  #sweep(now: number): void {
    for (const key of this.#buckets.keys()) {
      if (this.#levelOf(key, now) >= this.#size.burst) this.#buckets.delete(key);
    }
    this.#sweepAbove = Math.max(SWEEP_ABOVE, 2 * this.#buckets.size);
  }
}
