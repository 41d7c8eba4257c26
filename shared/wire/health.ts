import { z } from 'zod';
import { instantSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

export const healthSchema = z.object({
  status: z.literal('ok'),
  serverTime: instantSchema,
  /** Whether the machine that tells people of documents stands still; only said on the server's own machine. */
  noticesStandStill: z.boolean().optional(),
});
export type Health = z.infer<typeof healthSchema>;

/** Whether an exchange answers here and its database too. */
export const getHealth = defineRoute({ method: 'GET', path: '/v1/health', signed: false, answer: json(healthSchema) });
