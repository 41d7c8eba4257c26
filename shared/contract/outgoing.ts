import { z } from 'zod';
import { deliveryStates } from '../domain/delivery.ts';
import { statementStates } from '../domain/stated.ts';
import { callOutcomes, watchedDeliverySchema } from '../domain/watched-delivery.ts';
import { dueRuleSchema } from '../domain/due-rule.ts';
import { outboxStates } from '../domain/outbox.ts';
import { outgoingBoxes, outgoingStates } from '../domain/outgoing-state.ts';
import { urgencyStampOutlooks } from '../domain/urgency-stamp.ts';
import type { VerificationReport } from '../domain/verification.ts';
import {
  agencyCodeSchema,
  fileIdSchema,
  historyEntrySchema,
  idSchema,
  instantSchema,
  listInput,
  rectangleSchema,
  revisionSchema,
  shortText,
  storedFileSchema,
  target,
  urgencySchema,
} from './common.ts';
import { command, query } from './define.ts';
import { fieldsSchema, listedFieldsShape } from './document-fields.ts';
import {
  keyFileErrors,
  pdfErrors,
  readingErrors,
  recipientErrors,
  storedFileErrors,
  writtenMessageErrors,
} from './error-groups.ts';

/** `TextBlank` and `DateBlank` of a proposal. */
const blankSchema = z.strictObject({
  page: z.int().min(0),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  fontSize: z.number(),
});
const dateBlankSchema = blankSchema.extend({
  month: z.strictObject({ x: z.number(), width: z.number() }).nullable(),
});

/**
 * Where the letter leaves room for what the application puts on it: `signatureAnchor`, `numberBlank` and `dateBlank` of
 * the proposal, as they came.
 */
export const placementSchema = z.strictObject({
  signature: rectangleSchema.nullable(),
  number: blankSchema.nullable(),
  date: dateBlankSchema.nullable(),
  /** Which stamp of urgency the page has, and where there is room for those of each size; null where nobody looked. */
  urgency: z
    .strictObject({ printed: urgencySchema, rooms: z.array(rectangleSchema).max(10) })
    .nullable()
    .default(null),
});
export type Placement = z.infer<typeof placementSchema>;

/** What the clerk checks beside the page. The number is not here: the book gives it. */
export const outgoingFieldsSchema = fieldsSchema('outgoing');

const deliverySchema = z.object({
  agencyCode: z.string(),
  agencyName: z.string(),
  state: z.enum(deliveryStates),
  deliveredAt: instantSchema.nullable(),
  arrivedAt: instantSchema.nullable(),
  openedAt: instantSchema.nullable(),
  acceptedAt: instantSchema.nullable(),
  refusedAt: instantSchema.nullable(),
  completedAt: instantSchema.nullable(),
  reason: z.string().nullable(),
  paperNeeded: z.boolean(),
  paperPostedOn: z.iso.date().nullable(),
  paperItem: z.string(),
  paperReceivedAt: instantSchema.nullable(),
});

export const outgoingRowSchema = z.object({
  ...listedFieldsShape('outgoing'),
  id: idSchema,
  revision: revisionSchema,
  state: z.enum(outgoingStates),
  /** `241/VPUBND-HCTC` once numbered, else the bare notation. */
  codeText: z.string(),
  numbered: z.boolean(),
  changedAt: instantSchema,
  recipients: z.object({
    total: z.int(),
    arrived: z.int(),
    opened: z.int(),
    accepted: z.int(),
    refused: z.int(),
    blocked: z.int(),
  }),
  expressAt: instantSchema.nullable(),
  sentAt: instantSchema.nullable(),
  /** Recipients to which a paper copy is still to be posted; 0 before the letter is sent. */
  paperToPost: z.int(),
  /** How far it has got as the exchange says; null while it says nothing. */
  watch: z
    .object({
      total: z.int(),
      opened: z.int(),
      /** Recipients that somebody must telephone. */
      calls: z.int(),
      /** When the next call is due if nobody opens it. */
      callFrom: instantSchema.nullable(),
      /** Recipients that ask for a longer time and have no answer. */
      extensions: z.int(),
    })
    .nullable(),
});
export type OutgoingRow = z.infer<typeof outgoingRowSchema>;

