import type { ExchangeConnection, Receipt } from '#core/ports/exchange.ts';
import { RECEIPT_PROOF_TYPE, receiptStatementSchema } from '#shared/wire/messages.ts';
import { readStatement } from '#shared/wire/signed-statement.ts';

/** Whether the exchange of this connection signed this very receipt: only then is it evidence later. */
export async function isProven(
  receipt: Receipt,
  { exchangeId, exchangeKey }: Pick<ExchangeConnection, 'exchangeId' | 'exchangeKey'>,
): Promise<boolean> {
  const read = receiptStatementSchema.safeParse(await readStatement(receipt.proof, RECEIPT_PROOF_TYPE, exchangeKey));
  if (!read.success || read.data.exchangeId !== exchangeId) return false;
  const { exchangeId: _, epoch: __, sender: ___, ...stated } = read.data;
  const { proof: ____, ...told } = receipt;
  // Both are in the order of the schema by now.
  return JSON.stringify(stated) === JSON.stringify(told);
}
