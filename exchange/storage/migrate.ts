import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { inTransaction } from './in-transaction.ts';
import type { Tables } from './tables.ts';

// Beside the code also in the bundle.
const migrationsFolder = join(import.meta.dirname, 'migrations');
/** Any constant of our own; servers that start together take turns. */
const MIGRATION_LOCK = 7_102_016;

/** Brings the schema up to date, each numbered file in one transaction. Refuses a database of a newer version. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const files = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).toSorted();
  await inTransaction(db, async (transaction) => {
    await takeTurn(transaction);
    await transaction.schema
      .createTable('schema_migrations')
      .ifNotExists()
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('applied_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
      .execute();
  });
  for (const [index, name] of files.entries()) {
    const statements = await readFile(join(migrationsFolder, name), 'utf8');
    await inTransaction(db, async (transaction) => {
      await takeTurn(transaction);
      const { newest } = await transaction
        .selectFrom('schema_migrations')
        .select(({ fn }) => fn.max('number').as('newest'))
        .executeTakeFirstOrThrow();
      if (newest !== null && newest > files.length) {
        throw new Error(`the database has schema ${newest}, this server knows ${files.length}`);
      }
      if (newest !== null && newest > index) return;
      await sql.raw(statements).execute(transaction);
      await transaction
        .insertInto('schema_migrations')
        .values({ number: index + 1, name })
        .execute();
    });
  }
}

async function takeTurn(transaction: Kysely<Tables>): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`.execute(transaction);
}
