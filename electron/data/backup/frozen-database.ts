import { closeSync, openSync } from 'node:fs';
import { Database, type Sqlite } from '../connection/sqlite.ts';

/** A database file that nobody changes while this is held; the office goes on writing into its write-ahead log. */
export interface FrozenDatabase {
  /** For reading the file's bytes. */
  readonly descriptor: number;
  release(): void;
}

/** An office that writes without a pause leaves no instant in which its log is empty. */
const TRIES = 50;

/**
 * Holds the database file as it is now, so that its bytes can be copied as those of any file: a reader that begins where the
 * log has been written back completely keeps every checkpoint away from the file until it ends (SQLite, "Write-Ahead
 * Logging", 3.2: a checkpoint stops at the end mark of a reader). Null when the office writes too much for that.
 * Only for a process that does nothing else with this file: closing a descriptor drops the locks of a whole process (fcntl).
 */
export function freezeDatabase(path: string): FrozenDatabase | null {
  const descriptor = openSync(path, 'r');
  const opened: Sqlite[] = [];
  const open = (): Sqlite => {
    const sqlite = new Database(path, { fileMustExist: true, timeout: 1_000 });
    opened.push(sqlite);
    return sqlite;
  };
  const release = (): void => {
    for (const sqlite of opened) sqlite.close();
    // Last: SQLite's own locks on the file would go with it.
    closeSync(descriptor);
  };
  try {
    const reader = open();
    const checkpointer = open();
    const begin = reader.prepare('SELECT count(*) FROM sqlite_schema');
    for (let tries = 0; tries < TRIES; tries += 1) {
      checkpointer.pragma('wal_checkpoint(PASSIVE)');
      reader.exec('BEGIN');
      begin.get();
      // What was committed meanwhile would be written back beneath the reader: only where nothing was, the file stays.
      const [state] = checkpointer.pragma('wal_checkpoint(PASSIVE)') as readonly Checkpoint[];
      if (state?.busy === 0 && state.log === state.checkpointed) {
        const thaw = (): void => {
          reader.exec('COMMIT');
          // What the office wrote meanwhile goes into the file here, and not in the clerk's next commit.
          checkpointer.pragma('wal_checkpoint(PASSIVE)');
          release();
        };
        return { descriptor, release: thaw };
      }
      reader.exec('COMMIT');
    }
  } catch (error) {
    release();
    throw error;
  }
  release();
  return null;
}

interface Checkpoint {
  readonly busy: number;
  /** Frames in the log, and how many of them are in the database file. */
  readonly log: number;
  readonly checkpointed: number;
}
