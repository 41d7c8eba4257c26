import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Rows of an office's database, read beside the running core. */
export function readRows<Row>(dataDir: string, sql: string, ...params: readonly unknown[]): Row[] {
  const sqlite = new Database(join(dataDir, 'vanthu.db'), { readonly: true });
  try {
    return sqlite.prepare<unknown[], Row>(sql).all(...params);
  } finally {
    sqlite.close();
  }
}

/** Number of the last inbox item that was taken in. */
export function readCursor(dataDir: string): number {
  const [row] = readRows<{ value: string }>(dataDir, "SELECT value FROM setting WHERE name = 'inbox-cursor'");
  return Number(row?.value ?? 0);
}

export interface OutboxRow {
  readonly message_id: string;
  readonly kind: string;
  readonly status_code: string | null;
  readonly file_id: string;
  readonly state: string;
}

export function readOutbox(dataDir: string, subjectId: string): OutboxRow[] {
  return readRows(dataDir, 'SELECT * FROM outbox WHERE subject_id = ? ORDER BY created_at', subjectId);
}

export interface InboxProblem {
  readonly message_id: string;
  readonly seq: number;
  readonly file_id: string | null;
  readonly code: string;
}

export function readInboxProblems(dataDir: string): InboxProblem[] {
  return readRows(dataDir, 'SELECT message_id, seq, file_id, code FROM inbox_problem ORDER BY seq');
}
