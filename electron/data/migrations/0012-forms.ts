import type { Migration } from './migrations.ts';

/** What a person types and has not saved yet. */
export const forms: Migration = (sqlite) => {
  sqlite.exec(schema);
  sqlite.exec(feedbackDraft);
};

const schema = `
CREATE TABLE form (
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  -- JSON of the screen that made it.
  body TEXT NOT NULL,
  kept_at TEXT NOT NULL,
  PRIMARY KEY (person_id, kind, key)
) STRICT;
`;

/** A report that was being written was the only form kept until now, as a setting. */
const feedbackDraft = `
INSERT INTO form (person_id, kind, key, version, body, kept_at)
  SELECT person.id, 'dialog', 'feedback:', 1, setting.value, strftime('%Y-%m-%dT%H:%M:%fZ')
  FROM setting, person WHERE setting.name = 'feedback-draft' ORDER BY person.id LIMIT 1;
DELETE FROM setting WHERE name = 'feedback-draft';
`;
