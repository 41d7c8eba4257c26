import type { Migration } from './migrations.ts';

/** Letters before and at the issue: replaced files, recipients that the exchange does not reach, copies, drafts made again. */
export const outgoing: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- Số lượng bản.
ALTER TABLE document ADD COLUMN copies INTEGER CHECK (copies >= 1);
-- Why the draft was sent back, and by whom; null once it is submitted again.
ALTER TABLE document ADD COLUMN sent_back_reason TEXT;
ALTER TABLE document ADD COLUMN sent_back_by TEXT;
-- The cancelled letter that this one was made of anew.
ALTER TABLE document ADD COLUMN made_from TEXT REFERENCES document (id);
CREATE INDEX document_made_from ON document (made_from) WHERE made_from IS NOT NULL;

-- Files that were the letter's while it was a draft, the oldest first.
CREATE TABLE replaced_file (
  document_id TEXT NOT NULL REFERENCES document (id),
  position INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  page_count INTEGER,
  replaced_at TEXT NOT NULL,
  PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;

-- Who gets a letter without the exchange: units and persons of the office, and those outside that get paper alone.
CREATE TABLE other_recipient (
  document_id TEXT NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL CHECK (kind IN ('inside', 'paper')),
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  posted_on TEXT,
  item TEXT NOT NULL DEFAULT '',
  copies INTEGER NOT NULL DEFAULT 1 CHECK (copies >= 1),
  PRIMARY KEY (document_id, kind, name),
  CHECK (kind = 'paper' OR posted_on IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX other_recipient_to_post ON other_recipient (document_id) WHERE kind = 'paper' AND posted_on IS NULL;
CREATE INDEX other_recipient_posted ON other_recipient (posted_on, document_id) WHERE posted_on IS NOT NULL;

-- Copies in the envelope to a recipient of the exchange that gets paper as well.
ALTER TABLE delivery ADD COLUMN paper_copies INTEGER NOT NULL DEFAULT 1 CHECK (paper_copies >= 1);
`;
