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
  /** Documents and statuses that the exchange has for this office, still to be fetched. */
  waitingIncoming: z.int(),
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
    audit: ['serverUrl', 'workstationName'],
    input: {
      serverUrl: serverUrlSchema,
      code: z.string().trim().min(4).max(200),
      workstationName: shortText.min(1),
      /** Decided after AGENCY_DIFFERS: the books go on under another agency. */
      mergeAgency: z.boolean().default(false),
      /** Decided after REGISTER_EXISTS or REGISTER_OUTDATED: this register takes the other one's place. */
      replaceRegister: z.boolean().default(false),
    },
    output: z.object({ agency: ownAgencySchema }),
    errors: [
      'ENROL_CODE_INVALID',
      'ENROL_CODE_EXPIRED',
      'EXCHANGE_UNREACHABLE',
      'EXCHANGE_GARBAGE',
      'HTTPS_REQUIRED',
      'EXCHANGE_REFUSED',
      'ALREADY_ENROLLED',
      'AGENCY_DIFFERS',
      'REGISTER_EXISTS',
      'REGISTER_OUTDATED',
    ],
  }),
  /** Messages that came and could not be taken in, newest first: kept, with the reason. */
  setAside: query({
    reads: ['set-aside', 'directory'],
    input: {},
    output: z.object({
      messages: z.array(z.object({ messageId: idSchema, agencyName: z.string(), code: z.string(), at: instantSchema })),
      /** All of them; of one sender only the newest are listed. */
      total: z.int(),
    }),
  }),
  /** Takes a message again that was set aside. */
  takeAgain: command({
    may: ['records-clerk', 'administrator'],
    audit: ['messageId'],
    input: { messageId: idSchema },
    output: z.object({}),
    errors: ['NOT_FOUND'],
  }),
  /** Asks for an exchange now instead of at the next planned time. */
  syncNow: command({ may: 'everybody', input: {}, output: z.object({}) }),
};
