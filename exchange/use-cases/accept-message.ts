import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import type { Receipt } from '#shared/wire/messages.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { ExchangeIdentity } from '../rules/exchange-key.ts';
import { makeReceipt, namedReceivers, requireReceivers, requireSameMessage } from '../rules/receipt.ts';
import { urgencyOf, watchedDocument } from '../rules/watched-document.ts';
import type { Database } from '../storage/database.ts';
import type { AddedEvent } from '../storage/delivery-event-store.ts';
import type { StoredFile } from '../storage/message-files.ts';
import { noteMessage } from './note-message.ts';
import type { PolicyBook } from './policy-book.ts';
import { watchersOf } from './watchers-of.ts';

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
  /** Agencies with something new in their inbox, or about a delivery that they watch. */
  readonly delivered: readonly string[];
}

export interface AcceptingServices extends ExchangeIdentity {
  readonly policies: PolicyBook;
}

/**
 * Accepts a message in one transaction: message, one delivery per known receiver with the next number of its inbox, and
 * the signed receipt. The same id and bytes give the stored receipt again; bytes that were lost are delivered again.
 * @throws ExchangeError MESSAGE_ID_CONFLICT, RECIPIENT_UNKNOWN, AGENCY_CLOSED
 */
export async function acceptMessage(
  database: Database,
  services: AcceptingServices,
  message: OfferedMessage,
): Promise<Acceptance> {
  return (await acceptNew(database, services, message)) ?? acceptAgain(database, message);
}

/** Whose inbox has something new, and who sees that a delivery got further. */
function withWatchers(delivered: readonly string[], noted: readonly AddedEvent[]): readonly string[] {
  return [...new Set([...delivered, ...watchersOf(noted)])];
}

/** Thrown to undo the numbers that were taken. */
class TakenMeanwhile extends Error {}

/** null when something was accepted under the id before. */
async function acceptNew(
  database: Database,
  services: AcceptingServices,
  { id, senderCode, routing, file }: OfferedMessage,
): Promise<Acceptance | null> {
  const policies = await services.policies.of(senderCode);
  try {
    return await database.transaction(async (stores) => {
      const { acceptance } = stores;
      const taken = await acceptance.takeNumbers(id, senderCode, namedReceivers(routing.to));
      if (taken.isKnown) return null;
      if (!taken.maySend) throw new ExchangeError('AGENCY_CLOSED', { agency: senderCode });
      const delivered = [...taken.numbers.keys()];
      requireReceivers(delivered, routing.to);
      const { epoch, at, numbers } = taken;
      const offered = { id, senderCode, epoch, sha256: file.sha256, organIds: routing.to };
      const receipt = await makeReceipt(services, offered, at, numbers);
      const { kind, documentId } = routing;
      const urgency = urgencyOf(routing);
      const document = watchedDocument(routing, at, policies);
      const isNew = await acceptance.keep(
        { id, senderCode, kind, documentId, urgency, file, document },
        receipt,
        taken,
      );
      if (!isNew) throw new TakenMeanwhile();
      const noted = await noteMessage(stores, routing, { id, senderCode, at });
      return { receipt, isNew, delivered: withWatchers(delivered, noted) };
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
