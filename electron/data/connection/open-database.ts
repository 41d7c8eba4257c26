import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Log } from '#core/ports/system.ts';
import { APPLICATION_ID } from '../migrations/application-id.ts';
import { migrations } from '../migrations/migrations.ts';
import { finishRestore } from '../backup/finish-restore.ts';
import { startCheckpoints } from './checkpoints.ts';
import { clearSuspicion, isAsClosed, markClosed, unmark } from './closing-mark.ts';
import { migrate } from './migrate.ts';
import { prepareFolder } from './prepare-folder.ts';
import { Database, type Sqlite } from './sqlite.ts';

export const DATABASE_NAME = 'vanthu.db';
/** A statement slower than this is logged by name. */
const SLOW_STATEMENT_MS = 40;

export interface OpenDatabase {
  readonly sqlite: Sqlite;
  readonly sqliteVersion: string;
  readonly schemaVersion: number;
  /** Something was committed: its log is written back beside what comes next. */
  committed(): void;
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
    if (finishRestore(dataDir)) log.warn('restore-finished');
    const asClosed = isAsClosed(path);
    const began = performance.now();
    checkFile(path, existsSync(join(dataDir, 'files')), asClosed);
    log.info('database-checked', { whole: !asClosed, ms: Math.round(performance.now() - began) });
    clearSuspicion(path);
    unmark(path);
    const sqlite = openFile(path);
    try {
      migrate(sqlite, path, migrations, log);
      const schemaVersion = migrations.length;
      const sqliteVersion = String(sqlite.prepare('SELECT sqlite_version()').pluck().get());
      const register = sqlite.prepare<[], { id: string; epoch: number }>('SELECT id, epoch FROM register').get();
      log.info('database-open', { schemaVersion, sqliteVersion, registerId: register?.id, epoch: register?.epoch });
      const checkpoints = startCheckpoints(path, log);
      return {
        sqlite,
        sqliteVersion,
        schemaVersion,
        committed: checkpoints.committed,
        close: () => {
          checkpoints.stop();
          sqlite.close();
          try {
            markClosed(path);
          } catch (error) {
            // The next start reads all of it.
            log.error('closing-not-marked', error);
          }
          releaseLock(lock);
        },
      };
    } catch (error) {
      sqlite.close();
      throw error;
    }
  } catch (error) {
    releaseLock(lock);
    throw explainOpenError(error, path);
  }
}

/** The data folder for one process, without its database. */
export interface HeldFolder {
  release(): void;
}

/** @throws CodedError FOLDER_IN_USE, FOLDER_NOT_WRITABLE, DISK_FULL */
export function holdFolder(dataDir: string): HeldFolder {
  prepareFolder(dataDir);
  const lock = lockFolder(dataDir);
  return { release: () => releaseLock(lock) };
}

/** A connection that nothing refers to any more is closed when its memory is collected, and the lock would go with it. */
const heldLocks = new Set<Sqlite>();

function releaseLock(lock: Sqlite): void {
  heldLocks.delete(lock);
  lock.close();
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
    heldLocks.add(lock);
    return lock;
  } catch (error) {
    lock?.close();
    throw explainOpenError(error, dataDir);
  }
}

/**
 * Looks at the file without writing: one that is damaged or of a newer version must stay as it is, byte for byte.
 * @param wasUsed the folder already holds the office's documents, so its registers must be there too
 * @param asClosed nobody has written into it since this program closed it: its pages were whole then, and are not read again
 */
export function checkFile(path: string, wasUsed: boolean, asClosed: boolean): void {
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
    // A file of something else, or of a trial before the first version: never taken for ours by its number alone.
    if (version > 0 && sqlite.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw damaged(path);
    // What is about to be given another form is read whole in any case.
    if (asClosed && version === migrations.length) return;
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
    // 16 MB: the index of a list of 100,000 documents fits, and its count need not read it anew each time.
    sqlite.pragma('cache_size = -16000');
    // 64 MB of log: `checkpoints.ts` writes it back long before, and not within somebody's commit.
    sqlite.pragma('wal_autocheckpoint = 16000');
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

export function explainOpenError(error: unknown, where: string): unknown {
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return damaged(where);
  if (code.startsWith('SQLITE_BUSY')) return new CodedError('FOLDER_IN_USE', { folder: where });
  if (/^(SQLITE_(CANTOPEN|READONLY|IOERR)|EACCES|EPERM|EROFS)/.test(code)) {
    return new CodedError('FOLDER_NOT_WRITABLE', { folder: where }, { cause: error });
  }
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') return new CodedError('DISK_FULL', {}, { cause: error });
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
