import type { Migration } from './migrations.ts';

/**
 * What becomes of a PDF that goes with a letter of this office when the letter is sealed: the file that was imported, where
 * it was mended; why the agency cannot sign it (empty when it can, null of what is no PDF or was not looked through); the
 * file before the agency signed it.
 */
export const signedAttachments: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
ALTER TABLE attachment ADD COLUMN imported_file_id TEXT;
ALTER TABLE attachment ADD COLUMN imported_size INTEGER CHECK ((imported_size IS NULL) = (imported_file_id IS NULL));
ALTER TABLE attachment ADD COLUMN mends TEXT CHECK ((mends IS NULL) = (imported_file_id IS NULL));
ALTER TABLE attachment ADD COLUMN obstacle TEXT;
ALTER TABLE attachment ADD COLUMN unsigned_file_id TEXT CHECK (unsigned_file_id IS NULL OR obstacle = '');
ALTER TABLE attachment ADD COLUMN unsigned_size INTEGER CHECK ((unsigned_size IS NULL) = (unsigned_file_id IS NULL));
`;