export const outgoingDetailSchema = outgoingRowSchema.extend({
  fields: outgoingFieldsSchema,
  number: z.int().nullable(),
  year: z.int().nullable(),
  /** The current file: the imported one, then with number, then with each signature. */
  file: storedFileSchema,
  originalFileId: fileIdSchema,
  /** Appendices and whatever else goes with it. */
  attachments: z.array(storedFileSchema),
  placement: placementSchema,
  deliveries: z.array(deliverySchema),
  verification: z.custom<VerificationReport>().nullable(),
  /** Why sending stands still, when it does. */
  sending: z.object({
    state: z.enum(['none', ...outboxStates]),
    attempts: z.int(),
    nextAttemptAt: instantSchema.nullable(),
    errorCode: z.string().nullable(),
  }),
  /** What the exchange says of each recipient that the letter was handed over to. */
  watched: z.array(
    z.object({
      delivery: watchedDeliverySchema,
      agencyName: z.string(),
      /** A call was recorded here since the exchange was last asked, so none is waited for. */
      callRecorded: z.boolean(),
      /** The last question for a longer time was answered here, whether or not the exchange knows it yet. */
      extensionAnswered: z.boolean(),
    }),
  ),
  /** What this office stated of recipients and the exchange has not taken, or refused. */
  statements: z.array(
    z.object({
      recipient: z.string(),
      event: z.string(),
      at: instantSchema,
      state: z.enum(statementStates),
      errorCode: z.string().nullable(),
    }),
  ),
  history: z.array(historyEntrySchema),
});
export type OutgoingDetail = z.infer<typeof outgoingDetailSchema>;

const targetSchema = z.object({ id: idSchema, revision: revisionSchema, state: z.enum(outgoingStates) });
const recipientsSchema = z.array(agencyCodeSchema).max(500);
const keyUse = { certificateId: idSchema, password: z.string().max(200) };
const signErrors = [...keyFileErrors, ...pdfErrors, ...storedFileErrors, 'SIGN_RESULT_INVALID'] as const;

/** An hour that recipients are to keep is gone before the document is issued. */
const issueHourErrors = [
  'EXPRESS_HOUR_GONE',
  'DUE_DATE_GONE',
  'MEETING_GONE',
  'MEETING_START_MISSING',
  'MEETING_ENDS_BEFORE_START',
  'MEETING_TOO_LONG',
] as const;

