import type { Migration } from './migrations.ts';

/** An office states that a person opened a document, and follows with its own letters who has. */
export const watching: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
ALTER TABLE delivery ADD COLUMN opened_at TEXT;
-- Who accepted it, or sent it back, had opened it.
UPDATE delivery SET opened_at = coalesce(accepted_at, refused_at, completed_at);

-- What this office states to the exchange, in the order in which it was made.
CREATE TABLE statement (
  id TEXT PRIMARY KEY,
  message_id TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES document (id),
  -- Null for what a recipient states of its own delivery.
  recipient_code TEXT,
  event TEXT NOT NULL,
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
CREATE INDEX statement_waiting ON statement (created_at, id) WHERE state = 'waiting';
CREATE INDEX statement_document ON statement (document_id, created_at);

-- How far each document has got with each recipient, as the exchange says; the JSON holds all, the columns what lists ask for.
CREATE TABLE watched_delivery (
  message_id TEXT NOT NULL,
  recipient_code TEXT NOT NULL,
  sender_code TEXT NOT NULL,
  -- The letter of this office that it is about.
  document_id TEXT REFERENCES document (id),
  urgency TEXT NOT NULL,
  express_at TEXT,
  opened_at TEXT,
  -- Nobody there has opened it yet.
  waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
  call_since TEXT,
  -- When the next call is due if nobody opens it.
  call_from TEXT,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  taken_at TEXT NOT NULL,
  PRIMARY KEY (message_id, recipient_code)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_document ON watched_delivery (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX watched_waiting ON watched_delivery (document_id) WHERE waiting = 1 AND document_id IS NOT NULL;
CREATE INDEX watched_call ON watched_delivery (document_id) WHERE call_since IS NOT NULL AND document_id IS NOT NULL;
CREATE INDEX watched_opened ON watched_delivery (opened_at) WHERE document_id IS NOT NULL;

CREATE TABLE watch_position (
  exchange_id TEXT NOT NULL,
  agency_code TEXT NOT NULL,
  epoch TEXT NOT NULL,
  position TEXT NOT NULL,
  -- The one that the exchange was on when it was last asked.
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  PRIMARY KEY (exchange_id, agency_code, epoch)
) STRICT, WITHOUT ROWID;
`;
