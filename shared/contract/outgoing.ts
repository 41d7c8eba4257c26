import { z } from 'zod';
import { deliveryStates } from '../domain/delivery.ts';
import { recallAnswers } from '../domain/recall.ts';
import { statementStates } from '../domain/stated.ts';
import { callOutcomes, watchedDeliverySchema } from '../domain/watched-delivery.ts';
import { dueRuleSchema } from '../domain/due-rule.ts';
import { outboxStates } from '../domain/outbox.ts';
import { outgoingBoxes, outgoingStates } from '../domain/outgoing-state.ts';
import { urgencyStampOutlooks } from '../domain/urgency-stamp.ts';
import type { VerificationReport } from '../domain/verification.ts';
import { otherRecipientKinds, postingResults, postingWays } from '../domain/other-recipient.ts';
import { MAX_ATTACHMENT_NAME, MAX_ATTACHMENTS } from '../domain/attachment-rules.ts';
import { bookNumberSchema, reservedNumberSchema } from './books.ts';
import {
  agencyCodeSchema,
  daySchema,
  fileIdSchema,
  hiddenSchema,
  historyEntrySchema,
  idSchema,
  instantSchema,
  limitedSchema,
  listInput,
  listOutput,
  rectangleSchema,
  revisionSchema,
  shortText,
  mendedFromSchema,
  storedFileSchema,
  target,
  urgencySchema,
} from './common.ts';
import { command, query } from './define.ts';
import { decisionInputSchema, lookSchema } from './last-look.ts';
import { fieldsSchema, listedFieldsShape } from './document-fields.ts';
import {
  keyErrors,
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

/** Which number a letter takes: the one after the last, one that was kept, or one beside a number (số phụ, `241a`). */
export const numberChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('next') }),
  z.strictObject({ kind: z.literal('reserved'), ...bookNumberSchema.shape }),
  z.strictObject({ kind: z.literal('beside'), number: z.int().min(1) }),
]);
export type NumberChoice = z.infer<typeof numberChoiceSchema>;

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
  paperWay: z.enum(postingWays).nullable(),
  paperCopies: z.int(),
  paperReceivedAt: instantSchema.nullable(),
  recallAnswer: z.enum(recallAnswers).nullable(),
  recallAnsweredAt: instantSchema.nullable(),
  recallReason: z.string(),
});

export const otherTargetSchema = z.strictObject({
  kind: z.enum(otherRecipientKinds),
  // One line of a list and of a printed book.
  name: shortText.min(1).regex(/^[^\r\n]*$/),
});
const otherRecipientSchema = z.object({
  ...otherTargetSchema.shape,
  postedOn: z.iso.date().nullable(),
  item: z.string(),
  copies: z.int(),
  way: z.enum(postingWays).nullable(),
  result: z.enum(postingResults).nullable(),
  resultOn: z.iso.date().nullable(),
  resultNote: z.string(),
});

