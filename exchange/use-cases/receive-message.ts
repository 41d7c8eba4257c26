import { createHash } from 'node:crypto';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import { MAX_MESSAGE_BYTES } from '#shared/wire/messages.ts';
import { type RoutingReader, TooCostly } from '../reading/routing-reader.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { MessageFiles, StoredFile } from '../storage/message-files.ts';

export interface ReceivedMessage {
  readonly routing: EdxmlRouting;
  readonly file: StoredFile;
}

/**
 * Takes a message body in pieces to disk and through the hash; only what came whole is read. Memory does not grow with
 * the file. What is refused is received to its end first, because a client that still sends would see a broken link
 * instead of the reason.
 * @param expectedDigest base64 SHA-256 that the body must have
 * @param mayKeep decides on the routing before anything is kept; throws to refuse
 * @throws ExchangeError MESSAGE_TOO_LARGE, DIGEST_MISMATCH, EDXML_INVALID, and what `mayKeep` throws
 */
export async function receiveMessage(
  body: AsyncIterable<Uint8Array>,
  expectedDigest: string,
  files: Pick<MessageFiles, 'receive'>,
  reader: RoutingReader,
  mayKeep: (routing: EdxmlRouting) => Promise<void>,
): Promise<ReceivedMessage> {
  const incoming = await files.receive();
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_MESSAGE_BYTES) throw new ExchangeError('MESSAGE_TOO_LARGE', { limit: MAX_MESSAGE_BYTES });
      hash.update(chunk);
      await incoming.write(chunk);
    }
    if (hash.digest('base64') !== expectedDigest) throw new ExchangeError('DIGEST_MISMATCH', { size });
    const routing = await readRouting(reader, incoming.pieces());
    await mayKeep(routing);
    return { routing, file: await incoming.keep() };
  } catch (error) {
    await incoming.discard();
    throw error;
  }
}

/** @throws ExchangeError EDXML_INVALID, also for a message that takes more to read than any may */
export async function readRouting(reader: RoutingReader, pieces: AsyncIterable<Uint8Array>): Promise<EdxmlRouting> {
  try {
    return await reader.read(pieces);
  } catch (error) {
    if (error instanceof EdxmlError) {
      const detail = String(error.params['field'] ?? error.params['reason'] ?? '');
      throw new ExchangeError('EDXML_INVALID', { reason: error.code, detail });
    }
    if (error instanceof TooCostly) throw new ExchangeError('EDXML_INVALID', { reason: 'TOO_COSTLY', detail: '' });
    throw error;
  }
}
