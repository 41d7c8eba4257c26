import { z } from 'zod';
import { agencyCodeSchema, fileTokenSchema, idSchema, instantSchema, shortText } from './common.ts';
import { command, query } from './define.ts';
import { outgoingBoxes } from './outgoing.ts';
import { incomingBoxes } from './incoming.ts';

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

const agencySchema = z.object({ code: z.string(), name: z.string() });

export const overviewSchema = z.object({
  /** Null until the first set-up. */
  agency: agencySchema.nullable(),
  enrolled: z.boolean(),
  serverUrl: z.string().nullable(),
  incomingCounts: z.record(z.enum(incomingBoxes), z.int()),
  outgoingCounts: z.record(z.enum(outgoingBoxes), z.int()),
  incomingBook: z.object({ year: z.int(), last: z.int() }),
  outgoingBook: z.object({ year: z.int(), last: z.int() }),
  /** Messages that came but could not be taken in; `exchange.setAside` says why. */
  setAside: z.int(),
  sync: syncStatusSchema,
});
export type Overview = z.infer<typeof overviewSchema>;

export const directoryAgencySchema = z.object({
  code: z.string(),
  name: z.string(),
  parentName: z.string().nullable(),
  group: z.string().nullable(),
});
export type DirectoryAgency = z.infer<typeof directoryAgencySchema>;

export const bookSchema = z.object({
  id: z.string(),
  direction: z.enum(['incoming', 'outgoing']),
  name: z.string(),
  year: z.int(),
  last: z.int(),
});
export type Book = z.infer<typeof bookSchema>;

export const bookEntrySchema = z.object({
  number: z.int(),
  documentId: idSchema.nullable(),
  codeText: z.string(),
  date: z.string().nullable(),
  registeredAt: instantSchema,
  agencyName: z.string(),
  abstract: z.string(),
  documentType: z.string(),
  signerName: z.string(),
  /** Recipients for outgoing, unit or person for incoming. */
  goesTo: z.string(),
  cancelled: z.boolean(),
});
export type BookEntry = z.infer<typeof bookEntrySchema>;

export const certificateSchema = z.object({
  id: idSchema,
  role: z.enum(['person', 'seal']),
  subject: z.string(),
  organisation: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: instantSchema,
  notAfter: instantSchema,
  fileName: z.string(),
  hasImage: z.boolean(),
});
export type Certificate = z.infer<typeof certificateSchema>;

export const searchHitSchema = z.object({
  kind: z.enum(['incoming', 'outgoing']),
  id: idSchema,
  codeText: z.string(),
  agencyName: z.string(),
  abstract: z.string(),
  at: instantSchema,
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const office = {
  overview: query({ owner: 'core', input: {}, output: overviewSchema }),
  /** Works without any server: gives the office its name so that drafts and books can start. */
  setUp: command({
    owner: 'core',
    input: { agencyName: shortText.min(1), agencyCode: agencyCodeSchema },
    output: z.object({ agency: agencySchema }),
    errors: ['ALREADY_ENROLLED'],
  }),
  search: query({
    owner: 'core',
    input: { text: z.string().max(200), limit: z.int().min(1).max(50).default(20) },
    output: z.object({ hits: z.array(searchHitSchema) }),
  }),
};

export const books = {
  list: query({ owner: 'core', input: {}, output: z.object({ books: z.array(bookSchema) }) }),
  entries: query({
    owner: 'core',
    input: {
      bookId: z.string().max(60),
      year: z.int().min(2000).max(2200),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(100),
    },
    output: z.object({ entries: z.array(bookEntrySchema), total: z.int() }),
  }),
  /**
   * Continues a paper book: the next number follows `last`. Only while the year's book holds no number yet. Without a
   * year it is the current one.
   */
  startFrom: command({
    owner: 'core',
    input: {
      bookId: z.string().max(60),
      year: z.int().min(2000).max(2200).optional(),
      last: z.int().min(0).max(1_000_000),
    },
    output: z.object({ last: z.int() }),
    errors: ['BOOK_IN_USE'],
  }),
};

export const directory = {
  search: query({
    owner: 'core',
    input: { text: z.string().max(200), limit: z.int().min(1).max(500).default(20) },
    output: z.object({ agencies: z.array(directoryAgencySchema), total: z.int() }),
  }),
  /** The agencies meant by lines such as "Các Sở, ban, ngành"; the office itself is left out. */
  resolve: query({
    owner: 'core',
    input: { lines: z.array(z.string().max(2000)).max(200) },
    output: z.object({
      agencies: z.array(directoryAgencySchema),
      unmatched: z.array(z.string()),
    }),
  }),
};

const p12Errors = [
  'FILE_TOKEN_EXPIRED',
  'FILE_UNREADABLE',
  'P12_WRONG_PASSWORD',
  'P12_BROKEN',
  'P12_NO_KEY',
  'P12_KEY_UNSUPPORTED',
  'P12_MISSING',
  'SIGNER_CRASHED',
  'IMAGE_NOT_PNG',
] as const;

export const certificates = {
  list: query({ owner: 'core', input: {}, output: z.object({ certificates: z.array(certificateSchema) }) }),
  /** Remembers where the PKCS#12 file is and whose it is; neither the key nor the password is kept. */
  add: command({
    owner: 'core',
    input: {
      token: fileTokenSchema,
      password: z.string().max(200),
      role: z.enum(['person', 'seal']),
      imageToken: fileTokenSchema.nullable(),
    },
    output: certificateSchema,
    errors: p12Errors,
  }),
  remove: command({ owner: 'core', input: { id: idSchema }, output: z.object({ id: idSchema }) }),
};

export const exchange = {
  /** Tells whether an exchange answers at the address. */
  check: query({
    owner: 'core',
    input: { serverUrl: z.url().max(300) },
    output: z.object({ reachable: z.boolean(), code: z.string().nullable() }),
  }),
  enrol: command({
    owner: 'core',
    input: { serverUrl: z.url().max(300), code: z.string().trim().min(4).max(200), workstationName: shortText.min(1) },
    output: z.object({ agency: agencySchema }),
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
    owner: 'core',
    input: {},
    output: z.object({
      messages: z.array(z.object({ messageId: idSchema, agencyName: z.string(), code: z.string(), at: instantSchema })),
    }),
  }),
  /** Asks for an exchange now instead of at the next planned time. */
  syncNow: command({ owner: 'core', input: {}, output: z.object({}) }),
};
