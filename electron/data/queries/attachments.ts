import type { AttachmentRecord } from '#core/documents/document-record.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';

export interface Attachments {
  of(documentId: string): AttachmentRecord[];
  replace(documentId: string, attachments: readonly AttachmentRecord[]): void;
}

export function attachmentQueries(sqlite: Sqlite, references: FileReferences): Attachments {
  const of = sqlite.prepare<[string], AttachmentRecord>(
    `SELECT role, file_id AS fileId, name, size, page_count AS pageCount FROM attachment
     WHERE document_id = ? ORDER BY position`,
  );
  const drop = sqlite.prepare('DELETE FROM attachment WHERE document_id = ?');
  const add = sqlite.prepare('INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?)');
  return {
    of: (documentId) => of.all(documentId),
    replace: (documentId, attachments) => {
      drop.run(documentId);
      for (const [at, { role, fileId, name, size, pageCount }] of attachments.entries()) {
        add.run(documentId, at, role, fileId, name, size, pageCount);
      }
      references.replace(
        'attachment',
        documentId,
        attachments.map(({ fileId }) => fileId),
      );
    },
  };
}
