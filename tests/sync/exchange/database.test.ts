import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeExchangeKey } from '#exchange/rules/exchange-key.ts';
import { isDatabaseUnavailable } from '#exchange/storage/database-unavailable.ts';
import { type Database, openDatabase } from '#exchange/storage/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#exchange/storage/embedded-postgres.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let database: Database;
let other: pg.Client;
const broken: Error[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'van-thu-database-'));
  postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  database = openDatabase(postgres.connection, (error) => broken.push(error));
  other = new pg.Client(postgres.connection);
  await other.connect();
  await database.migrate();
});
afterAll(async () => {
  await other.end();
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Ends every connection of the exchange, as a restart of the database does. */
async function cutConnections(): Promise<void> {
  await other.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'van-thu-exchange'`,
  );
}

it('keeps a transaction whole or not at all', async () => {
  const before = await database.directory.version();
  await expect(
    database.transaction(async ({ directory }) => {
      await directory.changeVersion(1);
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await database.directory.version()).toBe(before);
  expect(await database.transaction(({ directory }) => directory.changeVersion(1))).toBe(before + 1);
  expect(await database.directory.version()).toBe(before + 1);
});

it('says that the database is away when it goes in the middle of a transaction, and works on when it is back', async () => {
  const lost = database.transaction(async ({ directory }) => {
    await directory.changeVersion(1);
    await cutConnections();
    return directory.changeVersion(1);
  });
  await expect(lost).rejects.toSatisfy(isDatabaseUnavailable);
  expect(broken.length).toBeGreaterThan(0);
  await expect(database.check()).resolves.toBeUndefined();
});

it('tells what went wrong first when the transaction cannot even be rolled back', async () => {
  const lost = database.transaction(async ({ directory }) => {
    await directory.version();
    await cutConnections();
    throw new Error('the reason');
  });
  await expect(lost).rejects.toThrow('the reason');
  await expect(database.check()).resolves.toBeUndefined();
});

it('keeps one key however many servers start together', async () => {
  const offered = await Promise.all([1, 2, 3].map(() => makeExchangeKey()));
  const kept = await Promise.all(offered.map((key) => database.enrolment.exchangeKey(key)));
  expect(new Set(kept.map((key) => key.d)).size).toBe(1);
  expect(offered).toContainEqual(kept[0]);
  expect(await database.enrolment.exchangeKey(await makeExchangeKey())).toEqual(kept[0]);
});

it('makes its tables once, and leaves those of a newer program alone', async () => {
  await Promise.all([database.migrate(), database.migrate()]);
  await other.query(`INSERT INTO schema_migrations (number, name) VALUES (99, 'from the future')`);
  await expect(database.migrate()).rejects.toThrow('the database has schema 99, this server knows 3');
});
