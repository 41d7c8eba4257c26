import { arrivalSources } from '../domain/arrival-source.ts';
import { z } from 'zod';
import { AGENCY_CODE_PATTERN, MAX_AGENCY_CODE } from '../domain/agency-code.ts';
import { actorKinds, type HistoryAction } from '../domain/history.ts';
import { mends } from '../domain/mend.ts';
import { listSorts } from '../domain/list-request.ts';
import { urgencies } from '../domain/urgency.ts';

export const idSchema = z.uuid();
/** SHA-256 of a stored file, lower-case hex: the only name a file has outside the file store. */
export const fileIdSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** An opaque, short-lived name that main gives to a file the user picked or dropped. */
export const fileTokenSchema = z.string().regex(/^[0-9a-f-]{36}$/);
/** RFC 3339 instant, UTC. */
export const instantSchema = z.iso.datetime();
/** Calendar day, yyyy-MM-dd, of Asia/Ho_Chi_Minh. */
export const daySchema = z.iso.date();
export const agencyCodeSchema = z.string().trim().min(1).max(MAX_AGENCY_CODE).regex(AGENCY_CODE_PATTERN);
export const urgencySchema = z.enum(urgencies);
export const revisionSchema = z.int().min(1);

export const shortText = z.string().trim().max(200);

export const storedFileSchema = z.object({
  fileId: fileIdSchema,
  name: z.string(),
  size: z.int(),
  pageCount: z.int().nullable(),
});
export type StoredFile = z.infer<typeof storedFileSchema>;

/** A file as it was imported, of which another was written that can be signed, and what was mended in that. */
export const mendedFromSchema = z.object({ fileId: fileIdSchema, size: z.int(), mends: z.array(z.enum(mends)) });
export type MendedFrom = z.infer<typeof mendedFromSchema>;

/** `PageRectangle`. */
export const rectangleSchema = z.strictObject({
  page: z.int().min(0),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

/** `ListFilter`. */
export const listFilterSchema = z.strictObject({
  documentType: z.string().max(200).optional(),
  urgency: urgencySchema.optional(),
  state: z.string().max(40).optional(),
  source: z.enum(arrivalSources).optional(),
  agency: z.string().max(500).optional(),
  signer: z.string().max(200).optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
});

/** `ListPosition`. */
export const listPositionSchema = z.strictObject({
  part: z.int().min(0).max(1),
  key: z.string().max(5000),
  at: instantSchema,
  seq: z.int(),
});

export const listSortSchema = z.strictObject({ by: z.enum(listSorts), descending: z.boolean() });

export const listInput = {
  text: z.string().max(200).optional(),
  filter: listFilterSchema.optional(),
  /** Without it the list is in its box's own order. */
  sort: listSortSchema.optional(),
  /** The row that the page comes after, as the page before it said. */
  after: listPositionSchema.optional(),
  limit: z.int().min(1).max(200).default(100),
};

/** Set on a document that is limited, and not to whoever asks: its words are empty. */
export const hiddenSchema = z.literal(true).optional();
/** Whether the office shows the document to some people alone (phạm vi hẹp). */
export const limitedSchema = z.boolean();

/** A page of a list: `total` of all rows where that is known without counting them, `next` null on the last page. */
export function listOutput<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), total: z.int().nullable(), next: listPositionSchema.nullable() });
}

/** The document that a command is about, as the screen knows it. */
export const target = { id: idSchema, revision: revisionSchema };

const actionSchema = z.custom<HistoryAction>((value) => typeof value === 'string');

/** `HistoryEntry`. */
export const historyEntrySchema = z.object({
  at: instantSchema,
  actor: z.object({
    kind: z.enum(actorKinds),
    id: z.string(),
    name: z.string(),
    onBehalfOf: z.object({ id: z.string(), name: z.string() }).optional(),
  }),
  action: actionSchema,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
