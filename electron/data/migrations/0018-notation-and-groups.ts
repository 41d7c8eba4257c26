import type { Migration } from './migrations.ts';

/** Lists of recipients that an office makes for itself, and how its notations are made. */
export const notationAndGroups: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
CREATE TABLE recipient_list (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL REFERENCES person (id)
) STRICT;
-- Members keep the name that they had when they were put in: one that leaves the directory is still told by it.
CREATE TABLE recipient_list_member (
  list_id TEXT NOT NULL REFERENCES recipient_list (id),
  position INTEGER NOT NULL,
  agency_code TEXT NOT NULL,
  agency_name TEXT NOT NULL,
  PRIMARY KEY (list_id, agency_code)
) STRICT, WITHOUT ROWID;

-- Ký hiệu (NĐ 30/2020, Phụ lục I): year, type, agency and unit, in this order. Without a book or a unit it is for all.
CREATE TABLE notation_template (
  book_id TEXT REFERENCES book (id),
  unit_id TEXT REFERENCES unit (id),
  agency TEXT NOT NULL,
  -- Which documents name the unit that drafted them.
  unit_in TEXT NOT NULL CHECK (unit_in IN ('letters', 'all', 'none')),
  -- Before the type, as legal documents have it: 2016/QĐ-UBND.
  with_year INTEGER NOT NULL CHECK (with_year IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX notation_template_key ON notation_template (ifnull(book_id, ''), ifnull(unit_id, ''));
`;
