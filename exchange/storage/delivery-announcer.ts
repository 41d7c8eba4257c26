/**
 * Tells the other server processes over the same database what was delivered, soon after it was committed. In the
 * transaction itself the database would let only one commit at a time; a notice that is lost with this process costs at
 * most the rest of one long poll.
 */
export class DeliveryAnnouncer {
  readonly #wake: (agencyCodes: readonly string[]) => Promise<void>;
  readonly #onError: (error: Error) => void;
  #waiting = new Set<string>();
  #running: Promise<void> | null = null;

  /** @param wake tells all at once; its failures go to `onError` */
  constructor(wake: (agencyCodes: readonly string[]) => Promise<void>, onError: (error: Error) => void) {
    this.#wake = wake;
    this.#onError = onError;
  }

  /** What comes while one notice is on its way goes with the next. */
  announce(agencyCodes: readonly string[]): void {
    for (const code of agencyCodes) this.#waiting.add(code);
    this.#running ??= this.#run();
  }

  /** Resolves when all was told. */
  async close(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // What is announced in the same turn goes together.
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const codes = [...this.#waiting];
      this.#waiting = new Set();
      try {
        await this.#wake(codes);
      } catch (error) {
        this.#onError(error instanceof Error ? error : new Error(String(error)));
      }
    }
    this.#running = null;
  }
}
