import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Database, openDatabase } from '#exchange/storage/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#exchange/storage/embedded-postgres.ts';
import { addDatabaseClock, DATABASE_CLOCK_OPTIONS, openPool } from '#tests/support/simulation/look.ts';

/** kill -9 takes no page of the system's memory along: what was written is there. Losing power is not played. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', shared_buffers: '256MB' };
const MOST_ATTEMPTS = 200;

/** The database of a simulated exchange, which is killed at times. */
export class ProvinceDatabase {
  readonly #folder: string;
  #postgres: EmbeddedPostgres;
  #stores: Database;
  #pool: ReturnType<typeof openPool>;
  #back: Promise<void> = Promise.resolve();
  #kills = 0;

  private constructor(folder: string, postgres: EmbeddedPostgres) {
    this.#folder = folder;
    this.#postgres = postgres;
    this.#stores = openDatabase(postgres.connection, () => undefined);
    this.#pool = openPool(postgres.connection);
  }

  /** Starts it with its tables, and with a clock that can be set. */
  static async open(folder: string): Promise<ProvinceDatabase> {
    const database = new ProvinceDatabase(folder, await startEmbeddedPostgres(folder, SETTINGS));
    await database.#stores.migrate();
    await addDatabaseClock(database.#pool);
    return database;
  }

  get pool(): ReturnType<typeof openPool> {
    return this.#pool;
  }

  get kills(): number {
    return this.#kills;
  }

  /** For an exchange that goes by the clock that can be set. */
  get url(): string {
    const { host, port, user, password, database } = this.#postgres.connection;
    const query = new URLSearchParams({ host: String(host), options: DATABASE_CLOCK_OPTIONS });
    const login = `${String(user)}:${encodeURIComponent(String(password))}`;
    return `postgres://${login}@localhost:${port}/${database}?${query.toString()}`;
  }

  /** Resolves when it is there again. */
  up(): Promise<void> {
    return this.#back;
  }

  /** Again while the database is away; what is done is done once by its own keys. */
  async with<Value>(work: (stores: Database, pool: ReturnType<typeof openPool>) => Promise<Value>): Promise<Value> {
    for (let attempt = 0; ; attempt += 1) {
      await this.#back;
      const kills = this.#kills;
      try {
        return await work(this.#stores, this.#pool);
      } catch (error) {
        if (attempt >= MOST_ATTEMPTS || kills === this.#kills) throw error;
      }
    }
  }

  /** kill -9; it is started again at once. */
  kill(): Promise<void> {
    this.#kills += 1;
    this.#back = this.#killAndStart();
    return this.#back;
  }

  async #killAndStart(): Promise<void> {
    const file = await readFile(path.join(this.#folder, 'cluster', 'postmaster.pid'), 'utf8');
    process.kill(Number(file.split('\n')[0]), 'SIGKILL');
    await this.#postgres.exited;
    const { connection } = (this.#postgres = await startEmbeddedPostgres(this.#folder, SETTINGS));
    const [stores, pool] = [this.#stores, this.#pool];
    this.#stores = openDatabase(connection, () => undefined);
    this.#pool = openPool(connection);
    await stores.close().catch(() => undefined);
    await pool.end().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#pool.end();
    await this.#stores.close();
    await this.#postgres.stop();
  }
}
