import { isCodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { ForeignEnvelope } from '../ports/foreign-reader.ts';
import type { EarlierArrival } from './incoming-store.ts';

/** A message that has just come, with its attachments as they are stored. */
interface Arriving {
  readonly message: ForeignEnvelope;
  readonly edxmlFileId: string;
  readonly fileIds: readonly string[];
}

/**
 * The earlier arrival that says the same. An id is only a claim: an office restored from a backup gives one twice, and
 * some software gives every letter the same one. What makes two letters one is their content.
 */
export async function findEqualArrival(
  ctx: CoreContext,
  earlier: readonly EarlierArrival[],
  arriving: Arriving,
): Promise<EarlierArrival | null> {
  for (const arrival of earlier) {
    if (await isEqual(ctx, arrival, arriving)) return arrival;
  }
  return null;
}

async function isEqual(ctx: CoreContext, earlier: EarlierArrival, arriving: Arriving): Promise<boolean> {
  if (earlier.edxmlFileId === arriving.edxmlFileId) return true;
  // First what the register knows: the earlier message itself may be large, and there may be many of one id.
  const fileIds = ctx.registers.incoming
    .attachments(earlier.id)
    .filter(({ role }) => role !== 'paper-scan')
    .map(({ fileId }) => fileId);
  if (!isSameList(fileIds, arriving.fileIds)) return false;
  try {
    const message = await ctx.reader.readEnvelope(earlier.edxmlFileId);
    return message.kind === 'document' && isSameList(registeredOf(message), registeredOf(arriving.message));
  } catch (error) {
    if (!isCodedError(error) || error.code === 'READER_UNAVAILABLE') throw error;
    // What can no longer be compared must not swallow a letter.
    ctx.log.warn('earlier-message-unreadable', { id: earlier.id, code: error.code });
    return false;
  }
}

/**
 * What a clerk writes into the book, and what the message asks for. The form may have been corrected since, so it is
 * taken from the message. Times, trace, contacts, recipients and the paper flag are of the envelope: a letter that is
 * sent once more has others and is the same letter.
 */
function registeredOf(message: ForeignEnvelope): readonly string[] {
  const { codeNumber, codeNotation, promulgationDate, subject, content, documentType, signer, business } = message;
  return [
    String(business?.docType ?? 0),
    codeNumber,
    codeNotation,
    promulgationDate ?? '',
    subject || content,
    documentType.typeName,
    signer.competence,
    signer.position,
    signer.fullName,
  ].map((text) => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim());
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}
