import type { FastifyInstance } from 'fastify';
import * as wire from '#shared/wire/receipts.ts';
import { readReceiptProof } from '../rules/receipt.ts';
import { checkReceipts } from '../use-cases/check-receipts.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

export async function receiptRoutes(app: FastifyInstance, { database, key }: ExchangeServices): Promise<void> {
  serveRoute(app, wire.checkReceipts, async ({ body, caller: { agencyCode } }) => {
    const proven = body.proof === null ? null : await readReceiptProof(body.proof, key.publicJwk);
    return checkReceipts(database, agencyCode, body.messageIds, proven);
  });
}
