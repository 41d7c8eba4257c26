/** Who a message is for, whether it may be taken, and what its sender is told. */
import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import type { PublicJwk } from '#shared/domain/public-jwk.ts';
import {
  type Receipt,
  RECEIPT_PROOF_TYPE,
  type ReceiptStatement,
  receiptStatementSchema,
} from '#shared/wire/messages.ts';
import { readStatement } from '#shared/wire/signed-statement.ts';
import { ExchangeError } from './exchange-error.ts';
import type { ExchangeIdentity } from './exchange-key.ts';

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

/**
 * What the sender is told, signed: its text never changes again, because it is stored with the message.
 * @param numbers number of the delivery in each receiver's inbox, by agency code
 */
export async function makeReceipt(
  { exchangeId, key }: ExchangeIdentity,
  message: {
    readonly id: string;
    readonly senderCode: string;
    readonly epoch: string;
    readonly sha256: string;
    readonly organIds: readonly string[];
  },
  acceptedAt: Date,
  numbers: ReadonlyMap<string, number>,
): Promise<Receipt> {
  const receipt: Omit<Receipt, 'proof'> = {
    messageId: message.id,
    sha256: message.sha256,
    acceptedAt: acceptedAt.toISOString(),
    recipients: [...new Set(message.organIds)].map((organId) => {
      const seq = numbers.get(normaliseAgencyCode(organId));
      return seq === undefined ? { organId, outcome: 'unknown' } : { organId, outcome: 'accepted', seq };
    }),
  };
  const { epoch, senderCode: sender } = message;
  const statement: ReceiptStatement = { ...receipt, exchangeId, epoch, sender };
  return { ...receipt, proof: await key.sign(RECEIPT_PROOF_TYPE, statement) };
}

/** What a receipt's proof states; null when it is not one by this key. */
export async function readReceiptProof(proof: string, publicKey: PublicJwk): Promise<ReceiptStatement | null> {
  const statement = receiptStatementSchema.safeParse(await readStatement(proof, RECEIPT_PROOF_TYPE, publicKey));
  return statement.success ? statement.data : null;
}
