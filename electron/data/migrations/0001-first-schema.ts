import { randomUUID } from 'node:crypto';
import { FIRST_PERSON_ID, roles } from '#shared/domain/roles.ts';
import { APPLICATION_ID } from './application-id.ts';
import type { Migration } from './migrations.ts';

/**
 * The registers of one office. Times are UTC instants (ISO 8601), days yyyy-MM-dd. What the decree asks for has typed
 * columns (NĐ 30/2020, Phụ lục IV and VI); JSON is for geometry and reports alone (`document_report`,
 * `history.params`), each with the version of its form.
 */
export const firstSchema: Migration = (sqlite) => {
  sqlite.pragma(`application_id = ${APPLICATION_ID}`);
  sqlite.exec(schema);
  // A copy of the register that was restored elsewhere gets a higher epoch: two of them must not give the same number.
  sqlite.prepare('INSERT INTO register (only_row, id, epoch) VALUES (1, ?, 1)').run(randomUUID());
  sqlite.prepare("INSERT INTO person (id, name) VALUES (?, '')").run(FIRST_PERSON_ID);
  const addRole = sqlite.prepare('INSERT INTO person_role (person_id, role) VALUES (?, ?)');
  for (const role of roles) addRole.run(FIRST_PERSON_ID, role);
  const addBook = sqlite.prepare('INSERT INTO book (id, direction, name) VALUES (?, ?, ?)');
  addBook.run('incoming', 'incoming', 'Sổ đăng ký văn bản đến');
  addBook.run('outgoing', 'outgoing', 'Sổ đăng ký văn bản đi');
};

