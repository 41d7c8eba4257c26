import { z } from 'zod';
import { invitationAnswers } from '../domain/meeting.ts';
import { paperStates } from '../domain/document-fields.ts';
import { mailFormats } from '../domain/mail-format.ts';
import { arrivalSources } from '../domain/arrival-source.ts';
import { incomingBoxes, incomingStates } from '../domain/incoming-state.ts';
import { recallAnswers, recallMarks } from '../domain/recall.ts';
import { isReceptionWarning, type ReceptionWarning } from '../domain/reception-warnings.ts';
import { extensionStates } from '../domain/extension.ts';
import { statementStates } from '../domain/stated.ts';
import { watchedDeliverySchema } from '../domain/watched-delivery.ts';
import type { VerificationReport } from '../domain/verification.ts';
import {
  agencyCodeSchema,
  daySchema,
  fileTokenSchema,
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
  storedFileSchema,
  target,
  urgencySchema,
} from './common.ts';
import { command, query } from './define.ts';
import { fieldsSchema, listedFieldsShape } from './document-fields.ts';
import { pdfErrors, pickedFileErrors, readingErrors, storedFileErrors, writtenMessageErrors } from './error-groups.ts';
import { handlingSchema, outcomeSchema, remarkSchema, shownOutcomeSchema } from './handling.ts';

/** What this office answers to an invitation: who sends nobody says why, who sends another says whom. */
export const invitationReplySchema = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('yes') }),
  z.strictObject({ answer: z.literal('no'), reason: z.string().trim().min(1).max(500) }),
  z.strictObject({
    answer: z.literal('substitute'),
    attendee: shortText.min(1),
    title: shortText,
    phone: z.string().trim().max(30),
  }),
]);
export type InvitationReply = z.infer<typeof invitationReplySchema>;

/** What this office says to a sender that wants a document back: who keeps it says why. */
export const recallReplySchema = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('agreed'), reason: z.string().trim().max(500) }),
  z.strictObject({ answer: z.literal('refused'), reason: z.string().trim().min(1).max(500) }),
]);
export type RecallReply = z.infer<typeof recallReplySchema>;

/** The columns of the incoming book (sổ đăng ký văn bản đến, NĐ 30/2020 Phụ lục IV) that the clerk fills. */
export const incomingFieldsSchema = fieldsSchema('incoming');

/** Where a value of the form came from; `check` was read but may be wrong. */
const fieldSources = ['header', 'page', 'check', 'none'] as const;

/** What was read of the page and of the message's header, by field of the form. */
export const readingSchema = z.strictObject({
  /** Where each field came from, for the hint beside it. */
  sources: z.record(z.string(), z.enum(fieldSources)),
  /** Region of the page for each field read from it. */
  regions: z.record(z.string(), rectangleSchema),
});
export type Reading = z.infer<typeof readingSchema>;

export const incomingRowSchema = z.object({
  source: z.enum(arrivalSources),
  hidden: hiddenSchema,
  limited: limitedSchema,
  ...listedFieldsShape('incoming'),
  id: idSchema,
  revision: revisionSchema,
  state: z.enum(incomingStates),
  arrivalNumber: z.int().nullable(),
  expressAt: instantSchema.nullable(),
  arrivedAt: instantSchema,
  opened: z.boolean(),
  verdict: z.string().nullable(),
  recall: z.enum(recallMarks).nullable(),
});
export type IncomingRow = z.infer<typeof incomingRowSchema>;

/** The message that brought a document; one that came on paper has none. */
export const receivedMessageSchema = z.object({
  messageId: idSchema,
  senderCode: z.string(),
  senderName: z.string(),
  /** As the sender names it (edXML DocumentId). */
  documentId: z.string(),
  edxmlFileId: fileIdSchema,
});
export type ReceivedMessage = z.infer<typeof receivedMessageSchema>;

