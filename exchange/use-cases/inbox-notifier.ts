/**
 * Wakes requests that wait for an inbox: at once for messages accepted by this process, through the database for those
 * accepted by others. It only says "look again"; a missed notice costs at most the rest of one long poll.
 */
export class InboxNotifier {
  readonly #waiting = new Map<string, Set<() => void>>();
  #closed = false;

  /** Wakes whoever waits for this agency's inbox. */
  notify(agencyCode: string): void {
    for (const wake of this.#waiting.get(agencyCode) ?? []) wake();
  }

  notifyAll(): void {
    for (const set of this.#waiting.values()) for (const wake of set) wake();
  }

  /** `notified` resolves at the next notice from now on, or at the end of the time or of the process. */
  wait(agencyCode: string, timeoutMs: number): { readonly notified: Promise<void>; readonly cancel: () => void } {
    let cancel = (): void => undefined;
    const notified = new Promise<void>((resolve) => {
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
    return { notified, cancel };
  }

  /** Lets everyone go who waits now or later. */
  close(): void {
    this.#closed = true;
    this.notifyAll();
  }
}
