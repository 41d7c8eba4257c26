import type { Migration } from './migrations.ts';

/** Vướng mắc: what this office reports, and the answers. */
export const feedback: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
CREATE TABLE feedback (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  person TEXT NOT NULL,
  app_version TEXT NOT NULL,
  -- JSON, as the clerk saw it when she agreed.
  bundle TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
  -- Agency and exchange that took it.
  taken_by TEXT,
  attempts INTEGER NOT NULL,
  next_attempt_at TEXT NOT NULL,
  error_code TEXT,
  created_at TEXT NOT NULL,
  settled_at TEXT,
  CHECK ((state = 'waiting') = (settled_at IS NULL)),
  CHECK ((state = 'done') = (taken_by IS NOT NULL))
) STRICT;
CREATE INDEX feedback_waiting ON feedback (next_attempt_at) WHERE state = 'waiting';

CREATE TABLE feedback_answer (
  id TEXT PRIMARY KEY,
  report_id TEXT NOT NULL REFERENCES feedback (id),
  -- Null for the exchange's administrator.
  agency_code TEXT,
  person TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  read_at TEXT,
  -- Whether the exchange knows that it was read.
  is_known INTEGER NOT NULL DEFAULT 0 CHECK (is_known IN (0, 1)),
  CHECK (is_known = 0 OR read_at IS NOT NULL)
) STRICT;
CREATE INDEX feedback_answer_report ON feedback_answer (report_id, at);
CREATE INDEX feedback_answer_open ON feedback_answer (id) WHERE is_known = 0;
`;
