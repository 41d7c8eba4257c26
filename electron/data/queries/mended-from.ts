import type { MendedFrom } from '#shared/contract/common.ts';
import type { Mend } from '#shared/domain/mend.ts';

/** Of a file that was mended when it was taken in; all null of one that was not. */
export interface MendedColumns {
  readonly importedFileId: string | null;
  readonly importedSize: number | null;
  /** One a line. */
  readonly mends: string | null;
}

/** Columns of `document` and `replaced_file` by the names of the row. */
export const mendedColumns = {
  importedFileId: 'imported_file_id',
  importedSize: 'imported_size',
  mends: 'mends',
};

export function mendedFrom({ importedFileId, importedSize, mends }: MendedColumns): MendedFrom | null {
  if (importedFileId === null || importedSize === null || mends === null) return null;
  return { fileId: importedFileId, size: importedSize, mends: mends.split('\n') as Mend[] };
}

export function toMendedColumns(from: MendedFrom | null): MendedColumns {
  return {
    importedFileId: from?.fileId ?? null,
    importedSize: from?.size ?? null,
    mends: from?.mends.join('\n') ?? null,
  };
}
