import { z } from 'zod';
import { messageIdSchema } from './common.ts';
import { epochSchema } from './inbox.ts';
import { defineRoute, json } from './route.ts';

/** Most messages of one question: within the limit of a JSON body. */
export const MAX_CHECKED_MESSAGES = 500;

/**
 * Which of the caller's accepted messages the exchange no longer has. A receipt that it signed in the running epoch for
 * one of them proves that it was put back to an older copy; it then begins a new epoch by itself.
 */
export const checkReceipts = defineRoute({
  method: 'POST',
  path: '/v1/receipts/check',
  signed: true,
  body: json(
    z.object({
      messageIds: z.array(messageIdSchema).max(MAX_CHECKED_MESSAGES),
      /** Of one of them: `proof` of its receipt. */
      proof: z.string().max(32_000).nullable(),
    }),
  ),
  answer: json(z.object({ epoch: epochSchema, missing: z.array(messageIdSchema) })),
});
