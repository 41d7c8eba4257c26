import type { Migration } from './migrations.ts';

/** Who has an incoming document, how far the work on it is, what was said about it, and how it was answered. */
export const handling: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- One row for each document with which more was done than entering it in the book.
CREATE TABLE handling (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  -- What the facts below come to, for lists and counts.
  stage TEXT NOT NULL,
  -- The leader whose opinion is waited for.
  asked_leader TEXT REFERENCES person (id),
  asked_at TEXT,
  directed INTEGER NOT NULL CHECK (directed IN (0, 1)),
  started INTEGER NOT NULL CHECK (started IN (0, 1)),
  finished_at TEXT,
  outcome TEXT,
  -- The letter of this office that answers it, or the number of one that is not in the register.
  answer_id TEXT REFERENCES document (id),
  answer_code TEXT,
  answer_date TEXT,
  outcome_reason TEXT,
  CHECK ((finished_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX handling_submitted ON handling (document_id) WHERE stage = 'submitted';
CREATE INDEX handling_asked ON handling (asked_leader) WHERE stage = 'submitted';
CREATE INDEX handling_answer ON handling (answer_id) WHERE answer_id IS NOT NULL;
CREATE INDEX handling_finished ON handling (finished_at) WHERE finished_at IS NOT NULL;

-- What the leader or the clerk wrote for those who get it.
ALTER TABLE assignment ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- When it ended, and by what: somebody else has it, it was called back, the document is finished.
ALTER TABLE assignment ADD COLUMN closed_at TEXT;
ALTER TABLE assignment ADD COLUMN closed_by TEXT REFERENCES person (id);
ALTER TABLE assignment ADD COLUMN closed_why TEXT
  CHECK (closed_why IN ('replaced', 'called-back', 'handed-over', 'finished'));
CREATE UNIQUE INDEX assignment_lead ON assignment (document_id) WHERE part = 'lead' AND closed_at IS NULL;
CREATE INDEX assignment_open_person ON assignment (person_id, document_id)
  WHERE person_id IS NOT NULL AND closed_at IS NULL;
CREATE INDEX assignment_open_unit ON assignment (unit_id, document_id) WHERE unit_id IS NOT NULL AND closed_at IS NULL;
CREATE INDEX assignment_due ON assignment (due_at, document_id)
  WHERE part = 'lead' AND closed_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX assignment_made ON assignment (assigned_at);
-- What came in a week, for its report.
CREATE INDEX incoming_arrived ON document (arrived_at) WHERE direction = 'incoming';

-- The thread of a document: what was said is neither changed nor removed.
CREATE TABLE remark (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL,
  -- Whose word it is on the phiếu giải quyết: leader of the agency, leader of a unit, or who works on it.
  voice TEXT NOT NULL CHECK (voice IN ('agency-leader', 'unit-leader', 'officer')),
  -- Who said it, as the name was then, and who wrote it down: the clerk may copy what a leader wrote on paper.
  speaker_id TEXT NOT NULL REFERENCES person (id),
  speaker_name TEXT NOT NULL,
  speaker_title TEXT NOT NULL,
  writer_id TEXT NOT NULL REFERENCES person (id),
  writer_name TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX remark_document ON remark (document_id, id);
CREATE TRIGGER remark_not_changed BEFORE UPDATE ON remark BEGIN SELECT RAISE(ABORT, 'remarks are append-only'); END;
CREATE TRIGGER remark_not_removed BEFORE DELETE ON remark BEGIN SELECT RAISE(ABORT, 'remarks are append-only'); END;

-- Out of the boxes until a day begins; passed ones have no effect.
CREATE TABLE put_aside (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  until TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX put_aside_until ON put_aside (until, document_id);

-- It was offered to the exchange at least once, and may be there: it can no longer be taken back.
ALTER TABLE outbox ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0 CHECK (leaving IN (0, 1));
-- Those that wait may have been offered.
UPDATE outbox SET leaving = 1;
`;
