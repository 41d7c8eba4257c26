import { isAttachmentName, isPdfName, isProgram, MAX_ATTACHMENT_BYTES } from '#shared/domain/attachment-rules.ts';
import { SURE_CONFIDENCE, type Proposal } from '#shared/domain/proposal.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { isOutsideOffice } from '../directory/other-agency.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { SignableFile } from '../ports/foreign-reader.ts';
import { lookThrough, type LookedThrough } from './look-through.ts';
import { makeSignable } from './make-signable.ts';

type LetterCalls = Pick<CoreHandlers, 'letters.propose' | 'letters.attach' | 'letters.signedRevision'>;

/** Largest letter that is taken in, in bytes. */
export const MAX_LETTER_BYTES = 100 * 1024 * 1024;

export function letterCalls(ctx: CoreContext): LetterCalls {
  return {
    'letters.propose': async (input) => {
      const picked = await ctx.shell.resolveToken(input.token);
      if (picked === null) throw new CodedError('FILE_TOKEN_EXPIRED');
      const { fileId, size } = await ctx.files.importFile(picked.path, MAX_LETTER_BYTES);
      ctx.fault('after-import');
      const { proposal, mended } = await keepIf(ctx, fileId, () => readLetter(ctx, fileId));
      const { agency, parentAgency, confidence } = proposal;
      const sure = confidence.agency >= SURE_CONFIDENCE;
      const otherAgency = isOutsideOffice(ctx, { agency, parentAgency, sure }) ? agency : null;
      const file = { fileId, name: picked.name, size, pageCount: proposal.pageCount };
      return {
        file,
        mended: mended && {
          file: { ...file, fileId: mended.fileId, size: mended.size },
          mends: [...mended.mends],
        },
        proposal,
        otherAgency,
      };
    },
    'letters.attach': async ({ token }) => {
      const picked = await ctx.shell.resolveToken(token);
      if (picked === null) throw new CodedError('FILE_TOKEN_EXPIRED');
      const { name } = picked;
      if (!isAttachmentName(name)) throw new CodedError('ATTACHMENT_KIND', { name });
      const { fileId, size } = await ctx.files
        .importFile(picked.path, MAX_ATTACHMENT_BYTES)
        .catch((error: unknown) => throwForAttachment(error, name));
      const { pageCount, looked } = await keepIf(ctx, fileId, () => readAttachment(ctx, { fileId, name, size }));
      const file = { fileId, name, size, pageCount };
      const mended = looked.signing?.mended ?? null;
      return {
        file,
        mended: mended && { file: { ...file, fileId: looked.fileId, size: looked.size }, mends: mended.mends },
        obstacle: looked.signing?.obstacle ?? null,
      };
    },
    'letters.signedRevision': async (input) => {
      const { fileId, size } = await ctx.reader.signedRevision(input.fileId, input.index);
      await ctx.files.adopt(fileId);
      return { file: { fileId, name: `ban-da-ky-${input.index + 1}.pdf`, size, pageCount: null } };
    },
  };
}

/** Forgets a file that is not taken, unless something else needs the same bytes. */
async function keepIf<T>(ctx: CoreContext, fileId: string, read: () => Promise<T>): Promise<T> {
  return read().catch(async (error: unknown) => {
    if (!ctx.registers.files.isReferenced(fileId)) await ctx.files.discard(fileId);
    throw error;
  });
}

/** The store speaks of letters, which are PDFs. */
function throwForAttachment(error: unknown, name: string): never {
  if (error instanceof CodedError && error.code === 'PDF_EMPTY') throw new CodedError('ATTACHMENT_EMPTY', { name });
  if (error instanceof CodedError && error.code === 'PDF_TOO_LARGE') {
    throw new CodedError('ATTACHMENT_TOO_LARGE', { name, limit: MAX_ATTACHMENT_BYTES });
  }
  throw error;
}

/**
 * Pages of a PDF, and whether it can be signed; null for other kinds, of which no text is read. @throws CodedError
 * ATTACHMENT_KIND (a program under another name), SECRET_DOCUMENT, those of the PDF_ family
 */
async function readAttachment(
  ctx: CoreContext,
  file: { readonly fileId: string; readonly name: string; readonly size: number },
): Promise<{ readonly pageCount: number | null; readonly looked: LookedThrough }> {
  const { fileId, name } = file;
  const source = await ctx.files.source(fileId);
  if (isProgram(await source.read(0, Math.min(4, source.size)))) throw new CodedError('ATTACHMENT_KIND', { name });
  if (!isPdfName(name)) return { pageCount: null, looked: file };
  const { pageCount } = await readOpenLetter(ctx, fileId);
  const looked = await lookThrough(ctx, file);
  if (looked.fileId !== fileId) await keepIf(ctx, looked.fileId, () => readOpenLetter(ctx, looked.fileId));
  return { pageCount, looked };
}

async function readLetter(
  ctx: CoreContext,
  fileId: string,
): Promise<Pick<SignableFile, 'mended'> & { readonly proposal: Proposal }> {
  const { mended } = await makeSignable(ctx, fileId);
  if (mended === null) return { mended, proposal: await readOpenLetter(ctx, fileId) };
  return { mended, proposal: await keepIf(ctx, mended.fileId, () => readOpenLetter(ctx, mended.fileId)) };
}

/** @throws CodedError SECRET_DOCUMENT, those of the PDF_ family */
async function readOpenLetter(ctx: CoreContext, fileId: string): Promise<Proposal> {
  const proposal = await ctx.reader.readPage(fileId);
  // Luật Bảo vệ bí mật nhà nước: such a document must not stay on a networked machine.
  if (proposal.secrecyMark !== null) throw new CodedError('SECRET_DOCUMENT', { mark: proposal.secrecyMark });
  return proposal;
}