export const incomingDetailSchema = incomingRowSchema.omit({ recall: true }).extend({
  fields: incomingFieldsSchema,
  fieldSources: readingSchema.shape.sources,
  regions: readingSchema.shape.regions,
  year: z.int().nullable(),
  registeredAt: instantSchema.nullable(),
  received: receivedMessageSchema.nullable(),
  file: storedFileSchema.nullable(),
  attachments: z.array(storedFileSchema),
  verification: z.custom<VerificationReport>().nullable(),
  /** What the message itself lacked or got wrong. */
  warnings: z.array(z.custom<ReceptionWarning>((value) => typeof value === 'string' && isReceptionWarning(value))),
  /** Registered ones with the same sender, number and date, and all whose page is the same file. */
  duplicates: z.array(
    z.object({
      id: idSchema,
      /** Null while it waits to be registered. */
      arrivalNumber: z.int().nullable(),
      codeText: z.string(),
      date: z.string().nullable(),
      /** Nothing of it came through the exchange: this one can join it. */
      onPaper: z.boolean(),
      sameFile: z.boolean(),
    }),
  ),
  /** E-mails that brought it, as they were taken in. */
  mails: z.array(
    z.object({
      fileId: fileIdSchema,
      format: z.enum(mailFormats),
      senderName: z.string(),
      senderAddress: z.string(),
      subject: z.string(),
      sentAt: instantSchema.nullable(),
    }),
  ),
  statusesSent: z.array(z.object({ code: z.string(), at: instantSchema, delivered: z.boolean() })),
  /** What the exchange says of this document's way here, and of who is told while nobody opens it; null while it says nothing. */
  watch: watchedDeliverySchema.nullable(),
  /** Whether the sender was told that a person opened it; null while nobody has, or when it came on paper. */
  openedReport: z
    .object({ at: instantSchema, state: z.enum(statementStates), errorCode: z.string().nullable() })
    .nullable(),
  /** The last question of this office for a longer time; null when it never asked. */
  extension: z
    .object({
      at: instantSchema,
      until: instantSchema,
      reason: z.string(),
      /** `not-sent` waits for the line, `asked` for the sender; `not-taken` by the exchange, for `errorCode`. */
      state: z.enum(extensionStates),
      answer: z.object({ at: instantSchema, person: z.string(), until: instantSchema, reason: z.string() }).nullable(),
      errorCode: z.string().nullable(),
    })
    .nullable(),
  /** The last answer to an invitation, and whether its sender has it; null when none was given. */
  reply: z
    .object({
      answer: z.enum(invitationAnswers),
      attendee: z.string(),
      title: z.string(),
      phone: z.string(),
      note: z.string(),
      at: instantSchema,
      state: z.enum(statementStates),
      errorCode: z.string().nullable(),
    })
    .nullable(),
  /** The recall of this document, or the one that this arrival asks for; null when nobody asked. */
  recall: z
    .object({
      /** Of the document that is wanted back, for the answer. */
      id: idSchema,
      revision: revisionSchema,
      codeText: z.string(),
      askedAt: instantSchema,
      reason: z.string(),
      answer: z.enum(recallAnswers).nullable(),
      answeredAt: instantSchema.nullable(),
      answerReason: z.string(),
      /** The answer has left, and is not undone without another. */
      told: z.boolean(),
    })
    .nullable(),
  handling: handlingSchema,
  history: z.array(historyEntrySchema),
});
export type IncomingDetail = z.infer<typeof incomingDetailSchema>;

/** What came through the exchange and looks like a paper document at hand. */
const electronicTwinSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  state: z.enum(incomingStates),
  arrivalNumber: z.int().nullable(),
  codeText: z.string(),
  date: z.string().nullable(),
  paper: z.enum(paperStates),
});

/** A letter of the register lane. */
const laneLetterSchema = z.object({
  hidden: hiddenSchema,
  limited: limitedSchema,
  id: idSchema,
  codeText: z.string(),
  agencyName: z.string(),
  urgency: urgencySchema,
  expressAt: instantSchema.nullable(),
  arrivedAt: instantSchema,
  source: z.enum(arrivalSources),
});
export type LaneLetter = z.infer<typeof laneLetterSchema>;

/** To whom documents were passed on: what was typed or chosen, and how often of late. */
const forwardChoiceSchema = z.object({ text: z.string(), times: z.int() });
export type ForwardChoice = z.infer<typeof forwardChoiceSchema>;

/**
 * Phiếu giải quyết văn bản đến (NĐ 30/2020, Phụ lục IV): what leaders of the agency, leaders of units and those who work on
 * it said, with what the follow-up book (sổ theo dõi giải quyết) asks for.
 */
export const handlingSheetSchema = z.object({
  id: idSchema,
  agencyName: z.string(),
  codeText: z.string(),
  date: z.string().nullable(),
  documentType: z.string(),
  abstract: z.string(),
  arrivedAt: instantSchema,
  arrivalNumber: z.int().nullable(),
  year: z.int().nullable(),
  settled: z.boolean(),
  /** That of whoever leads, else the document's own. */
  dueAt: instantSchema.nullable(),
  lead: z.string().nullable(),
  support: z.array(z.string()),
  inform: z.array(z.string()),
  agencyLeader: z.array(remarkSchema),
  unitLeader: z.array(remarkSchema),
  officer: z.array(remarkSchema),
  stage: handlingSchema.shape.stage,
  finishedAt: instantSchema.nullable(),
  outcome: shownOutcomeSchema.nullable(),
});
export type HandlingSheet = z.infer<typeof handlingSheetSchema>;

/** The day on which it came, of what did not come through the exchange; today when it is left out. */
const arrivedOnSchema = daySchema.nullable().optional();
const arrivalDayErrors = ['ARRIVAL_IN_FUTURE', 'ARRIVAL_TOO_EARLY'] as const;

