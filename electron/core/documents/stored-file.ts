import type { StoredFile } from '#shared/contract/common.ts';
import type { AttachmentRecord } from './document-record.ts';

export function asStoredFile({ fileId, name, size, pageCount }: AttachmentRecord): StoredFile {
  return { fileId, name, size, pageCount };
}
