import type { CoreContext } from '../core-context.ts';
import type { SignableAs, SignableFile } from '../ports/foreign-reader.ts';

/** As the reader says it, with the mended file among those of this store. @throws CodedError as `ForeignReader.makeSignable` */
export async function makeSignable(ctx: CoreContext, fileId: string, as?: SignableAs): Promise<SignableFile> {
  const signable = await ctx.reader.makeSignable(fileId, as);
  if (signable.mended !== null) await ctx.files.adopt(signable.mended.fileId);
  return signable;
}
