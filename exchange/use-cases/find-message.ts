import { ExchangeError } from '../rules/exchange-error.ts';
import type { Database } from '../storage/database.ts';
import type { StoredFile } from '../storage/message-files.ts';

/**
 * Where a message is stored, for its sender and its receivers.
 * @throws ExchangeError NOT_FOUND, NOT_ADDRESSED
 */
export async function findMessage(
  database: Pick<Database, 'messages'>,
  messageId: string,
  agencyCode: string,
): Promise<StoredFile> {
  const found = await database.messages.findFile(messageId, agencyCode);
  if (!found) throw new ExchangeError('NOT_FOUND');
  if (!found.addressed) throw new ExchangeError('NOT_ADDRESSED');
  return found.file;
}
