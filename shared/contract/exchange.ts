import { z } from 'zod';
import { idSchema, instantSchema, shortText } from './common.ts';
import { command, query } from './define.ts';
import { ownAgencySchema } from './office.ts';

export const syncStatusSchema = z.object({
  state: z.enum(['not-enrolled', 'offline', 'idle', 'pulling', 'applying', 'pushing', 'waiting', 'blocked']),
  /** Since when there is no connection, if there is none. */
  offlineSince: instantSchema.nullable(),
  lastExchangeAt: instantSchema.nullable(),
  retryAt: instantSchema.nullable(),
  /** Documents and statuses still to be sent. */
  waitingDocuments: z.int(),
  waitingStatuses: z.int(),
  /** Why it is blocked, as an error code. */
  reason: z.string().nullable(),
});
export type SyncStatus = z.infer<typeof syncStatusSchema>;

const serverUrlSchema = z.url().max(300);

export const exchange = {
  /** State of the line; later states come as the event `line.changed`. */
  line: query({ reads: ['line'], input: {}, output: syncStatusSchema }),
  /** Tells whether an exchange answers at the address. */
  check: query({
    reads: [],
    input: { serverUrl: serverUrlSchema },
    output: z.object({ reachable: z.boolean(), code: z.string().nullable() }),
  }),
  enrol: command({
    may: ['records-clerk', 'administrator'],
    input: { serverUrl: serverUrlSchema, code: z.string().trim().min(4).max(200), workstationName: shortText.min(1) },
    output: z.object({ agency: ownAgencySchema }),
    errors: [
      'ENROL_CODE_INVALID',
      'ENROL_CODE_EXPIRED',
      'EXCHANGE_UNREACHABLE',
      'EXCHANGE_GARBAGE',
      'EXCHANGE_REFUSED',
      'ALREADY_ENROLLED',
    ],
  }),
  /** Messages that came and could not be taken in, newest first: kept, with the reason. */
  setAside: query({
    reads: ['set-aside', 'directory'],
    input: {},
    output: z.object({
      messages: z.array(z.object({ messageId: idSchema, agencyName: z.string(), code: z.string(), at: instantSchema })),
    }),
  }),
  /** Asks for an exchange now instead of at the next planned time. */
  syncNow: command({ may: 'everybody', input: {}, output: z.object({}) }),
};
