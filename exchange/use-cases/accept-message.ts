import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import { urgencyFromRank } from '#shared/domain/urgency.ts';
import type { Receipt } from '#shared/wire/messages.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { ExchangeIdentity } from '../rules/exchange-key.ts';
import { makeReceipt, namedReceivers, requireReceivers, requireSameMessage } from '../rules/receipt.ts';
import type { Database } from '../storage/database.ts';
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
  return (await acceptNew(database, identity, message)) ?? acceptAgain(database, message);
}

/** Thrown to undo the numbers that were taken. */
class TakenMeanwhile extends Error {}

/** null when something was accepted under the id before. */
async function acceptNew(
  database: Database,
  identity: ExchangeIdentity,
  { id, senderCode, routing, file }: OfferedMessage,
): Promise<Acceptance | null> {
  try {
    return await database.transaction(async ({ acceptance }) => {
      const taken = await acceptance.takeNumbers(id, senderCode, namedReceivers(routing.to));
      if (taken.isKnown) return null;
      if (!taken.maySend) throw new ExchangeError('AGENCY_CLOSED', { agency: senderCode });
      const delivered = [...taken.numbers.keys()];
      requireReceivers(delivered, routing.to);
      const { epoch, at, numbers } = taken;
      const offered = { id, senderCode, epoch, sha256: file.sha256, organIds: routing.to };
      const receipt = await makeReceipt(identity, offered, at, numbers);
      const { kind, documentId } = routing;
      const urgency = (kind === 'document' && urgencyFromRank(routing.priority ?? 0)) || 'normal';
      const isNew = await acceptance.keep({ id, senderCode, kind, documentId, urgency, file }, receipt, taken);
      if (!isNew) throw new TakenMeanwhile();
      return { receipt, isNew, delivered };
    });
  } catch (error) {
    if (error instanceof TakenMeanwhile) return null;
    throw error;
  }
}

/** The stored receipt. Bytes that were lost are here again: receivers passed them over and find them under a new number. */
async function acceptAgain(database: Database, { id, senderCode, file }: OfferedMessage): Promise<Acceptance> {
  return database.transaction(async ({ messages, inbox }) => {
    const earlier = await messages.findAccepted(id);
    if (earlier === null) throw new Error(`message ${id} is neither new nor known`);
    requireSameMessage(id, earlier, { senderCode, sha256: file.sha256 });
    if (!(earlier.isLost && (await messages.markFound(id)))) {
      return { receipt: earlier.receipt, isNew: false, delivered: [] };
    }
    const numbers = await inbox.takeNumbers(await inbox.receiversOf(id));
    await inbox.deliver(id, numbers);
    return { receipt: earlier.receipt, isNew: false, delivered: [...numbers.keys()] };
  });
}
