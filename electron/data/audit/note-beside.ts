import { join } from 'node:path';
import type { ActApart } from '#shared/contract/audit-acts.ts';
import { DATABASE_NAME, explainOpenError } from '../connection/open-database.ts';
import { Database } from '../connection/sqlite.ts';
import { auditAppender, entryApart } from './append-audit.ts';

/** Waits so long for what the application is writing, in ms. */
const PATIENCE_MS = 5_000;

/**
 * Adds to the audit trail of a data folder, also while the application has it open: the last row is read in the transaction
 * that adds the next, by both.
 * @throws CodedError FOLDER_NOT_WRITABLE, DISK_FULL: what cannot be noted must not be done
 */
export function noteBeside(dataDir: string, action: ActApart, params: Readonly<Record<string, string | number>>): void {
  const path = join(dataDir, DATABASE_NAME);
  try {
    const sqlite = new Database(path, { fileMustExist: true, timeout: PATIENCE_MS });
    try {
      sqlite.pragma('synchronous = FULL');
      const { append } = auditAppender(sqlite);
      sqlite.transaction(() => append(entryApart(null, new Date().toISOString(), action, params))).immediate();
    } finally {
      sqlite.close();
    }
  } catch (error) {
    throw explainOpenError(error, path);
  }
}
