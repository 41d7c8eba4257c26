import type { Proposal } from '#shared/domain/proposal.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';

type LetterCalls = Pick<CoreHandlers, 'letters.propose' | 'letters.signedRevision'>;

/** Largest letter that is taken in, in bytes. */
export const MAX_LETTER_BYTES = 100 * 1024 * 1024;

export function letterCalls(ctx: CoreContext): LetterCalls {
  return {
    'letters.propose': async (input) => {
      const picked = await ctx.shell.resolveToken(input.token);
      if (picked === null) throw new CodedError('FILE_TOKEN_EXPIRED');
      const { fileId, size } = await ctx.files.importFile(picked.path, MAX_LETTER_BYTES);
      ctx.fault('after-import');
      const proposal = await readLetter(ctx, fileId).catch(async (error: unknown) => {
        if (!ctx.registers.files.isReferenced(fileId)) await ctx.files.discard(fileId);
        throw error;
      });
      return { file: { fileId, name: picked.name, size, pageCount: proposal.pageCount }, proposal };
    },
    'letters.signedRevision': async (input) => {
      const { fileId, size } = await ctx.reader.signedRevision(input.fileId, input.index);
      await ctx.files.adopt(fileId);
      return { file: { fileId, name: `ban-da-ky-${input.index + 1}.pdf`, size, pageCount: null } };
    },
  };
}

async function readLetter(ctx: CoreContext, fileId: string): Promise<Proposal> {
  await ctx.reader.checkSignable(fileId);
  const proposal = await ctx.reader.readPage(fileId);
  // Luật Bảo vệ bí mật nhà nước: such a document must not stay on a networked machine.
  if (proposal.secrecyMark !== null) throw new CodedError('SECRET_DOCUMENT', { mark: proposal.secrecyMark });
  return proposal;
}
