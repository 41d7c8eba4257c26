import { isPdfName } from '#shared/domain/attachment-rules.ts';
import { PDF_ERROR_CODES } from '#shared/domain/verification.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { AttachmentRecord, AttachmentSigning } from '../documents/document-record.ts';
import { makeSignable } from './make-signable.ts';

/** A file that goes with a letter: as it will go, and, of a PDF, whether the agency can sign it. */
export interface LookedThrough extends Pick<AttachmentRecord, 'fileId' | 'size'> {
  readonly signing?: AttachmentSigning;
}

/** What says that a file cannot be signed, and not that nobody could find out. */
const obstacles = new Set<string>([...PDF_ERROR_CODES, 'READING_LIMIT']);

/**
 * Rehearses the agency's signature on an attachment; a file that cannot be signed is kept as it is, with what stands in the
 * way. @throws CodedError READER_UNAVAILABLE, FILE_MISSING, FILE_DAMAGED, DISK_FULL
 */
export async function lookThrough(
  ctx: CoreContext,
  { fileId, size, name }: Pick<AttachmentRecord, 'fileId' | 'size' | 'name'>,
): Promise<LookedThrough> {
  if (!isPdfName(name)) return { fileId, size };
  try {
    const { mended } = await makeSignable(ctx, fileId, 'attachment');
    if (mended === null) return { fileId, size, signing: { mended, obstacle: null, unsigned: null } };
    const from = { fileId, size, mends: [...mended.mends] };
    return { fileId: mended.fileId, size: mended.size, signing: { mended: from, obstacle: null, unsigned: null } };
  } catch (error) {
    if (!isCodedError(error) || !obstacles.has(error.code)) throw error;
    return { fileId, size, signing: { mended: null, obstacle: error.code, unsigned: null } };
  }
}
