import type { Migration } from './migrations.ts';

/**
 * An inbox is a sequence with an identity, and what it lists is fetched in the order of urgency, not of its numbers. The
 * positions of before named no sequence: the inbox is read from its start once, and what is here already is known.
 */
export const inboxSequences: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- How far each sequence of an inbox was listed. A number means something only in the sequence that gave it.
CREATE TABLE inbox_position (
  exchange_id TEXT NOT NULL,
  agency_code TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  -- The message with that number: a sequence in which another stands there is another sequence. Null at the start.
  message_id TEXT,
  -- The one that the exchange was on when it was last asked.
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  PRIMARY KEY (exchange_id, agency_code, epoch),
  CHECK ((seq = 0) = (message_id IS NULL))
) STRICT, WITHOUT ROWID;
DELETE FROM setting WHERE name IN ('inbox-cursor', 'inbox-begun');

-- Listed by the exchange, and not in the registers yet.
CREATE TABLE inbox_item (
  message_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('document', 'status')),
  sender_code TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  accepted_at TEXT NOT NULL,
  urgency TEXT NOT NULL,
  -- Higher goes first.
  priority INTEGER NOT NULL,
  -- Large ones have a line of their own, so that small ones do not wait behind them.
  lane TEXT NOT NULL CHECK (lane IN ('fast', 'bulk')),
  -- How often the taking began and did not end: what a message does to the program may leave no other trace.
  begun INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT NOT NULL,
  error_code TEXT
) STRICT;
CREATE INDEX inbox_item_due ON inbox_item (lane, priority DESC, seq);

-- What is needed to take it again.
ALTER TABLE inbox_problem ADD COLUMN kind TEXT NOT NULL DEFAULT 'document';
ALTER TABLE inbox_problem ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE inbox_problem ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox_problem ADD COLUMN accepted_at TEXT NOT NULL DEFAULT '';
ALTER TABLE inbox_problem ADD COLUMN urgency TEXT NOT NULL DEFAULT 'normal';
UPDATE inbox_problem SET sha256 = coalesce(file_id, ''), accepted_at = at;
CREATE INDEX inbox_problem_sender ON inbox_problem (sender_code, seq DESC);

-- "Đã chuyển, chưa đến": the few among all that was ever sent.
CREATE INDEX delivery_on_the_way ON delivery (delivered_at, document_id) WHERE state = 'delivered';

ALTER TABLE outbox ADD COLUMN lane TEXT NOT NULL DEFAULT 'fast' CHECK (lane IN ('fast', 'bulk'));
-- The receipt as the exchange signed it: what it once took, it can be held to.
ALTER TABLE outbox ADD COLUMN proof TEXT;
-- Which exchange took it, from which agency: no other is asked whether it still has it.
ALTER TABLE outbox ADD COLUMN taken_by TEXT;
CREATE INDEX outbox_taken ON outbox (taken_by, created_at, message_id) WHERE state = 'done';
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (state, lane, priority DESC, created_at);
`;
