/**
 * Wakes requests that wait for an inbox: at once for messages accepted by this process, through the database for those
 * accepted by others. It only says "look again"; a missed ring costs at most the rest of one long poll.
 */
export class InboxBell {
  readonly #waiting = new Map<string, Set<() => void>>();
  #closed = false;

  /** Rings for one agency. */
  ring(agencyCode: string): void {
    for (const wake of this.#waiting.get(agencyCode) ?? []) wake();
  }

  ringAll(): void {
    for (const set of this.#waiting.values()) for (const wake of set) wake();
  }

  /** A promise of the next ring (or the end of the time, or of the process), which counts from now on. */
  expect(agencyCode: string, timeoutMs: number): { readonly rung: Promise<void>; readonly cancel: () => void } {
    let cancel = (): void => undefined;
    const rung = new Promise<void>((resolve) => {
      const set = this.#waiting.get(agencyCode) ?? new Set();
      this.#waiting.set(agencyCode, set);
      const timer = setTimeout(() => finish(), timeoutMs);
      const finish = (): void => {
        clearTimeout(timer);
        set.delete(finish);
        if (set.size === 0 && this.#waiting.get(agencyCode) === set) this.#waiting.delete(agencyCode);
        resolve();
      };
      set.add(finish);
      cancel = finish;
      if (this.#closed) finish();
    });
    return { rung, cancel };
  }

  /** Lets everyone go who waits now or later. */
  close(): void {
    this.#closed = true;
    this.ringAll();
  }
}
