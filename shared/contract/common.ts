import { z } from 'zod';
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
/** Agency identifier of QĐ 20/2020 or QCVN 102:2016: an opaque code, compared exactly. */
export const agencyCodeSchema = z.string().trim().min(1).max(50);
export const urgencySchema = z.enum(urgencies);
export const revisionSchema = z.int().min(1);

const line = (max: number) => z.string().trim().max(max);

export const shortText = line(200);
/** Abstract (trích yếu): the decree's data field holds 500; real ones run longer. */
export const longText = line(2000);

export const storedFileSchema = z.object({
  fileId: fileIdSchema,
  name: z.string(),
  size: z.int(),
  pageCount: z.int().nullable(),
});
export type StoredFile = z.infer<typeof storedFileSchema>;

export const listInput = {
  text: z.string().max(200).optional(),
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(1).max(200).default(100),
};

export const historyEntrySchema = z.object({
  at: instantSchema,
  /** Who did it: a workstation user, or the agency a status came from. */
  actor: z.string(),
  action: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
