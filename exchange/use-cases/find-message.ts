import { ExchangeError } from '../rules/exchange-error.ts';
import type { Database } from '../storage/database.ts';
import type { MessageFiles, StoredFile } from '../storage/message-files.ts';

export interface MessageRequest {
  readonly messageId: string;
  readonly agencyCode: string;
  /** Whoever asks got bytes with another hash: the whole file is read before it is given out. */
  readonly doubted: boolean;
}

/**
 * Where a message is stored, for its sender and its receivers. One whose file is gone or damaged is told as lost for
 * good, and its sender is asked for it again.
 * @throws ExchangeError NOT_FOUND, NOT_ADDRESSED, MESSAGE_LOST
 */
export async function findMessage(
  { messages, inbox }: Pick<Database, 'messages' | 'inbox'>,
  files: Pick<MessageFiles, 'isWhole'>,
  { messageId, agencyCode, doubted }: MessageRequest,
): Promise<StoredFile> {
  const found = await messages.findFile(messageId, agencyCode);
  if (!found) throw new ExchangeError('NOT_FOUND');
  if (!found.addressed) throw new ExchangeError('NOT_ADDRESSED');
  if (await files.isWhole(found.file, doubted)) return found.file;
  await inbox.wake([await messages.markLost(messageId)]);
  throw new ExchangeError('MESSAGE_LOST', { messageId });
}
