/** Who a message is for, whether it may be taken, and what its sender is told. */
import type { Receipt } from '#shared/wire/messages.ts';
import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import { ExchangeError } from './exchange-error.ts';

const LONGEST_CODE_LIST = 2_000;

/** @throws ExchangeError SENDER_MISMATCH when a workstation names another agency than its own as sender */
export function requireOwnSender(from: string, agencyCode: string): void {
  if (normaliseAgencyCode(from) === agencyCode) return;
  throw new ExchangeError('SENDER_MISMATCH', { from: from.slice(0, 50), agency: agencyCode });
}

/** The agencies that a message names as receivers, each once. */
export function namedReceivers(organIds: readonly string[]): readonly string[] {
  return [...new Set(organIds.map(normaliseAgencyCode))];
}

/** @throws ExchangeError RECIPIENT_UNKNOWN when nobody it is for is in the directory */
export function requireReceivers(known: readonly string[], organIds: readonly string[]): void {
  if (known.length > 0) return;
  throw new ExchangeError('RECIPIENT_UNKNOWN', { organIds: organIds.join(' ').slice(0, LONGEST_CODE_LIST) });
}

/** @throws ExchangeError MESSAGE_ID_CONFLICT when the id stands for other bytes or another sender */
export function requireSameMessage(
  messageId: string,
  earlier: { readonly senderCode: string; readonly sha256: string },
  offered: { readonly senderCode: string; readonly sha256: string },
): void {
  if (earlier.sha256 === offered.sha256 && earlier.senderCode === offered.senderCode) return;
  throw new ExchangeError('MESSAGE_ID_CONFLICT', { messageId });
}

/** @param numbers number of the delivery in each receiver's inbox, by agency code */
export function makeReceipt(
  message: { readonly id: string; readonly sha256: string; readonly organIds: readonly string[] },
  acceptedAt: Date,
  numbers: ReadonlyMap<string, number>,
): Receipt {
  return {
    messageId: message.id,
    sha256: message.sha256,
    acceptedAt: acceptedAt.toISOString(),
    recipients: [...new Set(message.organIds)].map((organId) => {
      const seq = numbers.get(normaliseAgencyCode(organId));
      return seq === undefined ? { organId, outcome: 'unknown' } : { organId, outcome: 'accepted', seq };
    }),
  };
}
