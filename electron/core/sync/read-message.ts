import type { EdxmlDocument, EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import type { CoreContext } from '../core-context.ts';

/** A stored message of the exchange. @throws EdxmlError when it is none */
export async function readMessage(
  ctx: Pick<CoreContext, 'files' | 'unzipSingle'>,
  fileId: string,
): Promise<EdxmlDocument | EdxmlStatus> {
  return readEdxml(await ctx.files.read(fileId), { unzipSingle: ctx.unzipSingle });
}
