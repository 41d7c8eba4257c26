import { createHash } from 'node:crypto';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import { type EdxmlRouting, EdxmlRoutingReader } from '#shared/edxml/read-edxml.ts';
import { MAX_MESSAGE_BYTES } from '#shared/wire/messages.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { MessageFiles, StoredFile } from '../storage/message-files.ts';

export interface ReceivedMessage {
  readonly routing: EdxmlRouting;
  readonly file: StoredFile;
}

/**
 * Takes a message body in pieces: to disk, through the hash and through the edXML reader at once. Memory does not grow
 * with the file. What is refused is read to its end first, because a client that still sends would see a broken link
 * instead of the reason.
 * @param expectedDigest base64 SHA-256 that the body must have
 * @param mayKeep decides on the routing before anything is kept; throws to refuse
 * @throws ExchangeError MESSAGE_TOO_LARGE, DIGEST_MISMATCH, EDXML_INVALID, and what `mayKeep` throws
 */
export async function receiveMessage(
  body: AsyncIterable<Uint8Array>,
  expectedDigest: string,
  files: Pick<MessageFiles, 'receive'>,
  mayKeep: (routing: EdxmlRouting) => Promise<void>,
): Promise<ReceivedMessage> {
  const incoming = await files.receive();
  try {
    const reader = new EdxmlRoutingReader();
    const hash = createHash('sha256');
    let size = 0;
    let defect: EdxmlError | null = null;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_MESSAGE_BYTES) throw new ExchangeError('MESSAGE_TOO_LARGE', { limit: MAX_MESSAGE_BYTES });
      hash.update(chunk);
      if (defect) continue;
      defect = defectOf(reader, chunk);
      await incoming.write(chunk);
    }
    if (hash.digest('base64') !== expectedDigest) throw new ExchangeError('DIGEST_MISMATCH', { size });
    const routing = defect ?? endOf(reader);
    if (routing instanceof EdxmlError) {
      throw new ExchangeError('EDXML_INVALID', {
        reason: routing.code,
        detail: String(routing.params['field'] ?? routing.params['reason'] ?? ''),
      });
    }
    await mayKeep(routing);
    return { routing, file: await incoming.keep() };
  } catch (error) {
    await incoming.discard();
    throw error;
  }
}

/** What the reader refuses, as a value: the body must be read on. */
function defectOf(reader: EdxmlRoutingReader, chunk: Uint8Array): EdxmlError | null {
  try {
    reader.write(chunk);
    return null;
  } catch (error) {
    if (error instanceof EdxmlError) return error;
    throw error;
  }
}

function endOf(reader: EdxmlRoutingReader): EdxmlRouting | EdxmlError {
  try {
    return reader.end();
  } catch (error) {
    if (error instanceof EdxmlError) return error;
    throw error;
  }
}
