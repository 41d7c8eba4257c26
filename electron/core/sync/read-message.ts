import { plainTexts } from '#shared/domain/plain-text.ts';
import type { EdxmlDocument, EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import { readEdxmlInSlices } from '#shared/edxml/read-edxml.ts';
import type { CoreContext } from '../core-context.ts';

/**
 * A stored message of the exchange, with its texts made plain: all that the office keeps or shows of it comes from here.
 * @throws EdxmlError when it is none
 */
export async function readMessage(
  ctx: Pick<CoreContext, 'files' | 'timers' | 'unzipSingle'>,
  fileId: string,
): Promise<EdxmlDocument | EdxmlStatus> {
  // Screens and the other loop go on while a large message is read.
  const pause = () => new Promise<void>((resolve) => void ctx.timers.after(0, resolve));
  const bytes = await ctx.files.read(fileId);
  return plainTexts(await readEdxmlInSlices(bytes, pause, { unzipSingle: ctx.unzipSingle }));
}
