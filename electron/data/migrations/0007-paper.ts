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

-- The agency of the directory that sent what came on paper.
ALTER TABLE document ADD COLUMN paper_sender_code TEXT;

-- Documents that came on paper alone, as this office reports them, in the order in which the reports were made.
CREATE TABLE office_report (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL REFERENCES document (id),
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
  attempts INTEGER NOT NULL,
  next_attempt_at TEXT NOT NULL,
  error_code TEXT,
  created_at TEXT NOT NULL,
  settled_at TEXT,
  CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT;
CREATE INDEX office_report_waiting ON office_report (seq) WHERE state = 'waiting';
CREATE INDEX office_report_document ON office_report (document_id);
`;
