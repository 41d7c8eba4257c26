/** Counts attempts per key in a sliding window, in memory: enough against guessing on one server. */
export class AttemptLimiter {
  readonly #attempts = new Map<string, number[]>();
  readonly #max: number;
  readonly #windowMs: number;

  constructor(max: number, windowMs: number) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** Milliseconds until the next attempt is allowed; 0 = now. */
  waitFor(key: string, now: number): number {
    const recent = this.#recent(key, now);
    const oldest = recent[0] ?? now;
    return recent.length < this.#max ? 0 : oldest + this.#windowMs - now;
  }

  note(key: string, now: number): void {
    if (this.#attempts.size > 10_000) this.#forgetOld(now);
    this.#attempts.set(key, [...this.#recent(key, now), now]);
  }

  #recent(key: string, now: number): number[] {
    return (this.#attempts.get(key) ?? []).filter((time) => time > now - this.#windowMs);
  }

  #forgetOld(now: number): void {
    for (const key of this.#attempts.keys()) if (this.#recent(key, now).length === 0) this.#attempts.delete(key);
  }
}
