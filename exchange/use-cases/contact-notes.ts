import type { Database } from '../storage/database.ts';

/** An agency's contact is kept to this precision: every request proves one. */
const NOTED_EVERY_MS = 30_000;

/** Notes when the workstation of an agency was heard of: what cannot be reached is told from what does not look. */
export class ContactNotes {
  readonly #database: Pick<Database, 'events'>;
  readonly #onError: (error: unknown) => void;
  readonly #noted = new Map<string, number>();

  constructor(database: Pick<Database, 'events'>, onError: (error: unknown) => void) {
    this.#database = database;
    this.#onError = onError;
  }

  /** A request of the agency was proven. Nobody waits for the note. */
  heardOf(agencyCode: string, at: Date): void {
    const ms = at.getTime();
    const last = this.#noted.get(agencyCode);
    if (last !== undefined && Math.abs(ms - last) < NOTED_EVERY_MS) return;
    this.#noted.set(agencyCode, ms);
    this.#database.events.heardOf(agencyCode, at).catch((error: unknown) => {
      this.#noted.delete(agencyCode);
      this.#onError(error);
    });
  }
}
