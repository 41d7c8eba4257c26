import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import { migrations } from '../migrations/migrations.ts';
import { checkFile, DATABASE_NAME, explainOpenError, type OpenDatabase } from './open-database.ts';
import { Database } from './sqlite.ts';

/**
 * The office's database to read beside the process that has it open: as it is at this moment, nothing written.
 * @throws CodedError NOT_FOUND, DATABASE_NEWER, DATABASE_OLDER, DATABASE_DAMAGED
 */
export function readDatabase(dataDir: string): OpenDatabase {
  const path = join(dataDir, DATABASE_NAME);
  if (!existsSync(path)) throw new CodedError('NOT_FOUND', { file: path });
  try {
    checkFile(path, true, false);
    const sqlite = new Database(path, { readonly: true, fileMustExist: true });
    const schemaVersion = sqlite.pragma('user_version', { simple: true }) as number;
    if (schemaVersion < migrations.length) {
      sqlite.close();
      throw new CodedError('DATABASE_OLDER', { found: schemaVersion, known: migrations.length });
    }
    const sqliteVersion = String(sqlite.prepare('SELECT sqlite_version()').pluck().get());
    // One view of it, however long the reading takes.
    sqlite.exec('BEGIN');
    return { sqlite, sqliteVersion, schemaVersion, committed: () => undefined, close: () => sqlite.close() };
  } catch (error) {
    throw explainOpenError(error, path);
  }
}