const targetSchema = z.object({ id: idSchema, revision: revisionSchema, state: z.enum(incomingStates) });

/** What "Chuyển tới" made of it: submitted to a leader, or assigned to units and people, the leading one first. */
const forwardedSchema = z.object({ step: z.enum(['submit', 'assign']), names: z.array(z.string()) });
export type Forwarded = z.infer<typeof forwardedSchema>;
const forwardErrors = ['NOBODY_SUCH', 'NOT_A_LEADER'] as const;
const registeredSchema = targetSchema.extend({
  arrivalNumber: z.int(),
  year: z.int(),
  forwarded: forwardedSchema.nullable(),
});

export const incoming = {
  list: query({
    reads: ['incoming'],
    input: { ...listInput, box: z.enum(incomingBoxes) },
    output: listOutput(incomingRowSchema),
  }),
  get: query({ reads: ['incoming'], input: { id: idSchema }, output: incomingDetailSchema }),
  /** What waits for its arrival number, in the order of its box, the first 200; `total` of all. */
  lane: query({
    reads: ['incoming'],
    input: {},
    output: z.object({ letters: z.array(laneLetterSchema), total: z.int() }),
  }),
  /**
   * To whom this office passed its documents on of late, the most frequent first, and where the last one of this issuing
   * agency went; null when there was none.
   */
  forwardChoices: query({
    reads: ['incoming'],
    input: { agencyName: z.string().max(500) },
    output: z.object({ last: forwardChoiceSchema.nullable(), choices: z.array(forwardChoiceSchema) }),
  }),
  /** The number that the book of this type (or the common book) would give now; `register` gives the real one. */
  nextNumber: query({
    reads: ['books'],
    input: { documentType: shortText.optional() },
    output: z.object({ number: z.int(), year: z.int(), bookName: z.string() }),
  }),
  /** The meeting of an invitation as iCalendar (RFC 5545), with a name for the file. */
  calendar: query({
    reads: ['incoming'],
    input: { id: idSchema },
    output: z.object({ name: z.string(), text: z.string() }),
    errors: ['NO_MEETING_HOUR'],
  }),
  /** Tells the sender of an invitation who comes; a later answer takes the place of an earlier one. */
  answerInvitation: command({
    may: ['records-clerk', 'officer', 'leader'],
    input: { id: idSchema, reply: invitationReplySchema },
    output: z.object({ id: idSchema }),
    errors: ['NOT_INVITED'],
  }),
  /**
   * Agrees to give a document back to its sender (status 15), which ends the work on it, or keeps it (16). Another answer
   * than before takes its place.
   */
  answerRecall: command({
    may: ['records-clerk', 'leader'],
    input: { ...target, reply: recallReplySchema },
    output: targetSchema,
    errors: ['NO_RECALL', ...writtenMessageErrors],
  }),
  /** Takes the answer to a recall back while the sender has not been told. */
  undoRecallAnswer: command({
    may: ['records-clerk', 'leader'],
    input: target,
    output: targetSchema,
    errors: ['NO_RECALL', 'RECALL_ANSWER_LEFT'],
  }),
  markOpened: command({ may: 'everybody', input: { id: idSchema }, output: z.object({ id: idSchema }) }),
  /**
   * Enters it in the incoming book with the next arrival number (số đến) and reports 03 to the sender. Where "Chuyển tới"
   * names units or people of the office, they have it from then on, as by `handling.submit` or `handling.assign` (04).
   */
  register: command({
    may: ['records-clerk'],
    input: { ...target, fields: incomingFieldsSchema, arrivedOn: arrivedOnSchema, acceptDuplicate: z.boolean() },
    output: registeredSchema,
    errors: ['DUPLICATE_DOCUMENT', 'BOOK_YEAR_CLOSED', 'NUMBERS_UNSURE', ...arrivalDayErrors, ...writtenMessageErrors],
  }),
  /**
   * Corrects what stands in the book of a document that has its number. Number and arrival day stay: they stand on the paper
   * as well, in the stamp, and the book is in their order. The old value and the reason stay in the history.
   */
  correct: command({
    may: ['records-clerk'],
    input: {
      ...target,
      fields: incomingFieldsSchema,
      reason: z.string().trim().min(1).max(500),
      acceptDuplicate: z.boolean(),
    },
    output: targetSchema,
    errors: ['NOTHING_CHANGED', 'DUPLICATE_DOCUMENT'],
  }),
  /** What has come through the exchange by the same sender, number and date as a paper document that is to be registered. */
  electronicTwins: query({
    reads: ['incoming'],
    input: {
      codeText: shortText,
      date: z.iso.date().nullable(),
      agencyName: z.string().max(500),
      senderCode: agencyCodeSchema.nullable(),
    },
    output: z.object({ twins: z.array(electronicTwinSchema) }),
  }),
  /**
   * Enters a document that came on paper in the book. When its sender is in the directory and nothing of it came through the
   * exchange, those who oversee the sender learn of it.
   */
  registerPaper: command({
    may: ['records-clerk'],
    input: {
      fields: incomingFieldsSchema,
      senderCode: agencyCodeSchema.nullable(),
      arrivedOn: arrivedOnSchema,
      /** Its scan (`proposeScan`), which becomes its page. */
      scan: z
        .object({ fileId: fileIdSchema, name: z.string().min(1).max(255) })
        .nullable()
        .default(null),
      acceptDuplicate: z.boolean(),
    },
    output: registeredSchema,
    errors: [
      'DUPLICATE_DOCUMENT',
      'BOOK_YEAR_CLOSED',
      'NUMBERS_UNSURE',
      ...forwardErrors,
      'RECIPIENT_NOT_IN_DIRECTORY',
      ...arrivalDayErrors,
      ...storedFileErrors,
      ...pdfErrors,
      ...readingErrors,
      'SECRET_DOCUMENT',
    ],
  }),
  /** Stores the scan of a paper that is about to be registered, and reads the fields from its page. */
  proposeScan: command({
    may: ['records-clerk'],
    input: { token: fileTokenSchema },
    output: z.object({ file: storedFileSchema, fields: incomingFieldsSchema, sources: readingSchema.shape.sources }),
    errors: [...pickedFileErrors, ...storedFileErrors, ...pdfErrors, ...readingErrors, 'SECRET_DOCUMENT'],
  }),
  /**
   * A PDF, or an e-mail (.eml, .msg, winmail.dat) with what it brings, becomes a document that waits to be registered; its fields are read from
   * the page.
   */
  takeIn: command({
    may: ['records-clerk'],
    input: {
      token: fileTokenSchema,
      /** Refuses a PDF whose page names this office: dropped somewhere, it may be a letter to be issued. */
      unlessOwn: z.boolean(),
    },
    output: targetSchema,
    errors: [
      'OWN_LETTER',
      ...pickedFileErrors,
      ...storedFileErrors,
      ...pdfErrors,
      ...readingErrors,
      'SECRET_DOCUMENT',
      'MAIL_UNREADABLE',
      'MAIL_WITHOUT_PDF',
    ],
  }),
  /** Adds the scan of a paper; of a document without a page it becomes the page. */
  attachScan: command({
    may: ['records-clerk'],
    input: { ...target, token: fileTokenSchema },
    output: targetSchema,
    errors: [
      ...pickedFileErrors,
      ...storedFileErrors,
      ...pdfErrors,
      ...readingErrors,
      'SECRET_DOCUMENT',
      'ATTACHED_ALREADY',
    ],
  }),
  /** What was taken in and waits becomes part of a document that is here already; answers that one. */
  attachTo: command({ may: ['records-clerk'], input: { ...target, targetId: idSchema }, output: targetSchema }),
  /** Puts away what was taken in by mistake and waits, with the reason. */
  discard: command({
    may: ['records-clerk'],
    input: { ...target, reason: shortText.min(1) },
    output: targetSchema,
    errors: ['HAS_SENDER'],
  }),
  /** What came through the exchange becomes one with the paper document that has a number already; answers that one. */
  joinToPaper: command({
    may: ['records-clerk'],
    input: { ...target, paperId: idSchema },
    output: targetSchema,
    errors: writtenMessageErrors,
  }),
  /** Its paper copy is here: the sender is told. */
  receivePaper: command({ may: ['records-clerk'], input: target, output: targetSchema }),
  /** Sends it back to its sender with a reason (status 02). */
  return: command({
    may: ['records-clerk'],
    input: { ...target, reason: shortText.min(1) },
    output: targetSchema,
    errors: ['NO_SENDER', ...writtenMessageErrors],
  }),
  /** Asks the sender for a longer time than the deadline leaves. */
  askExtension: command({
    may: ['records-clerk', 'officer'],
    input: { id: idSchema, until: instantSchema, reason: z.string().trim().min(1).max(500) },
    output: z.object({ id: idSchema }),
    errors: ['NO_SENDER', 'NO_DEADLINE', 'FINISHED', 'ALREADY_ASKED', 'IN_THE_PAST', 'NOT_LATER'],
  }),
  /** Marks the work on a registered document as done (status 06), with the letter that answers it or why none does. */
  complete: command({
    may: ['records-clerk', 'officer', 'leader'],
    // Left out where an office keeps no answers.
    input: { ...target, outcome: outcomeSchema.optional() },
    output: targetSchema,
    errors: ['NO_SUCH_ANSWER', ...writtenMessageErrors],
  }),
  handlingSheet: query({ reads: ['incoming', 'people'], input: { id: idSchema }, output: handlingSheetSchema }),
};
