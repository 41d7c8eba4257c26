import { z } from 'zod';
import type { Role } from '../domain/roles.ts';
import { idSchema, instantSchema } from './common.ts';
import { command, query } from './define.ts';

const readerSchema = z.strictObject({ kind: z.enum(['unit', 'person']), id: idSchema });
export type LimitedReader = z.infer<typeof readerSchema>;

/** What the audit trail calls it when somebody has seen a limited document. */
export const SEEN = 'document.seen';

/** Who keeps the book, and who decides. */
export const mayLimit: readonly Role[] = ['records-clerk', 'leader'];

/**
 * Documents that the office shows to some people alone (phạm vi hẹp). State secrets are no such documents: they do not belong here
 * at all. Whoever keeps the books sees them, whoever is named, and whoever handles them; others see that the number is taken.
 */
export const access = {
  /** Who may see a document, and of one that is limited who has seen it: that is told to those who may limit it. */
  of: query({
    reads: ['incoming', 'outgoing', 'people'],
    input: { id: idSchema },
    output: z.object({
      /** Null for a document that everybody may see. */
      limited: z
        .object({
          at: instantSchema,
          byName: z.string(),
          readers: z.array(readerSchema.extend({ name: z.string() })),
          /** The latest first. */
          seen: z.array(z.object({ personId: z.string(), name: z.string(), at: instantSchema })),
        })
        .nullable(),
    }),
  }),
  /** Limits a document to these readers, in the place of those named before. A leader who does it is one of them. */
  limit: command({
    may: mayLimit,
    audit: ['id', 'readers'],
    input: { id: idSchema, readers: z.array(readerSchema).max(100) },
    output: z.object({ id: idSchema }),
    errors: ['NOBODY_SUCH'],
  }),
  /** Everybody may see it again. */
  open: command({ may: mayLimit, audit: ['id'], input: { id: idSchema }, output: z.object({ id: idSchema }) }),
};