const schema = `
-- Identity of the register itself, and how often it was restored.
CREATE TABLE register (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch >= 1)
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Answers of commands, so that the same command gets the same answer after any crash.
CREATE TABLE command (
  command_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  result TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX command_at ON command (at);

CREATE TABLE unit (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- As it stands in notations: HCTC.
  abbreviation TEXT NOT NULL DEFAULT '',
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  unit_id TEXT REFERENCES unit (id),
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE person_role (
  person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  PRIMARY KEY (person_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE agency (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  parent_code TEXT,
  folded TEXT NOT NULL,
  valid_to TEXT
) STRICT;
CREATE TABLE agency_group (
  agency_code TEXT NOT NULL REFERENCES agency (code),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (agency_code, position)
) STRICT, WITHOUT ROWID;

-- Điều 15 and 22: which books there are, and what each is for, is the office's decision.
CREATE TABLE book (
  id TEXT PRIMARY KEY,
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  name TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'documents' CHECK (kind IN ('documents')),
  series TEXT NOT NULL DEFAULT 'year' CHECK (series IN ('year')),
  numbering TEXT NOT NULL DEFAULT 'consecutive' CHECK (numbering IN ('consecutive')),
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
-- The types that a book alone takes. A book without any is the common one of its direction.
CREATE TABLE book_type (
  book_id TEXT NOT NULL REFERENCES book (id),
  document_type TEXT NOT NULL,
  PRIMARY KEY (book_id, document_type)
) STRICT, WITHOUT ROWID;
CREATE TABLE book_year (
  book_id TEXT NOT NULL REFERENCES book (id),
  year INTEGER NOT NULL,
  -- Last number of the paper book that it continues.
  started_from INTEGER NOT NULL DEFAULT 0,
  last INTEGER NOT NULL,
  PRIMARY KEY (book_id, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  -- Also the row of the search indexes.
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  state TEXT NOT NULL,
  express INTEGER NOT NULL CHECK (express IN (0, 1)),
  arrived_at TEXT,
  changed_at TEXT NOT NULL,
  due_at TEXT,
  revision INTEGER NOT NULL,
  book_id TEXT NOT NULL REFERENCES book (id),
  created_at TEXT NOT NULL,
  urgency TEXT NOT NULL,
  express_at TEXT,
  code_text TEXT NOT NULL,
  date TEXT,
  agency_name TEXT NOT NULL,
  abstract TEXT NOT NULL,
  document_type TEXT NOT NULL,
  signer_name TEXT NOT NULL,
  signer_title TEXT NOT NULL,
  -- Why it was returned or cancelled.
  reason TEXT,
  -- Outgoing.
  notation TEXT,
  printed_number TEXT,
  place TEXT,
  authority TEXT,
  addressees TEXT,
  recipient_lines TEXT,
  paper_follows INTEGER CHECK (paper_follows IN (0, 1)),
  original_file_id TEXT,
  sent_at TEXT,
  -- Incoming.
  forward_to TEXT,
  paper TEXT,
  opened INTEGER CHECK (opened IN (0, 1)),
  verdict TEXT,
  CHECK ((direction = 'incoming') = (arrived_at IS NOT NULL)),
  CHECK ((direction = 'incoming') = (paper IS NOT NULL)),
  CHECK ((direction = 'outgoing') = (notation IS NOT NULL)),
  CHECK ((direction = 'outgoing') = (original_file_id IS NOT NULL))
) STRICT;
CREATE INDEX incoming_box ON document (state, express DESC, arrived_at DESC) WHERE direction = 'incoming';
-- "Đã xong" grows for ever and is read newest first; sorting all of it for one page took 200 ms at 100,000 documents.
CREATE INDEX incoming_finished ON document (changed_at DESC, id)
  WHERE direction = 'incoming' AND state IN ('done', 'returned');
CREATE INDEX outgoing_box ON document (state, express DESC, changed_at DESC) WHERE direction = 'outgoing';
-- Recipients' statuses name a document by its number and notation; a book of years must not be read through for each.
CREATE INDEX document_code ON document (code_text, date);

-- Điều 15 and 22: a number is given once in the year, also to a document cancelled later; one series for paper and
-- electronic. What was reserved or will never be given stays here with its reason.
CREATE TABLE book_number (
  book_id TEXT NOT NULL REFERENCES book (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  -- Số phụ: the a of 241a; empty for the number itself.
  suffix TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('given', 'reserved', 'void')),
  document_id TEXT UNIQUE REFERENCES document (id),
  reason TEXT,
  person_id TEXT NOT NULL REFERENCES person (id),
  at TEXT NOT NULL,
  PRIMARY KEY (book_id, year, number, suffix),
  CHECK ((state = 'given') = (document_id IS NOT NULL)),
  CHECK (state <> 'void' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- The message that brought an incoming document; one that came on paper has none.
CREATE TABLE received_message (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  message_id TEXT NOT NULL UNIQUE,
  sender_code TEXT NOT NULL,
  sender_name TEXT NOT NULL,
  -- As the sender names it (edXML DocumentId).
  sender_document_id TEXT NOT NULL,
  edxml_file_id TEXT NOT NULL
) STRICT;
CREATE INDEX received_document ON received_message (sender_code, sender_document_id);

CREATE TABLE attachment (
  document_id TEXT NOT NULL REFERENCES document (id),
  position INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('main', 'appendix', 'paper-scan')),
  file_id TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  page_count INTEGER,
  PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX attachment_main ON attachment (document_id) WHERE role = 'main';

CREATE TABLE document_warning (
  document_id TEXT NOT NULL REFERENCES document (id),
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;

-- Geometry and reports: what was read where, where the page leaves room, what the signatures are worth.
CREATE TABLE document_report (
  document_id TEXT NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (document_id, kind)
) STRICT;

CREATE TABLE delivery (
  document_id TEXT NOT NULL REFERENCES document (id),
  agency_code TEXT NOT NULL,
  agency_name TEXT NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  delivered_at TEXT,
  arrived_at TEXT,
  accepted_at TEXT,
  refused_at TEXT,
  completed_at TEXT,
  reason TEXT,
  PRIMARY KEY (document_id, agency_code)
) STRICT, WITHOUT ROWID;

-- Điều 23, 24: who leads, helps or is informed, and until when.
CREATE TABLE assignment (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  part TEXT NOT NULL CHECK (part IN ('lead', 'support', 'inform')),
  unit_id TEXT REFERENCES unit (id),
  person_id TEXT REFERENCES person (id),
  due_at TEXT,
  assigned_by TEXT NOT NULL REFERENCES person (id),
  assigned_at TEXT NOT NULL,
  CHECK (unit_id IS NOT NULL OR person_id IS NOT NULL)
) STRICT;
CREATE INDEX assignment_document ON assignment (document_id);

-- Trả lời, thay thế, căn cứ. A document that this office does not have is named by its number and day.
CREATE TABLE relation (
  document_id TEXT NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL CHECK (kind IN ('answers', 'replaces', 'based-on')),
  code_text TEXT NOT NULL,
  date TEXT,
  other_id TEXT REFERENCES document (id),
  PRIMARY KEY (document_id, kind, code_text)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_other ON relation (other_id);

CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  at TEXT NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('person', 'agency', 'exchange')),
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  action TEXT NOT NULL,
  version INTEGER NOT NULL,
  params TEXT NOT NULL
) STRICT;
CREATE INDEX history_document ON history (document_id, id);

CREATE TABLE outbox (
  message_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('document', 'status')),
  -- The outgoing document that it carries, or the incoming one whose state it reports.
  document_id TEXT NOT NULL REFERENCES document (id),
  status_code TEXT,
  file_id TEXT NOT NULL,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'blocked', 'done')),
  attempts INTEGER NOT NULL,
  next_attempt_at TEXT NOT NULL,
  error_code TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (state, priority DESC, created_at);
CREATE INDEX outbox_document ON outbox (document_id);

-- A message that could not be taken in: kept with its reason, so that the cursor may move on and nothing is lost.
CREATE TABLE inbox_problem (
  message_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  sender_code TEXT NOT NULL,
  file_id TEXT,
  code TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE certificate (
  id TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('person', 'seal')),
  path TEXT NOT NULL,
  file_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  organisation TEXT NOT NULL,
  issuer TEXT NOT NULL,
  serial TEXT NOT NULL,
  not_before TEXT NOT NULL,
  not_after TEXT NOT NULL,
  image_file_id TEXT
) STRICT;
-- The certificate itself, then its issuers (DER).
CREATE TABLE certificate_chain (
  certificate_id TEXT NOT NULL REFERENCES certificate (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  der BLOB NOT NULL,
  PRIMARY KEY (certificate_id, position)
) STRICT;

-- Which row needs which stored file; filled with those rows. A file without any may be removed.
CREATE TABLE file_reference (
  file_id TEXT NOT NULL,
  holder TEXT NOT NULL,
  holder_id TEXT NOT NULL,
  PRIMARY KEY (file_id, holder, holder_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_reference_holder ON file_reference (holder, holder_id);

-- Folding is done in JavaScript for rows and queries alike, because no tokenizer folds đ.
CREATE VIRTUAL TABLE search_words USING fts5 (
  code, body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3'
);
CREATE VIRTUAL TABLE search_code USING fts5 (code, content = '', contentless_delete = 1, tokenize = "trigram");
`;