export const outgoing = {
  list: query({
    reads: ['outgoing'],
    input: { ...listInput, box: z.enum(outgoingBoxes) },
    output: z.object({ rows: z.array(outgoingRowSchema), total: z.int() }),
  }),
  get: query({ reads: ['outgoing', 'directory'], input: { id: idSchema }, output: outgoingDetailSchema }),
  /** Letters that the last of their recipients opened today (Asia/Ho_Chi_Minh), the latest first. */
  openedToday: query({ reads: ['outgoing'], input: {}, output: z.object({ rows: z.array(outgoingRowSchema) }) }),
  /** The rule of the last document of a type, for the next one; null when that one had none. */
  lastDueRule: query({
    reads: ['outgoing'],
    input: { documentType: shortText },
    output: z.object({ rule: dueRuleSchema.nullable() }),
  }),
  /** The number the book would give now; the real one is given by `assignNumber`. */
  nextNumber: query({
    reads: ['books', 'outgoing'],
    input: { id: idSchema },
    output: z.object({
      number: z.int(),
      year: z.int(),
      codeText: z.string(),
      bookName: z.string(),
      /** What becomes of the stamp of urgency when the number is put on the page. */
      urgencyStamp: z.enum(urgencyStampOutlooks),
    }),
  }),
  create: command({
    may: ['records-clerk', 'officer'],
    input: {
      fileId: fileIdSchema,
      fileName: shortText.min(1),
      fields: outgoingFieldsSchema,
      placement: placementSchema,
      recipients: recipientsSchema,
    },
    output: targetSchema,
    errors: [...recipientErrors, ...storedFileErrors, ...pdfErrors, ...readingErrors],
  }),
  update: command({
    may: ['records-clerk', 'officer'],
    input: { ...target, fields: outgoingFieldsSchema, recipients: recipientsSchema },
    output: targetSchema,
    errors: recipientErrors,
  }),
  /** Leaves the draft in place, hidden; `restore` brings it back. */
  discard: command({ may: ['records-clerk', 'officer'], input: target, output: targetSchema }),
  restore: command({ may: ['records-clerk', 'officer'], input: target, output: targetSchema }),
  approve: command({
    may: ['records-clerk', 'officer'],
    input: target,
    output: targetSchema,
    errors: ['NO_RECIPIENTS', ...issueHourErrors],
  }),
  /** Back to draft, while no number has been given. */
  reopen: command({ may: ['records-clerk', 'officer', 'leader'], input: target, output: targetSchema }),
  /** Takes the next number of the book for the year (NĐ 30/2020 Điều 15) and freezes the page with it. */
  assignNumber: command({
    may: ['records-clerk'],
    /** `urgencyStamp`: puts the stamp of urgency on the page where there is room and none yet. */
    input: { ...target, urgencyStamp: z.boolean().default(true) },
    output: targetSchema.extend({ number: z.int(), year: z.int(), codeText: z.string() }),
    errors: [
      'PRINTED_NUMBER_DIFFERS',
      'NUMBER_PLACE_UNKNOWN',
      'DATE_IN_FUTURE',
      ...issueHourErrors,
      ...pdfErrors,
      ...storedFileErrors,
    ],
  }),
  /** Keeps the row and its number in the book as cancelled; the number is never given again. */
  cancel: command({
    may: ['records-clerk'],
    input: { ...target, reason: shortText.min(1) },
    output: targetSchema,
  }),
  sign: command({ may: ['leader'], input: { ...target, ...keyUse }, output: targetSchema, errors: signErrors }),
  /** The records office seals in person, and only what was signed (Điều 32.2). */
  seal: command({ may: ['records-clerk'], input: { ...target, ...keyUse }, output: targetSchema, errors: signErrors }),
  /**
   * Puts an agency in the place of a recipient that the exchange does not know, or drops that recipient (null). The letter
   * goes to the new one alone when others have it.
   */
  replaceRecipient: command({
    may: ['records-clerk'],
    input: { ...target, agencyCode: agencyCodeSchema, replaceBy: agencyCodeSchema.nullable() },
    output: targetSchema,
    errors: ['NO_RECIPIENTS', 'NOT_ENROLLED', ...recipientErrors, ...storedFileErrors, ...writtenMessageErrors],
  }),
  send: command({
    may: ['records-clerk'],
    input: target,
    output: targetSchema,
    errors: ['NOT_ENROLLED', 'NO_RECIPIENTS', ...issueHourErrors, ...storedFileErrors, ...writtenMessageErrors],
  }),
  /** A call that somebody made because nobody at the recipient opened the letter: it stops waiting for one. */
  recordCall: command({
    may: ['records-clerk', 'officer'],
    input: {
      id: idSchema,
      recipient: agencyCodeSchema,
      phone: z.string().trim().max(30),
      spokeTo: shortText,
      outcome: z.enum(callOutcomes),
      note: z.string().trim().max(500),
    },
    output: z.object({ id: idSchema }),
  }),
  /** Has the officers on duty told once more, now; those whose agency has opened it are left out. */
  remind: command({
    may: ['records-clerk', 'officer'],
    input: { id: idSchema, recipients: z.array(agencyCodeSchema).min(1).max(500) },
    output: z.object({ id: idSchema, reminded: z.int() }),
  }),
  /** Grants a recipient that asked a longer time, until then, or does not: then with a reason. */
  answerExtension: command({
    may: ['records-clerk', 'officer'],
    input: {
      id: idSchema,
      recipient: agencyCodeSchema,
      /** Of the question that is answered. */
      question: z.uuid(),
      granted: z.boolean(),
      until: instantSchema,
      reason: z.string().trim().max(500),
    },
    output: z.object({ id: idSchema }),
    errors: ['NOT_ASKED', 'ALREADY_ANSWERED', 'IN_THE_PAST', 'NO_REASON'],
  }),
  /** Another hour of one that is express with fixed hour, for every recipient that has it. */
  changeHour: command({
    may: ['records-clerk'],
    input: { ...target, expressAt: instantSchema },
    output: targetSchema,
    errors: ['NO_HOUR', 'IN_THE_PAST', 'NOT_WATCHED'],
  }),
  /** Paper copies went to these recipients by post or courier, all under one number. Saying it again corrects it. */
  recordPaper: command({
    may: ['records-clerk'],
    input: {
      id: idSchema,
      recipients: z.array(agencyCodeSchema).min(1).max(500),
      day: z.iso.date(),
      item: z.string().trim().max(60),
    },
    output: z.object({ id: idSchema, recorded: z.int() }),
    errors: ['DATE_IN_FUTURE'],
  }),
  /** Tries a blocked or waiting transfer again now. */
  retrySending: command({ may: ['records-clerk'], input: target, output: targetSchema }),
};
