import { z } from 'zod';

const bucket = (burst: number, perSecond: number) =>
  z.strictObject({ burst: z.number().positive(), perSecond: z.number().positive() }).default({ burst, perSecond });
const count = (most: number) => z.int().positive().default(most);

const MEBIBYTE = 1024 * 1024;

/**
 * What one workstation or agency may use, so that the others get their share. An office at work stays far below all of
 * them; one that comes back after a week goes at full speed for the `burst`. A file may set any of them otherwise.
 */
export const limitsSchema = z.strictObject({
  workstationRequests: bucket(4_000, 200),
  agencyRequests: bucket(8_000, 400),
  /** In and out. */
  agencyBytes: bucket(4_096 * MEBIBYTE, 16 * MEBIBYTE),
  /** Deliveries that its messages make. */
  agencyRecipients: bucket(50_000, 200),
  /** A message with more makes a receipt that nobody can use. */
  recipientsPerMessage: count(5_000),
  /** Inbox requests held open at once. */
  pollsPerWorkstation: count(6),
  /** Bodies read at once; more wait, up to `waitingPerWorkstation`. */
  bodiesPerWorkstation: count(6),
  waitingPerWorkstation: count(64),
  /** Messages of one agency in the database at once, of the 12 connections that all share; more wait. */
  acceptingPerAgency: count(3),
  waitingPerAgency: count(256),
  /** Reports (vướng mắc) of one agency on one day in Việt Nam. */
  feedbackPerDay: count(20),
  /** A body of which nothing came for so long is cut off, */
  bodyStallSeconds: z.number().positive().default(30),
  /** and one that brought less than this in a whole `bodyWindowSeconds`. */
  bodyBytesPerSecond: z.number().positive().default(1_024),
  bodyWindowSeconds: z.number().positive().default(60),
});
export type Limits = z.infer<typeof limitsSchema>;

/** Burst and steady rate. */
export type BucketSize = Limits['agencyBytes'];
