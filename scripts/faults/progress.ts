/** What is seen at one look at the calm. */
export interface Look {
  /** Letters that are where they belong. */
  readonly deliveries: number;
  /** Things that still have to happen, by the oracle. */
  readonly open: number;
  /** Whether the clerks have registered all that arrived. */
  readonly settled: boolean;
}

/**
 * Tells an office that is slow from one that is stuck: a look is progress when it saw more deliveries than any before
 * it, the clerks done for the first time since then, or fewer open things than ever since one of these. Whatever goes
 * round in circles comes to an end of its progress.
 */
export class Progress {
  #deliveries = -1;
  #settled = false;
  #leastOpen = Number.POSITIVE_INFINITY;
  #at: number;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: number) {
    this.#at = now;
  }

  /** @returns how many milliseconds nothing has moved */
  standsFor({ deliveries, open, settled }: Look, now: number): number {
    const further = deliveries > this.#deliveries || (settled && !this.#settled);
    if (further) {
      this.#settled = settled;
      this.#deliveries = Math.max(deliveries, this.#deliveries);
    }
    if (further || open < this.#leastOpen) {
      this.#leastOpen = open;
      this.#at = now;
    }
    return now - this.#at;
  }
}
