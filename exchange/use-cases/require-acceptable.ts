import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { Quotas } from '../rules/quotas.ts';
import { namedReceivers, requireOwnSender, requireReceivers, requireSameMessage } from '../rules/receipt.ts';
import type { Database } from '../storage/database.ts';

export interface ArrivedMessage {
  readonly id: string;
  /** Agency of the authenticated workstation. */
  readonly senderCode: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/**
 * Refuses what will not be accepted while its bytes are not kept yet: a kept file cannot be taken away again, because
 * another message may just be taking the same bytes. `acceptMessage` decides once more, in its transaction.
 * @throws ExchangeError SENDER_MISMATCH, TOO_MANY_RECIPIENTS, EDXML_INVALID, RATE_LIMITED, MESSAGE_ID_CONFLICT,
 *   AGENCY_CLOSED, RECIPIENT_UNKNOWN
 */
export async function requireAcceptable(
  database: Pick<Database, 'acceptance'>,
  quotas: Quotas,
  { id, senderCode, sha256 }: ArrivedMessage,
  routing: EdxmlRouting,
): Promise<void> {
  requireOwnSender(routing.from, senderCode);
  quotas.countRecipients(senderCode, routing, Date.now());
  const { earlier, maySend, receivers } = await database.acceptance.standing(
    id,
    senderCode,
    namedReceivers(routing.to),
  );
  if (earlier !== null) return requireSameMessage(id, earlier, { senderCode, sha256 });
  if (!maySend) throw new ExchangeError('AGENCY_CLOSED', { agency: senderCode });
  requireReceivers(receivers, routing.to);
}
