import { z } from 'zod';
import { instantSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

export const healthSchema = z.object({ status: z.literal('ok'), serverTime: instantSchema });
export type Health = z.infer<typeof healthSchema>;

/** Whether an exchange answers here and its database too. */
export const getHealth = defineRoute({ method: 'GET', path: '/v1/health', signed: false, answer: json(healthSchema) });
