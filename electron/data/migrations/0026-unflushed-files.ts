import type { Migration } from './migrations.ts';

/** The bytes of small files whose own place on the disk is not waited for by the command that made them. */
export const unflushedFiles: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
-- Empty but for what was written in the last seconds. Without an index: it is only read whole.
CREATE TABLE unflushed_file (
  seq INTEGER PRIMARY KEY,
  file_id TEXT NOT NULL CHECK (length(file_id) = 64),
  bytes BLOB NOT NULL
) STRICT;
`;
