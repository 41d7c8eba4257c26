import { z } from 'zod';
import { OVERSIGHT_SELECTIONS, overseenDeliverySchema, oversightSchema } from '../domain/oversight.ts';
import { query } from './define.ts';

/** Days in Việt Nam; `to` is not in the period any more. */
const period = { from: z.iso.date(), to: z.iso.date() };
const errors = [
  'NOT_SUPERVISING',
  'PERIOD_INVALID',
  'EXCHANGE_UNREACHABLE',
  'EXCHANGE_GARBAGE',
  'EXCHANGE_REFUSED',
] as const;
const named = { name: z.string() };

export const oversight = {
  /** Whether this office sees the figures of others; false while that cannot be asked. */
  supervision: query({ reads: ['office', 'line'], input: {}, output: z.object({ supervises: z.boolean() }) }),
  /** From the exchange; nothing of it is kept here. */
  figures: query({
    reads: ['directory'],
    input: period,
    output: oversightSchema.extend({ agencies: z.array(oversightSchema.shape.agencies.element.extend(named)) }),
    errors,
  }),
  /** Deliveries behind a figure of one agency, the newest first, after one that is known. */
  deliveries: query({
    reads: ['directory'],
    input: {
      ...period,
      agency: z.string().min(1).max(50),
      which: z.enum(OVERSIGHT_SELECTIONS),
      after: overseenDeliverySchema.pick({ availableAt: true, messageId: true }).nullable().default(null),
    },
    output: z.object({
      deliveries: z.array(overseenDeliverySchema.extend({ senderName: z.string() })),
      more: z.boolean(),
    }),
    errors,
  }),
};
