import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import { urgencyFromRank } from '#shared/domain/urgency.ts';
import type { Receipt } from '#shared/wire/messages.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { ExchangeIdentity } from '../rules/exchange-key.ts';
import { makeReceipt, namedReceivers, requireReceivers, requireSameMessage } from '../rules/receipt.ts';
import type { Database, Stores } from '../storage/database.ts';
import type { StoredFile } from '../storage/message-files.ts';

export interface OfferedMessage {
  readonly id: string;
  /** Agency of the authenticated workstation. */
  readonly senderCode: string;
  readonly routing: EdxmlRouting;
  /** Already durable. */
  readonly file: StoredFile;
}

export interface Acceptance {
  readonly receipt: Receipt;
  /** false when the same message was accepted before. */
  readonly isNew: boolean;
  /** Agencies with something new in their inbox. */
  readonly delivered: readonly string[];
}

/**
 * Accepts a message in one transaction: message, one delivery per known receiver with the next number of its inbox, and
 * the signed receipt. The same id and bytes give the stored receipt again; bytes that were lost are delivered again.
 * @throws ExchangeError MESSAGE_ID_CONFLICT, RECIPIENT_UNKNOWN, AGENCY_CLOSED
 */
export async function acceptMessage(
  database: Database,
  identity: ExchangeIdentity,
  message: OfferedMessage,
): Promise<Acceptance> {
  const { id, senderCode, routing, file } = message;
  return database.transaction(async ({ messages, inbox }) => {
    // Requests with the same id take turns; the later ones then find the receipt.
    await messages.takeTurn(id);
    const earlier = await messages.findAccepted(id);
    if (earlier) {
      requireSameMessage(id, earlier, { senderCode, sha256: file.sha256 });
      const delivered = earlier.isLost ? await deliverAgain(id, { messages, inbox }) : [];
      return { receipt: earlier.receipt, isNew: false, delivered };
    }
    const { epoch, maySend } = await inbox.standing(senderCode);
    if (!maySend) throw new ExchangeError('AGENCY_CLOSED', { agency: senderCode });
    const receivers = await inbox.lockReceivers(namedReceivers(routing.to));
    requireReceivers(receivers, routing.to);
    const numbers = await inbox.takeNumbers(receivers);
    // Added after the locks: within one inbox the times then rise with the numbers.
    const acceptedAt = await messages.add({
      id,
      senderCode,
      kind: routing.kind,
      documentId: routing.documentId,
      urgency: urgencyFromRank(routing.priority ?? 0) ?? 'normal',
      file,
    });
    const offered = { id, senderCode, epoch, sha256: file.sha256, organIds: routing.to };
    const receipt = await makeReceipt(identity, offered, acceptedAt, numbers);
    await messages.addReceipt(receipt);
    await inbox.deliver(id, numbers);
    return { receipt, isNew: true, delivered: receivers };
  });
}

/** Its bytes were lost and are here again: receivers passed it over and find it under a new number. */
async function deliverAgain(
  id: string,
  { messages, inbox }: Pick<Stores, 'messages' | 'inbox'>,
): Promise<readonly string[]> {
  const receivers = await inbox.lockReceivers(await inbox.receiversOf(id));
  await inbox.deliver(id, await inbox.takeNumbers(receivers));
  await messages.markFound(id);
  return receivers;
}
