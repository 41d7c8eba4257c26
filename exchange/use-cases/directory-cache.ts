import { listAgencies } from './list-agencies.ts';
import type { Database } from '../storage/database.ts';

/** The whole directory as it is sent. */
export interface DirectoryText {
  readonly version: number;
  readonly json: string;
}

/** Keeps the whole directory as JSON text, made once for each version however many ask. */
export class DirectoryCache {
  readonly #database: Pick<Database, 'directory'>;
  #kept: { readonly version: number; readonly text: Promise<DirectoryText> } | null = null;

  constructor(database: Pick<Database, 'directory'>) {
    this.#database = database;
  }

  /** One row, however large the directory is. */
  version(): Promise<number> {
    return this.#database.directory.version();
  }

  /** The directory of this version, or of a newer one that came meanwhile. */
  whole(version: number): Promise<DirectoryText> {
    if (this.#kept?.version === version) return this.#kept.text;
    const text = listAgencies(this.#database, 0).then((directory) => ({
      version: directory.version,
      json: JSON.stringify(directory),
    }));
    const kept = { version, text };
    this.#kept = kept;
    // What could not be read is asked for again.
    text.catch(() => {
      if (this.#kept === kept) this.#kept = null;
    });
    return text;
  }
}
