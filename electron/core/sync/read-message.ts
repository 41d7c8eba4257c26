import { plainTexts } from '#shared/domain/plain-text.ts';
import type { EdxmlDocument, EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import type { CoreContext } from '../core-context.ts';

/**
 * A stored message of the exchange, with its texts made plain: all that the office keeps or shows of it comes from here.
 * @throws EdxmlError when it is none
 */
export async function readMessage(
  ctx: Pick<CoreContext, 'files' | 'unzipSingle'>,
  fileId: string,
): Promise<EdxmlDocument | EdxmlStatus> {
  return plainTexts(readEdxml(await ctx.files.read(fileId), { unzipSingle: ctx.unzipSingle }));
}
