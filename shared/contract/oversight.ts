import { z } from 'zod';
import {
  OVERSIGHT_SELECTIONS,
  overseenDeliverySchema,
  overseenPlaceSchema,
  oversightSchema,
  SENT_SELECTIONS,
  sentDocumentSchema,
} from '../domain/oversight.ts';
import { letterPageSchema, reminderParagraphSchema } from '../domain/reminder-letter.ts';
import { agencyCodeSchema, storedFileSchema } from './common.ts';
import { command, query } from './define.ts';
import { directoryAgencySchema } from './directory.ts';

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
  /** Deliveries behind a figure of one agency, or of all (null), the newest first, after one that is known. */
  deliveries: query({
    reads: ['directory'],
    input: {
      ...period,
      agency: agencyCodeSchema.nullable(),
      which: z.enum(OVERSIGHT_SELECTIONS),
      after: overseenPlaceSchema.nullable().default(null),
    },
    output: z.object({
      deliveries: z.array(overseenDeliverySchema.extend({ senderName: z.string(), recipientName: z.string() })),
      more: z.boolean(),
    }),
    errors,
  }),
  /** Documents that one agency sent, the newest first, after one that is known. */
  sentDocuments: query({
    reads: ['directory'],
    input: {
      ...period,
      agency: agencyCodeSchema,
      which: z.enum(SENT_SELECTIONS),
      after: sentDocumentSchema.pick({ at: true, key: true }).nullable().default(null),
    },
    output: z.object({
      documents: z.array(sentDocumentSchema.extend({ recipientNames: z.array(z.string()) })),
      more: z.boolean(),
    }),
    errors,
  }),
  /** An Excel workbook of the figures and the documents behind them, as a stored file for `files.saveCopy`. */
  workbook: command({
    may: 'everybody',
    audit: ['from', 'to'],
    input: period,
    output: z.object({ file: storedFileSchema }),
    errors,
  }),
  /** The letter that reminds all supervised agencies, drafted from the figures; nothing of it is kept. */
  reminder: query({
    reads: ['directory', 'office'],
    input: period,
    output: z.object({
      page: letterPageSchema.omit({ paragraphs: true }).extend({ paragraphs: z.array(reminderParagraphSchema) }),
      recipients: z.array(directoryAgencySchema),
    }),
    errors,
  }),
  /** The letter as it was edited, for a word processor: a stored file for `files.saveCopy`. */
  reminderFile: command({
    may: 'everybody',
    input: { page: letterPageSchema },
    output: z.object({ file: storedFileSchema }),
  }),
};
