import type { UnflushedFile, WriteStores } from '#core/ports/stores.ts';
import type { Sqlite } from '../connection/sqlite.ts';

/** Kinds of rows that need stored files. */
export const fileHolders = [
  'attachment',
  'attachment-imported',
  'attachment-unsigned',
  'original',
  'imported',
  'replaced',
  'replaced-imported',
  'received-message',
  'outbox',
  'inbox-problem',
  'certificate-image',
  'message',
  'mail',
  'form',
] as const;
export type FileHolder = (typeof fileHolders)[number];

export interface UnflushedFiles {
  /** Keeps the bytes of a file until it is known to be on the disk. */
  keep(fileId: string, bytes: Uint8Array): void;
}

export function unflushedFiles(sqlite: Sqlite): UnflushedFiles {
  const keep = sqlite.prepare('INSERT INTO unflushed_file (file_id, bytes) VALUES (?, ?)');
  return { keep: (fileId, bytes) => void keep.run(fileId, bytes) };
}

export interface FileReferences {
  /** The files that the holder needs from now on; those of before are let go. */
  replace(holder: FileHolder, holderId: string, fileIds: readonly (string | null)[]): void;
}

export function fileReferences(sqlite: Sqlite): FileReferences {
  const drop = sqlite.prepare('DELETE FROM file_reference WHERE holder = ? AND holder_id = ?');
  const add = sqlite.prepare('INSERT INTO file_reference VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  return {
    replace: (holder, holderId, fileIds) => {
      drop.run(holder, holderId);
      for (const fileId of fileIds) if (fileId !== null) add.run(fileId, holder, holderId);
    },
  };
}

export function fileQueries(sqlite: Sqlite, references: FileReferences): WriteStores['files'] {
  const isReferenced = sqlite
    .prepare<[string]>('SELECT EXISTS (SELECT 1 FROM file_reference WHERE file_id = ?)')
    .pluck();
  const unflushed = sqlite.prepare<[], UnflushedFile>(
    'SELECT seq, file_id AS fileId, bytes FROM unflushed_file ORDER BY seq',
  );
  const forgetUnflushed = sqlite.prepare('DELETE FROM unflushed_file WHERE seq = ?');
  return {
    unflushed: () => unflushed.all(),
    forgetUnflushed: (seq) => void forgetUnflushed.run(seq),
    isReferenced: (fileId) => isReferenced.get(fileId) === 1,
    keepMessage: (messageId, fileId) => references.replace('message', messageId, [fileId]),
  };
}
