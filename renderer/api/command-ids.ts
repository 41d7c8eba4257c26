/**
 * Gives each intent of the user one `commandId`. A try whose outcome is open (the process died, the answer was lost)
 * keeps its id for the same input, so that doing it again cannot happen twice; anything else starts a new intent.
 */
export class CommandIds {
  readonly #makeId: () => string;
  #open: { readonly input: string; readonly id: string } | null = null;

  constructor(makeId: () => string = () => crypto.randomUUID()) {
    this.#makeId = makeId;
  }

  idFor(input: unknown): string {
    const key = JSON.stringify(input);
    if (this.#open?.input !== key) this.#open = { input: key, id: this.#makeId() };
    return this.#open.id;
  }

  /** The try ended; `retryable` when the same command may be sent again. */
  settle(retryable: boolean): void {
    if (!retryable) this.#open = null;
  }
}
