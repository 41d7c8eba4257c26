import { z } from 'zod';
import { directions } from '../domain/direction.ts';
import { relationKinds, relationSources } from '../domain/relation.ts';
import { daySchema, hiddenSchema, idSchema, shortText } from './common.ts';
import { command, query } from './define.ts';

const relatedDocumentSchema = z.object({
  id: idSchema,
  direction: z.enum(directions),
  codeText: z.string(),
  date: daySchema.nullable(),
  agencyName: z.string(),
  abstract: z.string(),
  state: z.string(),
  hidden: hiddenSchema,
});

const relationSchema = z.object({
  id: idSchema,
  kind: z.enum(relationKinds),
  /** The other one answers, replaces, … this one. */
  passive: z.boolean(),
  source: z.enum(relationSources),
  /** As the text or the clerk names the other one. */
  codeText: z.string(),
  date: daySchema.nullable(),
  agencyName: z.string(),
  /** The other one where it is in the register; null while it is not. */
  other: relatedDocumentSchema.nullable(),
});
export type Relation = z.infer<typeof relationSchema>;

/** How documents of both directions stand to each other: trả lời, thay thế, đính chính, thu hồi, dẫn chiếu. */
export const relations = {
  /** Of one document, from its side: what it says of others, and what others say of it. */
  of: query({
    reads: ['incoming', 'outgoing'],
    input: { id: idSchema },
    output: z.object({ relations: z.array(relationSchema) }),
  }),
  /** One more, with a document of the register or one that is known by its number alone. */
  add: command({
    may: ['records-clerk', 'officer'],
    input: {
      id: idSchema,
      kind: z.enum(relationKinds),
      passive: z.boolean(),
      other: z.discriminatedUnion('by', [
        z.strictObject({ by: z.literal('document'), id: idSchema }),
        z.strictObject({ by: z.literal('number'), codeText: shortText.min(1), date: daySchema.nullable() }),
      ]),
    },
    output: z.object({ id: idSchema }),
    errors: ['RELATED_TO_ITSELF'],
  }),
  /** Takes one out, on both documents. */
  remove: command({
    may: ['records-clerk', 'officer'],
    input: { id: idSchema, relationId: idSchema },
    output: z.object({ id: idSchema }),
  }),
};
