import type { Migration } from './migrations.ts';

/** A recipient asks for a longer time than a letter's deadline leaves. */
export const changedTerms: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- The question that waits for an answer, as the exchange knows.
ALTER TABLE watched_delivery ADD COLUMN extension_id TEXT;
CREATE INDEX watched_extension ON watched_delivery (document_id) WHERE extension_id IS NOT NULL AND document_id IS NOT NULL;
`;
