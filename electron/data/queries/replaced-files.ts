import type { ReplacedFile } from '#core/outgoing/outgoing-store.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';

export interface ReplacedFiles {
  of(documentId: string): ReplacedFile[];
  /** Writes those that came to the ones kept; none is ever taken back. */
  add(documentId: string, files: readonly ReplacedFile[]): void;
}

export function replacedFileQueries(sqlite: Sqlite, references: FileReferences): ReplacedFiles {
  const of = sqlite.prepare<[string], ReplacedFile>(
    `SELECT file_id AS fileId, name, size, page_count AS pageCount, replaced_at AS replacedAt FROM replaced_file
     WHERE document_id = ? ORDER BY position`,
  );
  const insert = sqlite.prepare(
    `INSERT INTO replaced_file VALUES (@documentId, @position, @fileId, @name, @size, @pageCount, @replacedAt)
     ON CONFLICT DO NOTHING`,
  );
  return {
    of: (documentId) => of.all(documentId),
    add: (documentId, files) => {
      if (files.length === 0) return;
      files.forEach((file, position) => insert.run({ documentId, position, ...file }));
      references.replace(
        'replaced',
        documentId,
        files.map(({ fileId }) => fileId),
      );
    },
  };
}
