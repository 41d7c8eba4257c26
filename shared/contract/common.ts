import { z } from 'zod';
import { AGENCY_CODE_PATTERN, MAX_AGENCY_CODE } from '../domain/agency-code.ts';
import { actorKinds, type HistoryAction } from '../domain/history.ts';
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

/** `PageRectangle`. */
export const rectangleSchema = z.strictObject({
  page: z.int().min(0),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

export const listInput = {
  text: z.string().max(200).optional(),
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(200).default(100),
};

/** The document that a command is about, as the screen knows it. */
export const target = { id: idSchema, revision: revisionSchema };

const actionSchema = z.custom<HistoryAction>((value) => typeof value === 'string');

/** `HistoryEntry`. */
export const historyEntrySchema = z.object({
  at: instantSchema,
  actor: z.object({ kind: z.enum(actorKinds), id: z.string(), name: z.string() }),
  action: actionSchema,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
