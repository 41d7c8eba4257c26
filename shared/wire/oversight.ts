/** Figures for supervising agencies, and what offices report of themselves for them. */
import { z } from 'zod';
import {
  OVERSIGHT_SELECTIONS,
  overseenDeliverySchema,
  oversightSchema,
  SENT_SELECTIONS,
  sentDocumentSchema,
} from '../domain/oversight.ts';
import { agencyCodeSchema, instantSchema, messageIdSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

export const MAX_OVERSEEN = 1_000;
/** Most reports of one request: within the limit of a JSON body. */
export const MAX_PAPER_ARRIVALS = 100;

/** Days in Việt Nam; `to` is not in the period any more. */
const period = { from: z.iso.date(), to: z.iso.date() };

/** What agencies did with what they received and sent. Refused with NOT_SUPERVISING, PERIOD_INVALID. */
export const readOversight = defineRoute({
  method: 'GET',
  path: '/v1/oversight',
  signed: true,
  query: z.object(period),
  answer: json(oversightSchema),
});

/** Whether the caller's agency sees others, and whose: those below `under` and its own, or of all. */
export const readSupervision = defineRoute({
  method: 'GET',
  path: '/v1/oversight/supervision',
  signed: true,
  answer: json(z.object({ supervises: z.boolean(), under: z.string().nullable() })),
});

/** The deliveries behind one figure, the newest first. Refused with NOT_SUPERVISING, PERIOD_INVALID. */
export const readOverseen = defineRoute({
  method: 'GET',
  path: '/v1/oversight/deliveries',
  signed: true,
  query: z.object({
    ...period,
    /** Of all that are supervised when it is left out. */
    agency: agencyCodeSchema.optional(),
    which: z.enum(OVERSIGHT_SELECTIONS),
    /** The last one of the page before: the three together. */
    before: instantSchema.optional(),
    beforeId: messageIdSchema.optional(),
    beforeRecipient: agencyCodeSchema.optional(),
    limit: z.coerce.number<number>().int().min(1).max(MAX_OVERSEEN).default(100),
  }),
  answer: json(z.object({ deliveries: z.array(overseenDeliverySchema), more: z.boolean() })),
});

/** What an agency sent, the newest first. Refused with NOT_SUPERVISING, PERIOD_INVALID. */
export const readSentDocuments = defineRoute({
  method: 'GET',
  path: '/v1/oversight/sent',
  signed: true,
  query: z.object({
    ...period,
    agency: agencyCodeSchema,
    which: z.enum(SENT_SELECTIONS),
    /** The last one of the page before: both together. */
    before: instantSchema.optional(),
    beforeKey: z.string().min(1).max(500).optional(),
    limit: z.coerce.number<number>().int().min(1).max(MAX_OVERSEEN).default(100),
  }),
  answer: json(z.object({ documents: z.array(sentDocumentSchema), more: z.boolean() })),
});

/** Documents that came to the caller's agency on paper and never through the exchange. The same report again changes nothing. */
export const reportPaperArrivals = defineRoute({
  method: 'POST',
  path: '/v1/paper-arrivals',
  signed: true,
  body: json(
    z.object({
      arrivals: z
        .array(
          z.strictObject({
            senderCode: agencyCodeSchema,
            /** Số, ký hiệu. */
            code: z.string().trim().min(1).max(200),
            /** Day of the dấu ĐẾN. */
            day: z.iso.date(),
            /** It came through the exchange after all: what was reported of it counts no longer. */
            withdrawn: z.boolean().default(false),
          }),
        )
        .min(1)
        .max(MAX_PAPER_ARRIVALS),
    }),
  ),
  /** `unknown`: places of those whose sender is not in the directory, or whose day is to come; they count for nobody. */
  answer: json(z.object({ unknown: z.array(z.int()) })),
});
