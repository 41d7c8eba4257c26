import { publicJwkSchema } from '#shared/domain/public-jwk.ts';
import type { ReceiptStatement } from '#shared/wire/messages.ts';
import { makeExchangeKey } from '../rules/exchange-key.ts';
import { readReceiptProof } from '../rules/receipt.ts';
import type { Database } from '../storage/database.ts';

/**
 * What this exchange stated in a receipt that somebody shows.
 * @throws Error when this exchange did not sign it
 */
export async function verifyReceipt(database: Pick<Database, 'enrolment'>, proof: string): Promise<ReceiptStatement> {
  const key = publicJwkSchema.parse(await database.enrolment.exchangeKey(await makeExchangeKey()));
  const statement = await readReceiptProof(proof, key);
  if (!statement) throw new Error('this exchange did not sign that receipt');
  return statement;
}
