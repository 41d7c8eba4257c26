import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, inTransaction, onlyRow } from './database.ts';

const MIGRATIONS = join(import.meta.dirname, 'migrations');
/** Any constant of our own; servers that start together take turns. */
const MIGRATION_LOCK = 7_102_016;

/** Brings the schema up to date, each numbered file in one transaction. Refuses a database of a newer version. */
export async function migrate(database: Database): Promise<void> {
  const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).toSorted();
  await inTransaction(database, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await transaction.query(
      'CREATE TABLE IF NOT EXISTS schema_migrations (number int PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
  });
  for (const [index, name] of files.entries()) {
    const sql = await readFile(join(MIGRATIONS, name), 'utf8');
    await inTransaction(database, async (transaction) => {
      await transaction.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      const { newest } = onlyRow(
        await transaction.query<{ newest: number }>('SELECT coalesce(max(number), 0) AS newest FROM schema_migrations'),
      );
      if (newest > files.length)
        throw new Error(`the database has schema ${newest}, this server knows ${files.length}`);
      if (newest > index) return;
      await transaction.query(sql);
      await transaction.query('INSERT INTO schema_migrations (number, name) VALUES ($1, $2)', [index + 1, name]);
    });
  }
}
