import type { Migration } from './migrations.ts';

/** Documents that some people alone may see. */
export const limited: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
CREATE TABLE limited_document (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Who may see it, besides those who keep the books and those who handle it.
CREATE TABLE limited_reader (
  document_id TEXT NOT NULL REFERENCES limited_document (document_id) ON DELETE CASCADE,
  unit_id TEXT REFERENCES unit (id),
  person_id TEXT REFERENCES person (id),
  CHECK ((unit_id IS NULL) <> (person_id IS NULL))
) STRICT;
CREATE INDEX limited_reader_document ON limited_reader (document_id);
`;
