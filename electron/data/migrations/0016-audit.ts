import { auditAppender, entryApart } from '../audit/append-audit.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { Migration } from './migrations.ts';

/** The audit trail: rows in a chain of hashes (`data/audit/audit-chain.ts`), beginning with the history that is there. */
export const audit: Migration = (sqlite) => {
  sqlite.exec(schema);
  chainHistory(sqlite);
};

const schema = `
-- For whom the actor acted (ủy quyền); empty for herself.
ALTER TABLE history ADD COLUMN behalf_id TEXT NOT NULL DEFAULT '';
ALTER TABLE history ADD COLUMN behalf_name TEXT NOT NULL DEFAULT '';

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('person', 'agency', 'exchange', 'program')),
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  behalf_id TEXT NOT NULL,
  behalf_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  action TEXT NOT NULL,
  params TEXT NOT NULL,
  -- No reference: a history that was deleted must show, not be forbidden here alone.
  history_id INTEGER UNIQUE,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (subject, seq) WHERE subject <> '';
CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
`;

interface HistoryRow {
  readonly id: number;
  readonly subject: string;
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly params: string;
}

const PAGE = 1000;

function chainHistory(sqlite: Sqlite): void {
  const { append } = auditAppender(sqlite);
  const page = sqlite.prepare<[number], HistoryRow>(
    `SELECT id, document_id AS subject, at, actor_kind AS actorKind, actor_id AS actorId, actor_name AS actorName, action,
       params FROM history WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
  );
  let last = 0;
  for (;;) {
    const rows = page.all(last);
    for (const { id, ...row } of rows) append({ ...row, behalfId: '', behalfName: '', historyId: id });
    if (rows.length < PAGE) break;
    last = rows.at(-1)?.id ?? last;
  }
  append(entryApart(null, new Date().toISOString(), 'audit.began', {}));
}
