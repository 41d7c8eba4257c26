import type { CoreContext } from '../core-context.ts';
import type { SignableFile } from '../ports/foreign-reader.ts';

/** As the reader says it, with the mended file among those of this store. @throws CodedError as `ForeignReader.makeSignable` */
export async function makeSignable(ctx: CoreContext, fileId: string): Promise<SignableFile> {
  const signable = await ctx.reader.makeSignable(fileId);
  if (signable.mended !== null) await ctx.files.adopt(signable.mended.fileId);
  return signable;
}
