import type { Migration } from './migrations.ts';

/** What was decided before a letter was issued. */
export const lastLook: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- One row for each difference that somebody decided about; the history tells of every decision.
CREATE TABLE letter_decision (
  document_id TEXT NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL,
  -- What differs, as it is compared: when that changes, it is another difference.
  subject TEXT NOT NULL,
  way TEXT NOT NULL,
  reason TEXT NOT NULL,
  agencies TEXT NOT NULL,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  person_name TEXT NOT NULL,
  PRIMARY KEY (document_id, kind, subject)
) STRICT;
`;
