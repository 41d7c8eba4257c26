import { z } from 'zod';
import { daySchema, hiddenSchema, idSchema, instantSchema } from './common.ts';
import { query } from './define.ts';

/** What one unit or person of the office leads. */
const holderSchema = z.object({
  kind: z.enum(['unit', 'person']),
  id: idSchema,
  name: z.string(),
  express: z.int(),
  dueToday: z.int(),
  overdue: z.int(),
  open: z.int(),
});
export type BoardHolder = z.infer<typeof holderSchema>;

/** A document on the board, with whoever leads it. */
const lineSchema = z.object({
  id: idSchema,
  codeText: z.string(),
  abstract: z.string(),
  arrivalNumber: z.int().nullable(),
  at: instantSchema.nullable(),
  lead: z.string(),
  hidden: hiddenSchema,
});
export type BoardLine = z.infer<typeof lineSchema>;

const weekSchema = z.object({
  received: z.int(),
  assigned: z.int(),
  finished: z.int(),
  /** Of those finished, with a deadline. */
  inTime: z.int(),
  late: z.int(),
});

/** "Hôm nay": what the office has to do, and how its last week went. */
export const board = {
  today: query({
    reads: ['incoming', 'outgoing', 'line', 'people'],
    input: {},
    output: z.object({
      /** Letters that wait for the signature of whoever asks; of everybody's, where she signs none. */
      signatures: z.int(),
      opinions: z.int(),
      express: z.int(),
      dueToday: z.int(),
      overdue: z.int(),
      /** Of which the paper is still expected. */
      waitingForPaper: z.int(),
      /** Letters that the exchange refused or that have not arrived for too long. */
      stuck: z.int(),
      units: z.array(holderSchema),
      people: z.array(holderSchema),
      expressLines: z.array(lineSchema),
      overdueLines: z.array(lineSchema),
      opinionLines: z.array(lineSchema),
      signatureLines: z.array(lineSchema),
    }),
  }),
  /** The handling of the week that begins on `monday`, beside the week before. */
  week: query({
    reads: ['incoming'],
    input: { monday: daySchema },
    output: z.object({ week: weekSchema, before: weekSchema }),
  }),
};
