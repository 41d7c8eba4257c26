import { z } from 'zod';
import { actKinds } from '../domain/act-kind.ts';
import { directions } from '../domain/direction.ts';
import type { Role } from '../domain/roles.ts';
import { daySchema, idSchema, instantSchema, storedFileSchema } from './common.ts';
import { command, query } from './define.ts';

const may: readonly Role[] = ['administrator'];

/** Of a row, from 1. */
const rowNumber = z.int().min(1);

/** Who is meant where it was nobody: this program by itself, and the exchange. */
export const NOBODYS_ACT = 'program';

export const trailFilterSchema = z.strictObject({
  /** Who did it, herself or for a leader. */
  person: z.union([idSchema, z.literal(NOBODYS_ACT)]).optional(),
  kind: z.enum(actKinds).optional(),
  /** First and last day, of Việt Nam. */
  fromDay: daySchema.optional(),
  toDay: daySchema.optional(),
  /** Number and notation of documents, or the id of one. */
  document: z.string().trim().min(1).max(200).optional(),
  documentId: idSchema.optional(),
});
export type TrailFilter = z.infer<typeof trailFilterSchema>;

export const trailRowSchema = z.object({
  seq: rowNumber,
  /** When it happened; rows are written in the order of `seq`. */
  at: instantSchema,
  actor: z.object({
    kind: z.enum(['person', 'agency', 'exchange', 'program']),
    name: z.string(),
    /** For whom she acted by delegation; null for herself. */
    onBehalfOf: z.string().nullable(),
    /** How she had signed in then; null where nobody has to, or for whom nobody knows. */
    signedIn: z.object({ by: z.enum(['pin', 'account']), account: z.string() }).nullable(),
  }),
  /** One of `Act`; of another version of the program also another. */
  action: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Whose history it is from: names of the acts are those of this direction. */
  direction: z.enum(directions).nullable(),
  /** What it is about; null where it is about none that is here, and of one that is not for whoever asks. */
  document: z.object({ id: z.string(), codeText: z.string(), direction: z.enum(directions) }).nullable(),
  /** Set where it is about a limited document that is not for whoever asks: who did what when, and no more. */
  hidden: z.literal(true).optional(),
});
export type TrailRow = z.infer<typeof trailRowSchema>;

const positionSchema = z.strictObject({ at: instantSchema, seq: rowNumber });
export type TrailPosition = z.infer<typeof positionSchema>;

export const trailFaults = ['row-missing', 'row-changed', 'history-changed', 'history-without-row', 'cut-off'] as const;
export type TrailFault = (typeof trailFaults)[number];

const verdictSchema = z.object({
  at: instantSchema,
  /** Rows that fit, from the first. */
  rows: z.int(),
  /** The first row that does not fit; null when all do. */
  fault: z.object({ seq: rowNumber, what: z.enum(trailFaults) }).nullable(),
});
export type TrailCheck = z.infer<typeof verdictSchema>;

/** The audit trail (nhật ký hệ thống), for the administrator. */
export const audit = {
  /** How far the trail goes and whether it is whole. */
  state: query({
    may,
    reads: ['audit'],
    input: {},
    output: z.object({
      /** Number of the last row. */
      last: z.int(),
      /** The last check; null when there was none. */
      check: verdictSchema.nullable(),
      /** Parts of the check that runs, of about so many; null when none does. */
      running: z.object({ done: z.int(), total: z.int() }).nullable(),
    }),
  }),
  /** Newest first. `upTo` leaves out what was written after a row, so that a list stands still while it is read. */
  list: query({
    may,
    // Limiting or opening a document changes what may be said of it; new rows do not come into what is shown.
    reads: ['incoming', 'outgoing'],
    input: {
      filter: trailFilterSchema.default({}),
      upTo: rowNumber.optional(),
      after: positionSchema.optional(),
      limit: z.int().min(1).max(200).default(100),
    },
    output: z.object({ rows: z.array(trailRowSchema), next: positionSchema.nullable() }),
  }),
  /** Reads the whole trail; a second one who asks meanwhile gets the same answer. */
  verify: command({ may, audit: ['rows', 'fault'], input: {}, output: verdictSchema }),
  /** As a file to save: a workbook to read, JSON to verify elsewhere. */
  export: command({
    may,
    audit: ['format', 'rows', 'filter'],
    input: { format: z.enum(['xlsx', 'json']), filter: trailFilterSchema.default({}), upTo: rowNumber.optional() },
    output: z.object({ file: storedFileSchema, rows: z.int() }),
    errors: ['AUDIT_TOO_LONG'],
  }),
};
