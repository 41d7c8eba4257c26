import { z } from 'zod';
import { feedbackKinds, feedbackSelections, feedbackStates, MAX_FEEDBACK_TEXT } from '../domain/feedback.ts';
import { idSchema, instantSchema } from './common.ts';
import { command, query } from './define.ts';

const kindSchema = z.enum(feedbackKinds);
const textSchema = z.string().max(MAX_FEEDBACK_TEXT);
const errors = ['NOT_SUPERVISING', 'EXCHANGE_UNREACHABLE', 'EXCHANGE_GARBAGE', 'EXCHANGE_REFUSED'] as const;

const answerSchema = z.object({
  id: idSchema,
  /** Who answers; null for the exchange's administrator. */
  agencyName: z.string().nullable(),
  person: z.string(),
  text: z.string(),
  at: instantSchema,
  isNew: z.boolean(),
});
export type FeedbackAnswer = z.infer<typeof answerSchema>;

const reportSchema = z.object({
  id: idSchema,
  kind: kindSchema,
  text: z.string(),
  person: z.string(),
  createdAt: instantSchema,
  state: z.enum(feedbackStates),
  /** Why it was refused; null unless it was. */
  errorCode: z.string().nullable(),
  hasBundle: z.boolean(),
  /** The oldest first. */
  answers: z.array(answerSchema),
});
export type FeedbackReport = z.infer<typeof reportSchema>;

const overseenSchema = z.object({
  id: idSchema,
  agencyCode: z.string(),
  agencyName: z.string(),
  workstation: z.string(),
  kind: kindSchema,
  text: z.string(),
  person: z.string(),
  receivedAt: instantSchema,
  appVersion: z.string(),
  hasBundle: z.boolean(),
  answers: z.array(answerSchema.omit({ isNew: true }).extend({ readAt: instantSchema.nullable() })),
});
export type OverseenFeedback = z.infer<typeof overseenSchema>;

/** Vướng mắc: what a clerk reports to the office that supervises hers, and the answers. */
export const feedback = {
  /** What would be sent with a report, exactly as it would be; made anew each time. */
  bundle: query({ reads: [], input: {}, output: z.object({ bundleId: idSchema, text: z.string() }) }),
  /**
   * Queues a report; it goes as soon as there is a line. With `bundleId` go the technical details that were shown under it:
   * BUNDLE_GONE when they are no longer there and must be looked at again.
   */
  send: command({
    may: 'everybody',
    input: { kind: kindSchema, text: textSchema, bundleId: idSchema.nullable() },
    output: z.object({ id: idSchema }),
    errors: ['FEEDBACK_EMPTY', 'BUNDLE_GONE'],
  }),
  /** Queues one that was refused once more. */
  sendAgain: command({ may: 'everybody', input: { id: idSchema }, output: z.object({}) }),
  /** The newest first. */
  list: query({
    reads: ['feedback', 'directory'],
    input: {},
    output: z.object({ reports: z.array(reportSchema) }),
  }),
  /** Answers that nobody here has read. */
  unread: query({ reads: ['feedback'], input: {}, output: z.object({ answers: z.int() }) }),
  /** Somebody reads the answers to a report. */
  markRead: command({ may: 'everybody', input: { id: idSchema }, output: z.object({}) }),
  /** What went with a report. */
  sentBundle: query({ reads: ['feedback'], input: { id: idSchema }, output: z.object({ text: z.string() }) }),
  /** Reports of the agencies that this office supervises, from the exchange; nothing of it is kept here. */
  overseen: query({
    reads: ['directory'],
    input: {
      which: z.enum(feedbackSelections),
      after: z.object({ before: instantSchema, beforeId: idSchema }).nullable().default(null),
    },
    output: z.object({
      reports: z.array(overseenSchema),
      next: z.object({ before: instantSchema, beforeId: idSchema }).nullable(),
      open: z.int(),
    }),
    errors: [...errors, 'FEEDBACK_UNSUPPORTED'],
  }),
  overseenBundle: query({ reads: [], input: { id: idSchema }, output: z.object({ text: z.string() }), errors }),
  answer: command({
    may: 'everybody',
    input: { id: idSchema, text: textSchema },
    output: z.object({ at: instantSchema }),
    errors: [...errors, 'FEEDBACK_EMPTY', 'FEEDBACK_LIMIT'],
  }),
};
