/**
 * Wakes requests that wait for an inbox: at once for messages accepted by this process, through the database for those
 * accepted by others. It only says "look again"; a missed notice costs at most the rest of one long poll.
 */
export class InboxNotifier {
  readonly #tellOthers: (agencyCodes: readonly string[]) => void;
  readonly #waiting = new Map<string, Set<() => void>>();
  #closed = false;

  /** @param tellOthers tells the other server processes what this one delivered */
  constructor(tellOthers: (agencyCodes: readonly string[]) => void) {
    this.#tellOthers = tellOthers;
  }

  /** Something was delivered here: wakes whoever waits for it, in every server process. */
  delivered(agencyCodes: readonly string[]): void {
    if (agencyCodes.length === 0) return;
    for (const code of agencyCodes) this.notify(code);
    this.#tellOthers(agencyCodes);
  }

  /** Wakes whoever waits here for this agency's inbox. */
  notify(agencyCode: string): void {
    for (const wake of this.#waiting.get(agencyCode) ?? []) wake();
  }

  notifyAll(): void {
    for (const set of this.#waiting.values()) for (const wake of set) wake();
  }

  /** `notified` resolves with true at the next notice from now on; with false at the end of the time or of the process, or when cancelled. */
  wait(agencyCode: string, timeoutMs: number): { readonly notified: Promise<boolean>; readonly cancel: () => void } {
    let cancel = (): void => undefined;
    const notified = new Promise<boolean>((resolve) => {
      const set = this.#waiting.get(agencyCode) ?? new Set();
      this.#waiting.set(agencyCode, set);
      const finish = (isNotice: boolean): void => {
        clearTimeout(timer);
        set.delete(wake);
        if (set.size === 0 && this.#waiting.get(agencyCode) === set) this.#waiting.delete(agencyCode);
        resolve(isNotice);
      };
      const wake = (): void => finish(!this.#closed);
      cancel = () => finish(false);
      const timer = setTimeout(cancel, timeoutMs);
      set.add(wake);
      if (this.#closed) cancel();
    });
    return { notified, cancel };
  }

  /** Lets everyone go who waits now or later. */
  close(): void {
    this.#closed = true;
    this.notifyAll();
  }
}
