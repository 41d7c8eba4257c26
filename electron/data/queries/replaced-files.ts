import type { ReplacedFile } from '#core/outgoing/outgoing-store.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';
import { type MendedColumns, mendedFrom, toMendedColumns } from './mended-from.ts';

export interface ReplacedFiles {
  of(documentId: string): ReplacedFile[];
  /** Writes those that came to the ones kept; none is ever taken back. */
  add(documentId: string, files: readonly ReplacedFile[]): void;
}

export function replacedFileQueries(sqlite: Sqlite, references: FileReferences): ReplacedFiles {
  const of = sqlite.prepare<[string], Omit<ReplacedFile, 'mended'> & MendedColumns>(
    `SELECT file_id AS fileId, name, size, page_count AS pageCount, replaced_at AS replacedAt,
       imported_file_id AS importedFileId, imported_size AS importedSize, mends
     FROM replaced_file WHERE document_id = ? ORDER BY position`,
  );
  const insert = sqlite.prepare(
    `INSERT INTO replaced_file VALUES (@documentId, @position, @fileId, @name, @size, @pageCount, @replacedAt,
       @importedFileId, @importedSize, @mends)
     ON CONFLICT DO NOTHING`,
  );
  return {
    of: (documentId) =>
      of.all(documentId).map(({ importedFileId, importedSize, mends, ...file }) => ({
        ...file,
        mended: mendedFrom({ importedFileId, importedSize, mends }),
      })),
    add: (documentId, files) => {
      if (files.length === 0) return;
      files.forEach(({ mended, ...file }, position) =>
        insert.run({ documentId, position, ...file, ...toMendedColumns(mended) }),
      );
      const needed = files.map(({ fileId }) => fileId);
      references.replace('replaced', documentId, needed);
      const imported = files.map(({ mended }) => mended?.fileId ?? null);
      references.replace('replaced-imported', documentId, imported);
    },
  };
}
