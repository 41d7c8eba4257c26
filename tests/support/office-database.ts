import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Documents of each direction with what belongs to them, so that a test says what it means and not how it is joined. */
const views = `
  CREATE TEMP VIEW outgoing AS
    SELECT d.*, n.year, n.number, a.file_id, a.size AS file_size FROM document d
    LEFT JOIN book_number n ON n.document_id = d.id LEFT JOIN attachment a ON a.document_id = d.id AND a.role = 'main'
    WHERE d.direction = 'outgoing';
  CREATE TEMP VIEW incoming AS
    SELECT d.*, n.year, n.number AS arrival_number, m.message_id, m.edxml_file_id FROM document d
    LEFT JOIN book_number n ON n.document_id = d.id LEFT JOIN received_message m ON m.document_id = d.id
    WHERE d.direction = 'incoming';
`;

/** Rows of an office's database, read beside the running core. */
export function readRows<Row>(dataDir: string, sql: string, ...params: readonly unknown[]): Row[] {
  const sqlite = new Database(join(dataDir, 'vanthu.db'), { readonly: true });
  try {
    sqlite.exec(views);
    return sqlite.prepare<unknown[], Row>(sql).all(...params);
  } finally {
    sqlite.close();
  }
}

/**
 * Writes the log of an office's database back and cuts it to nothing, beside the running core: on a full disk commits
 * would go on in its place. False when core is at work with it.
 */
export function emptyLog(dataDir: string): boolean {
  const sqlite = new Database(join(dataDir, 'vanthu.db'));
  try {
    const [outcome] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return outcome?.busy === 0;
  } finally {
    sqlite.close();
  }
}

/** The number up to which everything in the inbox was taken in or set aside. */
export function readCursor(dataDir: string): number {
  const [row] = readRows<{ seq: number }>(
    dataDir,
    `SELECT min(seq) AS seq FROM (
       SELECT seq FROM inbox_position WHERE current = 1 UNION ALL SELECT seq - 1 FROM inbox_item)`,
  );
  return row?.seq ?? 0;
}

export interface OutboxRow {
  readonly message_id: string;
  readonly kind: string;
  readonly status_code: string | null;
  readonly file_id: string;
  readonly state: string;
}

export function readOutbox(dataDir: string, documentId: string): OutboxRow[] {
  return readRows(dataDir, 'SELECT * FROM outbox WHERE document_id = ? ORDER BY created_at', documentId);
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
