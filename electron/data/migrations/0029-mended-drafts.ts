import type { Migration } from './migrations.ts';

/**
 * The file of a draft as it was imported, where it was mended before it was taken: also of files that were the letter's
 * before. Its number in the store, its bytes, and what was mended, one word a line.
 */
export const mendedDrafts: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
ALTER TABLE document ADD COLUMN imported_file_id TEXT CHECK (imported_file_id IS NULL OR direction = 'outgoing');
ALTER TABLE document ADD COLUMN imported_size INTEGER CHECK ((imported_size IS NULL) = (imported_file_id IS NULL));
ALTER TABLE document ADD COLUMN mends TEXT CHECK ((mends IS NULL) = (imported_file_id IS NULL));

ALTER TABLE replaced_file ADD COLUMN imported_file_id TEXT;
ALTER TABLE replaced_file ADD COLUMN imported_size INTEGER CHECK ((imported_size IS NULL) = (imported_file_id IS NULL));
ALTER TABLE replaced_file ADD COLUMN mends TEXT CHECK ((mends IS NULL) = (imported_file_id IS NULL));
`;
