const MOST_KEYS = 10_000;

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
    const recent = this.#recent(key, now);
    // Last in the order of the map: those that were noted longest ago go first.
    this.#attempts.delete(key);
    this.#attempts.set(key, [...recent, now]);
    const [oldest] = this.#attempts.keys();
    if (this.#attempts.size > MOST_KEYS && oldest !== undefined) this.#attempts.delete(oldest);
  }

  #recent(key: string, now: number): number[] {
    return (this.#attempts.get(key) ?? []).filter((time) => time > now - this.#windowMs);
  }
}
