import { createRequire } from 'node:module';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { CodedError } from '#core/coded-error.ts';
import type { Log } from '#core/ports/system.ts';
import { migrations } from '../migrations/migrations.ts';
import { prepareFolder } from './prepare-folder.ts';

// The binary differs between Node and Electron, so it is loaded from node_modules at run time, never bundled.
const Database = createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3;
export type Sqlite = BetterSqlite3.Database;

const DATABASE_NAME = 'vanthu.db';
/** A statement slower than this is logged by name. */
const SLOW_STATEMENT_MS = 40;

export interface OpenDatabase {
  readonly sqlite: Sqlite;
  readonly sqliteVersion: string;
  readonly schemaVersion: number;
  close(): void;
}

/**
 * Opens the office's database for one process: takes the folder's lock, checks the file, migrates it (after a copy).
 * @throws CodedError FOLDER_IN_USE, DATABASE_NEWER, DATABASE_DAMAGED, FOLDER_NOT_WRITABLE, DISK_FULL
 */
export function openDatabase(dataDir: string, log: Log): OpenDatabase {
  prepareFolder(dataDir);
  const lock = lockFolder(dataDir);
  const path = join(dataDir, DATABASE_NAME);
  try {
    checkFile(path, existsSync(join(dataDir, 'files')));
    const sqlite = openFile(path);
    try {
      migrate(sqlite, path, log);
      const schemaVersion = migrations.length;
      const sqliteVersion = String(sqlite.prepare('SELECT sqlite_version()').pluck().get());
      log.info('database-open', { schemaVersion, sqliteVersion });
      return {
        sqlite,
        sqliteVersion,
        schemaVersion,
        close: () => {
          sqlite.close();
          lock.close();
        },
      };
    } catch (error) {
      sqlite.close();
      throw error;
    }
  } catch (error) {
    lock.close();
    throw explainOpenError(error, path);
  }
}

/**
 * An open write transaction on a file of its own is the lock: the operating system drops it when the process dies,
 * whatever the cause, so no stale lock can shut the clerk out.
 */
function lockFolder(dataDir: string): Sqlite {
  let lock: Sqlite | undefined;
  try {
    lock = new Database(join(dataDir, 'lock.db'), { timeout: 0 });
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    throw explainOpenError(error, dataDir);
  }
}

/**
 * Looks at the file without writing: one that is damaged or of a newer version must stay as it is, byte for byte.
 * @param wasUsed the folder already holds the office's documents, so its registers must be there too
 */
function checkFile(path: string, wasUsed: boolean): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) {
    if (wasUsed) throw damaged(path);
    return;
  }
  const sqlite = new Database(path, { readonly: true });
  try {
    const version = sqlite.pragma('user_version', { simple: true }) as number;
    if (version > migrations.length) {
      throw new CodedError('DATABASE_NEWER', { found: version, known: migrations.length });
    }
    if (version === 0 && wasUsed) throw damaged(path);
    if (sqlite.pragma('quick_check(1)', { simple: true }) !== 'ok') throw damaged(path);
  } finally {
    sqlite.close();
  }
}

function openFile(path: string): Sqlite {
  const sqlite = new Database(path);
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('busy_timeout = 5000');
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** The damaged file stays where it is, so that it is never silently replaced by an empty one. */
function damaged(path: string): CodedError {
  return new CodedError('DATABASE_DAMAGED', { file: path });
}

function migrate(sqlite: Sqlite, path: string, log: Log): void {
  const from = sqlite.pragma('user_version', { simple: true }) as number;
  if (from === migrations.length) return;
  // A copy first: a migration that turns out wrong must not cost the office its books.
  if (from > 0) {
    const copy = `${path}.before-v${migrations.length}`;
    // Left by an attempt that failed after it; the database is still what it was then.
    rmSync(copy, { force: true });
    sqlite.prepare('VACUUM INTO ?').run(copy);
  }
  sqlite
    .transaction(() => {
      for (const sql of migrations.slice(from)) sqlite.exec(sql);
      sqlite.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
  log.info('database-migrated', { from, to: migrations.length });
}

function explainOpenError(error: unknown, where: string): unknown {
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return damaged(where);
  if (code.startsWith('SQLITE_BUSY')) return new CodedError('FOLDER_IN_USE', { folder: where });
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_IOERR')) {
    return new CodedError('FOLDER_NOT_WRITABLE', { folder: where }, { cause: error });
  }
  if (code.startsWith('SQLITE_FULL')) return new CodedError('DISK_FULL', {}, { cause: error });
  return error;
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Runs a statement and logs it by name when it was slow. */
export function timed<T>(log: Log, name: string, run: () => T): T {
  const start = performance.now();
  try {
    return run();
  } catch (error) {
    if (sqliteCode(error).startsWith('SQLITE_FULL')) throw new CodedError('DISK_FULL', {}, { cause: error });
    throw error;
  } finally {
    const ms = performance.now() - start;
    if (ms > SLOW_STATEMENT_MS) log.warn('slow-transaction', { name, ms: Math.round(ms) });
  }
}
