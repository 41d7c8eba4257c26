import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeExchangeKey } from '#exchange/rules/exchange-key.ts';
import { isDatabaseUnavailable } from '#exchange/storage/database-unavailable.ts';
import type { NewMessage, TakenNumbers } from '#exchange/storage/acceptance-store.ts';
import { type Database, openDatabase, type Stores } from '#exchange/storage/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#exchange/storage/embedded-postgres.ts';
import { PreparingClient } from '#exchange/storage/prepared-statements.ts';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import type { Receipt } from '#shared/wire/messages.ts';

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
  await expect(database.migrate()).rejects.toThrow('the database has schema 99, this server knows 10');
});

describe('numbers of inboxes', () => {
  const codes = ['N1', 'N2', 'N3'];
  const taken = (id: string, store: Stores): Promise<TakenNumbers> => store.acceptance.takeNumbers(id, 'N1', codes);
  const message = (id: string): NewMessage => ({
    id,
    senderCode: 'N1',
    kind: 'document',
    documentId: id,
    urgency: 'normal',
    file: { sha256: 'a'.repeat(64), size: 1 },
    document: null,
  });
  const receipt = (messageId: string): Receipt => ({
    messageId,
    sha256: 'a'.repeat(64),
    acceptedAt: new Date().toISOString(),
    recipients: [],
    proof: 'x.y.z',
  });
  const accept = (id: string): Promise<TakenNumbers> =>
    database.transaction(async (stores) => {
      const numbers = await taken(id, stores);
      expect(await stores.acceptance.keep(message(id), receipt(id), numbers)).toBe(true);
      return numbers;
    });

  beforeAll(async () => {
    await importAgencies(
      database,
      codes.map((code) => ({ code, name: code })),
    );
  });

  it('are given once, without a gap, and the times rise with them', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => accept(randomUUID())));
    for (const code of codes) {
      const given = all.map(({ numbers, at }) => ({ number: numbers.get(code) ?? 0, at: at.getTime() }));
      given.sort((one, two) => one.number - two.number);
      const first = given[0]?.number ?? 0;
      expect(given.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, n) => first + n));
      expect(given.map(({ at }) => at)).toEqual(given.map(({ at }) => at).toSorted((one, two) => one - two));
    }
  });

  it('are not taken for a message that is here, nor kept when it came meanwhile', async () => {
    const id = randomUUID();
    const { numbers } = await accept(id);
    const again = await database.transaction((stores) => taken(id, stores));
    expect(again).toMatchObject({ isKnown: true, numbers: new Map() });

    const raced = randomUUID();
    await database
      .transaction(async (stores) => {
        const mine = await taken(raced, stores);
        // Another server process, which cannot see this one's transaction, has it committed first.
        await other.query(
          `INSERT INTO messages (id, sender_code, kind, document_id, urgency, sha256, size, accepted_at)
         VALUES ($1, 'N1', 'document', 'x', 'normal', $2, 1, now())`,
          [raced, 'a'.repeat(64)],
        );
        expect(await stores.acceptance.keep(message(raced), receipt(raced), mine)).toBe(false);
        throw new Error('undone');
      })
      .catch((error: unknown) => expect(error).toMatchObject({ message: 'undone' }));
    const next = await accept(randomUUID());
    expect(next.numbers.get('N2')).toBe((numbers.get('N2') ?? 0) + 1);
  });

  it('are of those alone that may receive today', async () => {
    await importAgencies(database, [{ code: 'N3', name: 'N3', validTo: '2020-01-01' }]);
    const { numbers, maySend } = await accept(randomUUID());
    expect([...numbers.keys()].toSorted()).toEqual(['N1', 'N2']);
    expect(maySend).toBe(true);
  });
});

it('has marked statements prepared once a connection, and others not', async () => {
  const client = new PreparingClient(postgres.connection);
  await client.connect();
  const ask = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    const result: pg.QueryResult = await (client as pg.Client).query(text, [...values]);
    return result.rows;
  };
  for (let n = 0; n < 3; n += 1) {
    expect(await ask('SELECT /* prepared */ $1::int AS marked', [n])).toEqual([{ marked: n }]);
    await ask('SELECT $1::int AS bare', [n]);
  }
  const calls = 'SELECT (generic_plans + custom_plans)::int AS calls FROM pg_prepared_statements';
  expect(await ask(calls, [])).toEqual([{ calls: 3 }]);
  await client.end();
});
