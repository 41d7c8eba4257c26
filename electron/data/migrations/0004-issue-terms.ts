import type { Migration } from './migrations.ts';

/** What a sender sets at issue besides a fixed hour. */
export const issueTerms: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- "working-days:5": counted from the moment of issue; due_at is what it comes to.
ALTER TABLE document ADD COLUMN due_rule TEXT;
-- The last document of a type: what was set there is proposed for the next one.
CREATE INDEX outgoing_type ON document (document_type) WHERE direction = 'outgoing';
`;
