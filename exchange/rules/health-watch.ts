/** Whether the database answered lately. Strangers get what was found last: their asking costs it nothing. */
export class HealthWatch {
  readonly #check: () => Promise<void>;
  readonly #freshMs: number;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #failure: { readonly error: unknown } | null = null;
  #running: Promise<void> | null = null;

  /**
   * @param check throws when the database does not answer
   * @param freshMs how old a finding may be
   */
  constructor(check: () => Promise<void>, freshMs: number) {
    this.#check = check;
    this.#freshMs = freshMs;
  }

  /** What was found last, or is found now when that is too old; many who ask at once share one look. @throws the failure */
  async lately(now: number): Promise<void> {
    if (now - this.#checkedAt >= this.#freshMs || now < this.#checkedAt) await this.#look(now);
    if (this.#failure) throw this.#failure.error;
  }

  /** What is found now. @throws the failure */
  async now(now: number): Promise<void> {
    await this.#look(now);
    if (this.#failure) throw this.#failure.error;
  }

  #look(now: number): Promise<void> {
    this.#running ??= this.#check()
      .then(
        () => (this.#failure = null),
        (error: unknown) => (this.#failure = { error }),
      )
      .then(() => {
        this.#checkedAt = now;
        this.#running = null;
      });
    return this.#running;
  }
}
