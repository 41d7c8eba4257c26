import type { Migration } from './migrations.ts';

/** Units and people in an order of the office's own, and how each person signs in. */
export const people: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
ALTER TABLE unit ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
-- Account of the operating system by which she is known, folded to lower case; empty for none.
ALTER TABLE person ADD COLUMN windows_account TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX person_account ON person (windows_account) WHERE windows_account <> '' AND active = 1;
CREATE INDEX assignment_person ON assignment (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX assignment_unit ON assignment (unit_id) WHERE unit_id IS NOT NULL;

-- Only a derived key is kept. Failures are counted here, so that a restart does not forget them.
CREATE TABLE person_pin (
  person_id TEXT PRIMARY KEY REFERENCES person (id),
  -- How the key was derived: name and costs of the function.
  scheme TEXT NOT NULL,
  salt BLOB NOT NULL,
  derived BLOB NOT NULL,
  set_at TEXT NOT NULL
) STRICT;
CREATE TABLE sign_in_failure (
  person_id TEXT PRIMARY KEY REFERENCES person (id),
  -- In a row. How long nobody is heard after them: shared/domain/pin.ts.
  failures INTEGER NOT NULL CHECK (failures >= 1),
  last_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Who has locked her screen and must know her PIN, also after a restart.
CREATE TABLE screen_lock (
  person_id TEXT PRIMARY KEY REFERENCES person (id)
) STRICT, WITHOUT ROWID;

-- Ủy quyền: one person has the rights of another from one day to another, both included.
CREATE TABLE delegation (
  id TEXT PRIMARY KEY,
  from_person TEXT NOT NULL REFERENCES person (id),
  to_person TEXT NOT NULL REFERENCES person (id),
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES person (id),
  made_at TEXT NOT NULL,
  ended_at TEXT,
  CHECK (from_person <> to_person),
  CHECK (from_day <= to_day)
) STRICT;
CREATE INDEX delegation_to ON delegation (to_person, from_day) WHERE ended_at IS NULL;
`;
