/** How far each document has got with each recipient, and who is being told: for its sender and for the recipient itself. */
import { z } from 'zod';
import { watchedDeliverySchema } from '../domain/watched-delivery.ts';
import { epochSchema, watchPositionSchema } from './inbox.ts';
import { defineRoute, json } from './route.ts';

export const MAX_WATCHED = 200;

/** The deliveries of documents from or for the caller's agency that changed after a position. */
export const readWatch = defineRoute({
  method: 'GET',
  path: '/v1/watch',
  signed: true,
  query: z.object({
    after: watchPositionSchema.optional(),
    epoch: epochSchema.optional(),
    limit: z.coerce.number<number>().int().min(1).max(MAX_WATCHED).default(100),
  }),
  answer: json(
    z.object({
      epoch: epochSchema,
      position: watchPositionSchema,
      more: z.boolean(),
      deliveries: z.array(watchedDeliverySchema),
    }),
  ),
});
