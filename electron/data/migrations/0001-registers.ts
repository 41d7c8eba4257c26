/**
 * The registers of one office. Times are UTC instants (ISO 8601), days yyyy-MM-dd. What the clerk types is one JSON
 * object per document; the columns that lists, books and rules need are generated from it, so nothing is stored twice.
 */
export const registers = `
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE command (
  command_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  result TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX command_at ON command (at);

CREATE TABLE agency (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  parent_code TEXT,
  groups TEXT NOT NULL,
  folded TEXT NOT NULL,
  valid_to TEXT
) STRICT;

CREATE TABLE book (
  id TEXT PRIMARY KEY,
  direction TEXT NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
  name TEXT NOT NULL
) STRICT;
INSERT INTO book VALUES ('incoming', 'incoming', 'Sổ đăng ký văn bản đến'), ('outgoing', 'outgoing', 'Sổ đăng ký văn bản đi');

CREATE TABLE book_year (
  book_id TEXT NOT NULL REFERENCES book (id),
  year INTEGER NOT NULL,
  started_from INTEGER NOT NULL DEFAULT 0,
  last INTEGER NOT NULL,
  PRIMARY KEY (book_id, year)
) STRICT;

CREATE TABLE outgoing (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  fields TEXT NOT NULL,
  placement TEXT NOT NULL,
  file_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_size INTEGER NOT NULL,
  page_count INTEGER,
  original_file_id TEXT NOT NULL,
  verification TEXT,
  book_id TEXT REFERENCES book (id),
  year INTEGER,
  number INTEGER,
  code_text TEXT NOT NULL,
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  numbered_at TEXT,
  sent_at TEXT,
  cancel_reason TEXT,
  document_type TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.documentType') VIRTUAL,
  abstract TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.abstract') VIRTUAL,
  agency_name TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.agencyName') VIRTUAL,
  signer_name TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.signerName') VIRTUAL,
  urgency TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.urgency') VIRTUAL,
  express INTEGER NOT NULL GENERATED ALWAYS AS (fields ->> '$.urgency' IN ('express', 'express-timed')) VIRTUAL,
  date TEXT GENERATED ALWAYS AS (fields ->> '$.date') VIRTUAL,
  due_at TEXT GENERATED ALWAYS AS (fields ->> '$.dueAt') VIRTUAL,
  -- Điều 15: a number is given once in the year, also to a document cancelled later.
  UNIQUE (book_id, year, number),
  CHECK ((number IS NULL) = (year IS NULL))
) STRICT;
CREATE INDEX outgoing_state ON outgoing (state, express DESC, changed_at DESC);

CREATE TABLE delivery (
  document_id TEXT NOT NULL REFERENCES outgoing (id),
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

CREATE TABLE incoming (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  sender_code TEXT NOT NULL,
  sender_name TEXT NOT NULL,
  document_id TEXT NOT NULL,
  edxml_file_id TEXT NOT NULL,
  fields TEXT NOT NULL,
  field_sources TEXT NOT NULL,
  regions TEXT NOT NULL,
  warnings TEXT NOT NULL,
  verification TEXT,
  verdict TEXT,
  express_at TEXT,
  opened INTEGER NOT NULL DEFAULT 0,
  arrived_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  registered_at TEXT,
  return_reason TEXT,
  book_id TEXT REFERENCES book (id),
  year INTEGER,
  arrival_number INTEGER,
  agency_name TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.agencyName') VIRTUAL,
  code_text TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.codeText') VIRTUAL,
  abstract TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.abstract') VIRTUAL,
  document_type TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.documentType') VIRTUAL,
  signer_name TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.signerName') VIRTUAL,
  urgency TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.urgency') VIRTUAL,
  express INTEGER NOT NULL GENERATED ALWAYS AS (fields ->> '$.urgency' IN ('express', 'express-timed')) VIRTUAL,
  date TEXT GENERATED ALWAYS AS (fields ->> '$.date') VIRTUAL,
  due_at TEXT GENERATED ALWAYS AS (fields ->> '$.dueAt') VIRTUAL,
  paper TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.paper') VIRTUAL,
  forward_to TEXT NOT NULL GENERATED ALWAYS AS (fields ->> '$.forwardTo') VIRTUAL,
  -- Điều 22: arrival numbers run through the year, one series for paper and electronic.
  UNIQUE (book_id, year, arrival_number),
  CHECK ((arrival_number IS NULL) = (year IS NULL))
) STRICT;
CREATE INDEX incoming_state ON incoming (state, express DESC, arrived_at DESC);
CREATE INDEX incoming_document ON incoming (sender_code, document_id);
CREATE INDEX incoming_code ON incoming (code_text, date);

CREATE TABLE attachment (
  incoming_id TEXT NOT NULL REFERENCES incoming (id),
  position INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  page_count INTEGER,
  PRIMARY KEY (incoming_id, position)
) STRICT, WITHOUT ROWID;

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
  chain TEXT NOT NULL,
  image_file_id TEXT
) STRICT;

CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  subject_id TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  params TEXT NOT NULL
) STRICT;
CREATE INDEX history_subject ON history (subject_id, id);

CREATE TABLE outbox (
  message_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('document', 'status')),
  -- The outgoing document it carries, or the incoming document whose state it reports.
  subject_id TEXT NOT NULL,
  status_code TEXT,
  file_id TEXT NOT NULL,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'blocked', 'done')),
  attempts INTEGER NOT NULL,
  next_attempt_at TEXT NOT NULL,
  error_code TEXT,
  created_at TEXT NOT NULL,
  done_at TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (state, priority DESC, created_at);
CREATE INDEX outbox_subject ON outbox (subject_id);

-- A message that could not be taken in: kept with its reason, so that the cursor may move on and nothing is lost.
CREATE TABLE inbox_problem (
  message_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  sender_code TEXT NOT NULL,
  file_id TEXT,
  code TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE search_document (
  rowid INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE
) STRICT;
-- Folding is done in JavaScript for rows and queries alike, because no tokenizer folds đ.
CREATE VIRTUAL TABLE search_words USING fts5 (
  code, body, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3'
);
CREATE VIRTUAL TABLE search_code USING fts5 (code, content = '', contentless_delete = 1, tokenize = "trigram");
`;
