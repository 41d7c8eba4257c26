import type { AttachmentRecord, AttachmentSigning } from '#core/documents/document-record.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';
import { type MendedColumns, mendedFrom, toMendedColumns } from './mended-from.ts';

export interface Attachments {
  of(documentId: string): AttachmentRecord[];
  replace(documentId: string, attachments: readonly AttachmentRecord[]): void;
}

interface SigningColumns extends MendedColumns {
  /** Null of a file that was not looked through; empty when nothing keeps it from being signed. */
  readonly obstacle: string | null;
  readonly unsignedFileId: string | null;
  readonly unsignedSize: number | null;
}

type Row = Omit<AttachmentRecord, 'signing'> & SigningColumns;

export function attachmentQueries(sqlite: Sqlite, references: FileReferences): Attachments {
  const of = sqlite.prepare<[string], Row>(
    `SELECT role, file_id AS fileId, name, size, page_count AS pageCount, imported_file_id AS importedFileId,
       imported_size AS importedSize, mends, obstacle, unsigned_file_id AS unsignedFileId, unsigned_size AS unsignedSize
     FROM attachment WHERE document_id = ? ORDER BY position`,
  );
  const drop = sqlite.prepare('DELETE FROM attachment WHERE document_id = ?');
  const add = sqlite.prepare(
    `INSERT INTO attachment VALUES (@documentId, @position, @role, @fileId, @name, @size, @pageCount, @importedFileId,
       @importedSize, @mends, @obstacle, @unsignedFileId, @unsignedSize)`,
  );
  return {
    of: (documentId) => of.all(documentId).map(toRecord),
    replace: (documentId, attachments) => {
      drop.run(documentId);
      for (const [position, { signing, ...file }] of attachments.entries()) {
        add.run({ documentId, position, ...file, ...toColumns(signing) });
      }
      const referTo = (holder: Parameters<FileReferences['replace']>[0], fileIds: readonly (string | null)[]) =>
        references.replace(holder, documentId, fileIds);
      referTo(
        'attachment',
        attachments.map(({ fileId }) => fileId),
      );
      referTo(
        'attachment-imported',
        attachments.map(({ signing }) => signing?.mended?.fileId ?? null),
      );
      referTo(
        'attachment-unsigned',
        attachments.map(({ signing }) => signing?.unsigned?.fileId ?? null),
      );
    },
  };
}

function toRecord(row: Row): AttachmentRecord {
  const { importedFileId, importedSize, mends, obstacle, unsignedFileId, unsignedSize, ...file } = row;
  if (obstacle === null) return file;
  const unsigned =
    unsignedFileId === null || unsignedSize === null ? null : { fileId: unsignedFileId, size: unsignedSize };
  const mended = mendedFrom({ importedFileId, importedSize, mends });
  return { ...file, signing: { mended, obstacle: obstacle === '' ? null : obstacle, unsigned } };
}

function toColumns(signing: AttachmentSigning | undefined): SigningColumns {
  return {
    ...toMendedColumns(signing?.mended ?? null),
    obstacle: signing === undefined ? null : (signing.obstacle ?? ''),
    unsignedFileId: signing?.unsigned?.fileId ?? null,
    unsignedSize: signing?.unsigned?.size ?? null,
  };
}
