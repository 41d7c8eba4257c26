/**
 * Remembers the tokens that came, in memory, until they are dead anyway. Two halves take turns: what is new goes into
 * the young one, and when that has been open for a token's whole life, the old one is dropped whole. So each token is
 * remembered for at least its life and at most twice as long, without a timer of its own.
 */
export class SeenTokens {
  #young = new Map<string, Set<string>>();
  #old = new Map<string, Set<string>>();
  #turnedAt = Number.NEGATIVE_INFINITY;
  readonly #lifeMs: number;
  readonly #most: number;

  /**
   * @param lifeMs from a token's first acceptable moment to its last
   * @param most tokens of one workstation in each half; a workstation that uses up more waits
   */
  constructor(lifeMs: number, most: number) {
    this.#lifeMs = lifeMs;
    this.#most = most;
  }

  /** Notes a token. `seen` = it came before; `full` = too many of this workstation are alive. */
  note(workstationId: string, tokenId: string, now: number): 'new' | 'seen' | 'full' {
    this.#turn(now);
    const young = this.#young.get(workstationId) ?? new Set();
    if (young.has(tokenId) || this.#old.get(workstationId)?.has(tokenId)) return 'seen';
    if (young.size >= this.#most) return 'full';
    this.#young.set(workstationId, young.add(tokenId));
    return 'new';
  }

  #turn(now: number): void {
    const age = now - this.#turnedAt;
    if (age >= 0 && age < this.#lifeMs) return;
    // After a long silence nothing of either half can be alive. A clock set back keeps both: it forgets nothing early.
    this.#old = age >= 2 * this.#lifeMs ? new Map<string, Set<string>>() : this.#young;
    this.#young = new Map();
    this.#turnedAt = now;
  }
}
