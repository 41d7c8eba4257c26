import type { Migration } from './migrations.ts';

/** Paper beside what goes electronically, and what this office reports to the exchange besides documents. */
export const paper: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- Fixed when the letter is sent: rules that change later ask for no paper of what is long gone.
ALTER TABLE delivery ADD COLUMN paper_needed INTEGER NOT NULL DEFAULT 0 CHECK (paper_needed IN (0, 1));
-- The day on which a paper copy was posted; its number at the post, empty for a courier.
ALTER TABLE delivery ADD COLUMN paper_posted_on TEXT;
ALTER TABLE delivery ADD COLUMN paper_item TEXT NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN paper_received_at TEXT;
CREATE INDEX delivery_paper ON delivery (document_id)
  WHERE paper_needed = 1 AND paper_posted_on IS NULL AND paper_received_at IS NULL;

-- What this office reports of itself, in the order in which it was made: documents that came on paper alone, and feedback.
CREATE TABLE office_report (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('paper-arrival', 'feedback')),
  document_id TEXT REFERENCES document (id),
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
  attempts INTEGER NOT NULL,
  next_attempt_at TEXT NOT NULL,
  error_code TEXT,
  created_at TEXT NOT NULL,
  settled_at TEXT,
  -- What came back, and when somebody here looked at it.
  answer TEXT,
  answered_by TEXT,
  answered_at TEXT,
  answer_seen_at TEXT,
  CHECK ((state = 'waiting') = (settled_at IS NULL)),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX office_report_waiting ON office_report (created_at, id) WHERE state = 'waiting';
CREATE INDEX office_report_document ON office_report (document_id) WHERE document_id IS NOT NULL;
`;
