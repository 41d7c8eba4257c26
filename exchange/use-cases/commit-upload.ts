import type { RoutingReader } from '../reading/routing-reader.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { Quotas } from '../rules/quotas.ts';
import { requireSameMessage } from '../rules/receipt.ts';
import { isFinalRefusal } from '../rules/upload-limits.ts';
import type { Database } from '../storage/database.ts';
import type { MessageFiles } from '../storage/message-files.ts';
import type { UploadFiles, UploadKey } from '../storage/upload-files.ts';
import { type Acceptance, type AcceptingServices, acceptMessage } from './accept-message.ts';
import { findUpload } from './open-upload.ts';
import { receiveMessage } from './receive-message.ts';
import { requireAcceptable } from './require-acceptable.ts';

export interface CommitServices extends AcceptingServices {
  readonly database: Database;
  readonly files: MessageFiles;
  readonly uploads: UploadFiles;
  readonly quotas: Quotas;
  readonly reader: RoutingReader;
}

/**
 * Makes a message of an upload: reads all of it, checks hash, form and sender, and accepts it. The upload goes when the
 * message is accepted or refused for good; until then a commit may be repeated, also by a server that died in between.
 * @throws ExchangeError NOT_FOUND, UPLOAD_INCOMPLETE with the offset, and what `receiveMessage` and `acceptMessage` throw
 */
export async function commitUpload(services: CommitServices, messageId: string, key: UploadKey): Promise<Acceptance> {
  const { database, files, uploads, reader, quotas } = services;
  const { agencyCode: senderCode, sha256, size } = key;
  return uploads.inTurn(key, async () => {
    const earlier = await database.messages.findAccepted(messageId);
    // A message whose bytes were lost needs them again.
    if (earlier && !earlier.isLost) {
      requireSameMessage(messageId, earlier, { senderCode, sha256 });
      await uploads.remove(key);
      return { receipt: earlier.receipt, isNew: false, delivered: [] };
    }
    const { offset } = await findUpload(uploads, key, new Date());
    if (offset < size) throw new ExchangeError('UPLOAD_INCOMPLETE', { offset });
    try {
      const digest = Buffer.from(sha256, 'hex').toString('base64');
      const uploaded = files.uploaded(uploads.pathOf(key), { sha256, size });
      const arrived = { id: messageId, senderCode, sha256 };
      const received = await receiveMessage(uploads.read(key), digest, uploaded, reader, (routing) =>
        requireAcceptable(database, quotas, arrived, routing),
      );
      const acceptance = await quotas.inTurn(senderCode, () =>
        acceptMessage(database, services, { id: messageId, senderCode, ...received }),
      );
      await uploads.remove(key);
      return acceptance;
    } catch (error) {
      if (isFinalRefusal(error)) await uploads.remove(key);
      throw error;
    }
  });
}
