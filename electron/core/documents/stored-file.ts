import type { StoredFile } from '#shared/contract/common.ts';
import type { CoreContext } from '../core-context.ts';
import type { AttachmentRecord } from './document-record.ts';

export function asStoredFile({ fileId, name, size, pageCount }: AttachmentRecord): StoredFile {
  return { fileId, name, size, pageCount };
}

/** A file that the program made for somebody to save. */
export async function storeFile(ctx: CoreContext, bytes: Uint8Array, name: string): Promise<StoredFile> {
  const { fileId, size } = await ctx.files.write(bytes);
  return { fileId, name, size, pageCount: null };
}
