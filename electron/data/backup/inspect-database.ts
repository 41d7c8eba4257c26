import { CodedError } from '#shared/errors/coded-error.ts';
import { APPLICATION_ID } from '../migrations/application-id.ts';
import { migrations } from '../migrations/migrations.ts';
import { Database, type Sqlite } from '../connection/sqlite.ts';

/** What a register's file says of itself. */
export interface RegisterFacts {
  readonly registerId: string;
  readonly epoch: number;
  readonly schemaVersion: number;
  /** Null before the office's first set-up. */
  readonly agency: { readonly code: string; readonly name: string } | null;
}

export interface RegisterCounts {
  readonly documents: number;
  readonly numbers: number;
  readonly history: number;
}

/** The newest schema that this program knows. */
export const knownSchemaVersion = migrations.length;

/** Whether the database must be migrated before this program can use it; false for none and for one that cannot be read. */
export function needsMigration(path: string): boolean {
  try {
    const { schemaVersion } = readFacts(path);
    return schemaVersion < knownSchemaVersion;
  } catch {
    // Core says what is wrong with it, when it opens it.
    return false;
  }
}

/** @throws CodedError DATABASE_DAMAGED; SQLite's error where the file cannot be opened */
export function readFacts(path: string): RegisterFacts {
  return reading(path, factsOf);
}

/**
 * Reads all of a register's file that can be wrong.
 * @throws CodedError DATABASE_DAMAGED
 */
export function checkDatabase(path: string): RegisterFacts & { readonly counts: RegisterCounts } {
  return reading(path, (sqlite) => {
    if (sqlite.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new CodedError('DATABASE_DAMAGED', { file: path });
    const count = (table: string) => sqlite.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
    const counts = { documents: count('document'), numbers: count('book_number'), history: count('history') };
    return { ...factsOf(sqlite), counts };
  });
}

/** The stored files that a register needs, each once, in the order of their names. The database stays open meanwhile. @throws CodedError DATABASE_DAMAGED */
export function* neededFiles(path: string): Generator<string> {
  const sqlite = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const ids = sqlite.prepare<[], string>('SELECT DISTINCT file_id FROM file_reference ORDER BY file_id').pluck();
    yield* ids.iterate();
  } catch (error) {
    throw explainDamage(error, path);
  } finally {
    sqlite.close();
  }
}

function factsOf(sqlite: Sqlite): RegisterFacts {
  if (sqlite.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new CodedError('DATABASE_DAMAGED', { file: sqlite.name });
  const schemaVersion = sqlite.pragma('user_version', { simple: true }) as number;
  const register = sqlite.prepare<[], { id: string; epoch: number }>('SELECT id, epoch FROM register').get();
  if (register === undefined) throw new CodedError('DATABASE_DAMAGED', { file: sqlite.name });
  const setting = sqlite.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck();
  const code = setting.get('agency-code');
  const name = setting.get('agency-name');
  const agency = code === undefined || name === undefined ? null : { code, name };
  return { registerId: register.id, epoch: register.epoch, schemaVersion, agency };
}

function reading<T>(path: string, work: (sqlite: Sqlite) => T): T {
  const sqlite = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return work(sqlite);
  } catch (error) {
    throw explainDamage(error, path);
  } finally {
    sqlite.close();
  }
}

function explainDamage(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return error;
  return new CodedError('DATABASE_DAMAGED', { file: path }, { cause: error });
}
