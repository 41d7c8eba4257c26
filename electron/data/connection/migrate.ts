import { rmSync } from 'node:fs';
import type { Log } from '#core/ports/system.ts';
import type { Migration } from '../migrations/migrations.ts';
import type { Sqlite } from './sqlite.ts';

/**
 * Brings the schema up to the last migration, in one transaction: all of them, or none. A database that was in use is
 * copied first (`<path>.before-v<N>`): a migration that turns out wrong must not cost the office its books.
 * @throws Error when a row refers to one that is not there afterwards
 */
export function migrate(sqlite: Sqlite, path: string, migrations: readonly Migration[], log: Log): void {
  const from = sqlite.pragma('user_version', { simple: true }) as number;
  if (from === migrations.length) return;
  if (from > 0) {
    const copy = `${path}.before-v${migrations.length}`;
    // Left by an attempt that failed after it; the database is still what it was then.
    rmSync(copy, { force: true });
    sqlite.prepare('VACUUM INTO ?').run(copy);
  }
  // Off while tables are rebuilt (SQLite, "Making Other Kinds Of Table Schema Changes"); cannot change in a transaction.
  sqlite.pragma('foreign_keys = OFF');
  // A table that takes the name of the one it replaces is found by its triggers and references again, unchanged.
  sqlite.pragma('legacy_alter_table = ON');
  try {
    sqlite
      .transaction(() => {
        for (const migration of migrations.slice(from)) migration(sqlite);
        const broken = sqlite.pragma('foreign_key_check') as readonly { readonly table: string }[];
        if (broken.length > 0)
          throw new Error(`a migration left ${broken.length} broken references in ${broken[0]?.table}`);
        sqlite.pragma(`user_version = ${migrations.length}`);
      })
      .immediate();
  } finally {
    sqlite.pragma('legacy_alter_table = OFF');
    sqlite.pragma('foreign_keys = ON');
  }
  log.info('database-migrated', { from, to: migrations.length });
}
