/** Vướng mắc: what offices report to those who supervise them, and the answers. */
import { z } from 'zod';
import { feedbackKinds, feedbackSelections, feedbackTextSchema } from '../domain/feedback.ts';
import { agencyCodeSchema, instantSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

export const MAX_FEEDBACK = 50;
/** Room for the largest text and bundle, with what JSON writes around them. */
const REPORT_BODY_BYTES = 256 * 1024;
const ANSWER_BODY_BYTES = 64 * 1024;

const idSchema = z.uuid();
const personSchema = z.string().trim().max(200);

const answerSchema = z.object({
  id: idSchema,
  /** The agency that answers; null for the exchange's administrator. */
  agency: z.string().nullable(),
  person: z.string(),
  text: z.string(),
  at: instantSchema,
  /** When somebody of the agency that asked had read it, as that agency says; null while nobody has. */
  readAt: instantSchema.nullable(),
});

const reportSchema = z.object({
  id: idSchema,
  /** A newer server may know kinds that this client does not. */
  kind: z.string(),
  text: z.string(),
  person: z.string(),
  /** By the clock of the office that wrote it. */
  writtenAt: instantSchema,
  receivedAt: instantSchema,
  appVersion: z.string(),
  /** Size of the diagnostic bundle in bytes; null without one. */
  bundleBytes: z.int().nullable(),
  /** The oldest first. */
  answers: z.array(answerSchema),
});
export type FeedbackReport = z.infer<typeof reportSchema>;

const overseenReportSchema = reportSchema.extend({ agency: z.string(), workstation: z.string() });
export type OverseenFeedback = z.infer<typeof overseenReportSchema>;

const page = {
  /** The last one of the page before, by `lastAt` below: both together. */
  before: instantSchema.optional(),
  beforeId: idSchema.optional(),
  limit: z.coerce.number<number>().int().min(1).max(MAX_FEEDBACK).default(MAX_FEEDBACK),
};
/** Where the next page begins; null when there is none. */
const next = z.object({ before: instantSchema, beforeId: idSchema }).nullable();

/**
 * One report of the caller's agency, under an id that the office made: the same again changes nothing. Refused with
 * FEEDBACK_CONFLICT (the id is another report's), FEEDBACK_LIMIT (of the day), FEEDBACK_TOO_LARGE (the bundle).
 */
export const sendFeedback = defineRoute({
  method: 'PUT',
  path: '/v1/feedback/:id',
  signed: true,
  params: z.object({ id: idSchema }),
  body: json(
    z.strictObject({
      kind: z.enum(feedbackKinds),
      text: feedbackTextSchema,
      person: personSchema,
      writtenAt: instantSchema,
      appVersion: z.string().trim().min(1).max(50),
      /** JSON of an object, as the clerk saw it; null when she did not agree. */
      bundle: z.string().nullable(),
    }),
    REPORT_BODY_BYTES,
  ),
  answer: json(z.object({ receivedAt: instantSchema })),
});

/** The reports of the caller's agency with their answers: first what was sent or answered last. */
export const listFeedback = defineRoute({
  method: 'GET',
  path: '/v1/feedback',
  signed: true,
  query: z.object(page),
  answer: json(z.object({ reports: z.array(reportSchema), next })),
});

/** Says of answers to the caller's agency that somebody there has read them; others are left as they are. */
export const markAnswersRead = defineRoute({
  method: 'POST',
  path: '/v1/feedback/read-answers',
  signed: true,
  body: json(z.object({ answers: z.array(idSchema).min(1).max(200) })),
  answer: json(z.object({})),
});

/** Reports of the agencies that the caller's supervises, but its own, in the same order. Refused with NOT_SUPERVISING. */
export const listOverseenFeedback = defineRoute({
  method: 'GET',
  path: '/v1/oversight/feedback',
  signed: true,
  query: z.object({ ...page, which: z.enum(feedbackSelections), agency: agencyCodeSchema.optional() }),
  answer: json(
    z.object({
      reports: z.array(overseenReportSchema),
      next,
      /** All of them that have no answer. */
      open: z.int(),
    }),
  ),
});

/** The diagnostic bundle of one of them. Refused with NOT_SUPERVISING, NOT_FOUND. */
export const readOverseenBundle = defineRoute({
  method: 'GET',
  path: '/v1/oversight/feedback/:id/bundle',
  signed: true,
  params: z.object({ id: idSchema }),
  answer: json(z.object({ bundle: z.string() })),
});

/**
 * An answer to one of them, under an id that the office made: the same again changes nothing. Refused with NOT_SUPERVISING,
 * NOT_FOUND, FEEDBACK_CONFLICT, FEEDBACK_LIMIT (answers of one report).
 */
export const answerFeedback = defineRoute({
  method: 'PUT',
  path: '/v1/oversight/feedback/:id/answers/:answerId',
  signed: true,
  params: z.object({ id: idSchema, answerId: idSchema }),
  body: json(z.strictObject({ text: feedbackTextSchema, person: personSchema }), ANSWER_BODY_BYTES),
  answer: json(z.object({ at: instantSchema })),
});