export const outgoingRowSchema = z.object({
  hidden: hiddenSchema,
  limited: limitedSchema,
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
  /** Recipients that the exchange does not reach: in the office, and outside on paper alone. */
  inside: z.int(),
  onPaper: z.int(),
  /** Why it was cancelled; null while it stands. */
  reason: z.string().nullable(),
  /** A draft that was submitted and sent back. */
  sentBack: z.boolean(),
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
  /** The letter of a số phụ (241a); empty for a number of its own. */
  suffix: z.string(),
  year: z.int().nullable(),
  /** The current file: the imported one, then with number, then with each signature. */
  file: storedFileSchema,
  originalFileId: fileIdSchema,
  /** The file that was imported, when another had to be made of it; null when it was taken as it is. */
  mended: mendedFromSchema.nullable(),
  /** Appendices and whatever else goes with it; PDFs as they are now, that is with the agency's signature once it is sealed. */
  attachments: z.array(
    storedFileSchema.extend({
      mended: mendedFromSchema.nullable(),
      /** Why the agency cannot sign it, the code of the refusal; null when it can, and of other kinds than PDF. */
      obstacle: z.string().nullable(),
      /** The agency's signature was put on it with the seal. */
      signed: z.boolean(),
    }),
  ),
  /** Files that were the letter's while it was a draft, the oldest first. */
  replacedFiles: z.array(storedFileSchema.extend({ replacedAt: instantSchema, mended: mendedFromSchema.nullable() })),
  /** Why the draft was sent back, and by whom. */
  returned: z.object({ reason: z.string(), by: z.string() }).nullable(),
  /** The cancelled letter that this one was made of anew, and those that were made of this one. */
  madeFrom: z.object({ id: idSchema, codeText: z.string(), reason: z.string() }).nullable(),
  madeInto: z.array(z.object({ id: idSchema, codeText: z.string() })),
  placement: placementSchema,
  otherRecipients: z.array(otherRecipientSchema),
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
const attachmentSchema = z.strictObject({
  fileId: fileIdSchema,
  /** As the receiver sees it, with its ending. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(MAX_ATTACHMENT_NAME)
    // What no file system of a receiver takes.
    .regex(/^[^\p{Cc}\\/:*?"<>|]*$/u),
  pageCount: z.int().min(1).nullable(),
});
/** In the order in which they go with the letter. */
const attachmentsSchema = z.array(attachmentSchema).max(MAX_ATTACHMENTS);
const otherRecipientsSchema = z.array(otherTargetSchema).max(200);
const attachmentErrors = [
  'ATTACHMENT_NAME_TAKEN',
  'ATTACHMENT_KIND',
  'ATTACHMENTS_TOO_LARGE',
  ...storedFileErrors,
] as const;
const keyUse = { certificateId: idSchema, password: z.string().max(200) };
const signErrors = [
  ...keyErrors,
  ...pdfErrors,
  ...storedFileErrors,
  ...readingErrors,
  'SIGN_RESULT_INVALID',
  'DIFFERENCE_UNDECIDED',
] as const;
/** What a letter is compared with besides itself: the number that it would take, the keys that it would be signed with. */
const lookedWith = {
  take: numberChoiceSchema.default({ kind: 'next' }),
  personCertificateId: idSchema.nullable().default(null),
  sealCertificateId: idSchema.nullable().default(null),
};

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
    output: listOutput(outgoingRowSchema),
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
  /** Notations that the office's templates make for a letter, and the one of the unit that drafted it, where that is known. */
  notations: query({
    reads: ['books', 'people'],
    input: { documentType: shortText, recipientLines: z.array(z.string().max(2000)).max(200) },
    output: z.object({
      proposed: z.string().nullable(),
      choices: z.array(z.object({ notation: z.string(), units: z.array(z.string()) })),
    }),
  }),
  /** The number the book would give now; the real one is given by `assignNumber`. */
  nextNumber: query({
    reads: ['books', 'outgoing'],
    input: { id: idSchema },
    output: z.object({
      number: z.int(),
      year: z.int(),
      codeText: z.string(),
      bookId: z.string(),
      bookName: z.string(),
      /** The day that will stand on the page, yyyy-MM-dd. */
      date: daySchema,
      /** The documents that got the numbers before, the newest first. */
      before: z.array(z.object({ codeText: z.string(), date: daySchema.nullable() })),
      /** Numbers kept for documents to come, of the same book and year. */
      reserved: z.array(reservedNumberSchema),
      /** The letter says that another agency of the directory issues it. */
      otherAgency: z.boolean(),
      /** What becomes of the stamp of urgency when the number is put on the page. */
      urgencyStamp: z.enum(urgencyStampOutlooks),
    }),
  }),
  /** The letter that a document would get beside a number (số phụ); null when no document has the number, or all letters are taken. */
  nextSuffix: query({
    reads: ['books'],
    input: { id: idSchema, number: z.int().min(1) },
    output: z.object({ suffix: z.string().nullable() }),
  }),
  create: command({
    may: ['records-clerk', 'officer'],
    input: {
      /** As it was picked: what is mended in it is mended again. */
      fileId: fileIdSchema,
      fileName: shortText.min(1),
      fields: outgoingFieldsSchema,
      placement: placementSchema,
      recipients: recipientsSchema,
      otherRecipients: otherRecipientsSchema.default([]),
      attachments: attachmentsSchema.default([]),
    },
    output: targetSchema,
    errors: [...recipientErrors, ...attachmentErrors, ...pdfErrors, ...readingErrors],
  }),
  /** What is left out stays as it is. */
  update: command({
    may: ['records-clerk', 'officer'],
    input: {
      ...target,
      fields: outgoingFieldsSchema,
      recipients: recipientsSchema,
      otherRecipients: otherRecipientsSchema.optional(),
      attachments: attachmentsSchema.optional(),
      /** Takes the place of the letter's file, which the history goes on naming. */
      file: z.strictObject({ fileId: fileIdSchema, fileName: shortText.min(1), placement: placementSchema }).optional(),
    },
    output: targetSchema,
    errors: [...recipientErrors, ...attachmentErrors, ...pdfErrors, ...readingErrors, 'NUMBER_OF_OTHER_BOOK'],
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
  /**
   * Back to whoever drafted it, with a reason, before anybody has signed. A number that it has stays its own, and goes onto
   * the page anew once the letter is submitted again.
   */
  sendBack: command({
    may: ['records-clerk', 'leader'],
    input: { ...target, reason: z.string().trim().min(1).max(500) },
    output: targetSchema,
    errors: storedFileErrors,
  }),
  /** Makes a new draft of a cancelled letter: fields, file, attachments and recipients, without number and signatures. */
  draftAgain: command({
    may: ['records-clerk', 'officer'],
    input: target,
    output: targetSchema,
    errors: [...storedFileErrors, ...pdfErrors, ...readingErrors],
  }),
  /** What differs between page, form, certificates, book, office and recipients, of a letter that takes this number. */
  look: query({
    reads: ['outgoing', 'books', 'directory', 'certificates', 'office'],
    input: { id: idSchema, ...lookedWith },
    output: lookSchema,
    errors: [...pdfErrors, ...storedFileErrors, ...readingErrors],
  }),
  /** Decides about differences. What is decided goes into the history; what the page says may go into the form. */
  decide: command({
    may: ['records-clerk', 'officer', 'leader'],
    input: { ...target, ...lookedWith, decisions: z.array(decisionInputSchema).min(1).max(100) },
    output: targetSchema,
    errors: [
      'DIFFERENCE_GONE',
      'DECISION_NEEDS_REASON',
      'NO_RECIPIENTS',
      ...recipientErrors,
      ...pdfErrors,
      ...storedFileErrors,
      ...readingErrors,
    ],
  }),
  /** Takes a number of the book for the year (NĐ 30/2020 Điều 15) and freezes the page with it. */
  assignNumber: command({
    may: ['records-clerk'],
    input: {
      ...target,
      /** Puts the stamp of urgency on the page where there is room and none yet. */
      urgencyStamp: z.boolean().default(true),
      take: numberChoiceSchema.default({ kind: 'next' }),
    },
    output: targetSchema.extend({ number: z.int(), suffix: z.string(), year: z.int(), codeText: z.string() }),
    errors: [
      'NUMBER_NOT_RESERVED',
      'NUMBER_NOT_GIVEN',
      'SUFFIXES_USED_UP',
      'BOOK_YEAR_CLOSED',
      'NUMBERS_UNSURE',
      'DATE_BEFORE_LAST',
      'PRINTED_NUMBER_DIFFERS',
      'NUMBER_PLACE_UNKNOWN',
      'DATE_IN_FUTURE',
      'NUMBER_OF_OTHER_YEAR',
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
   * goes to the new one alone when others have it. One that sent it back gets it once more, or another does, with what was
   * corrected.
   */
  replaceRecipient: command({
    may: ['records-clerk'],
    input: {
      ...target,
      agencyCode: agencyCodeSchema,
      replaceBy: agencyCodeSchema.nullable(),
      correction: z.string().trim().max(500).default(''),
    },
    output: targetSchema,
    errors: [
      'NO_RECIPIENTS',
      'NOT_ENROLLED',
      'REASON_NEEDED',
      ...recipientErrors,
      ...storedFileErrors,
      ...writtenMessageErrors,
    ],
  }),
  /** Asks everybody who has the letter to give it up; it stays in the book, which says so. */
  recall: command({
    may: ['records-clerk'],
    input: { ...target, reason: z.string().trim().min(1).max(500) },
    output: targetSchema,
    errors: ['NOT_ENROLLED', ...storedFileErrors, ...writtenMessageErrors],
  }),
  send: command({
    may: ['records-clerk'],
    input: target,
    output: targetSchema,
    errors: [
      'NOT_ENROLLED',
      'NO_RECIPIENTS',
      'DIFFERENCE_UNDECIDED',
      ...issueHourErrors,
      ...pdfErrors,
      ...readingErrors,
      ...storedFileErrors,
      ...writtenMessageErrors,
    ],
  }),
  /**
   * Issues a letter that nobody gets over the exchange: inside the office, or on paper alone. Nothing is queued. One that is
   * not sealed here was signed and sealed by hand, which somebody has to say.
   */
  issue: command({
    may: ['records-clerk'],
    input: { ...target, byHand: z.boolean().default(false) },
    output: targetSchema,
    errors: [
      'NO_RECIPIENTS',
      'GOES_OVER_EXCHANGE',
      'DIFFERENCE_UNDECIDED',
      ...issueHourErrors,
      ...pdfErrors,
      ...readingErrors,
      ...storedFileErrors,
    ],
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
  /**
   * Another hour of one that is express with fixed hour, for every recipient, also one that does not have it yet. When the
   * exchange takes it for none, the hour in force comes back.
   */
  changeHour: command({
    may: ['records-clerk'],
    input: { ...target, expressAt: instantSchema },
    output: targetSchema,
    errors: ['NO_HOUR', 'IN_THE_PAST'],
  }),
  /** Paper copies went to these recipients by post or courier, all under one number. Saying it again corrects it. */
  recordPaper: command({
    may: ['records-clerk'],
    input: {
      id: idSchema,
      recipients: z.array(agencyCodeSchema).max(500),
      /** Names of those that get paper alone. */
      others: z.array(shortText).max(200).default([]),
      day: z.iso.date(),
      item: z.string().trim().max(60),
      /** Null where nobody says it. */
      way: z.enum(postingWays).nullable().default(null),
      /** In each envelope. */
      copies: z.int().min(1).max(999).default(1),
    },
    output: z.object({ id: idSchema, recorded: z.int() }),
    errors: ['DATE_IN_FUTURE'],
  }),
  /**
   * What became of the paper of those that get paper alone: signed for, or back. Posting it again begins anew; saying it
   * again corrects it.
   */
  recordPaperResult: command({
    may: ['records-clerk'],
    input: {
      id: idSchema,
      others: z.array(shortText).min(1).max(200),
      result: z.enum(postingResults),
      day: z.iso.date(),
      note: z.string().trim().max(200),
    },
    output: z.object({ id: idSchema, recorded: z.int() }),
    errors: ['DATE_IN_FUTURE', 'BEFORE_POSTING'],
  }),
  /** Tries a blocked or waiting transfer again now. */
  retrySending: command({ may: ['records-clerk'], input: target, output: targetSchema }),
};
