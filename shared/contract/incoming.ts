import { z } from 'zod';
import { invitationAnswers } from '../domain/meeting.ts';
import { paperStates } from '../domain/document-fields.ts';
import { incomingBoxes, incomingStates } from '../domain/incoming-state.ts';
import { isReceptionWarning, type ReceptionWarning } from '../domain/reception-warnings.ts';
import { extensionStates } from '../domain/extension.ts';
import { statementStates } from '../domain/stated.ts';
import { watchedDeliverySchema } from '../domain/watched-delivery.ts';
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
} from './common.ts';
import { command, query } from './define.ts';
import { fieldsSchema, listedFieldsShape } from './document-fields.ts';
import { writtenMessageErrors } from './error-groups.ts';

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
  ...listedFieldsShape('incoming'),
  id: idSchema,
  revision: revisionSchema,
  state: z.enum(incomingStates),
  arrivalNumber: z.int().nullable(),
  expressAt: instantSchema.nullable(),
  arrivedAt: instantSchema,
  opened: z.boolean(),
  verdict: z.string().nullable(),
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

export const incomingDetailSchema = incomingRowSchema.extend({
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
  /** Documents already registered with the same sender, number and date. */
  duplicates: z.array(
    z.object({
      id: idSchema,
      arrivalNumber: z.int(),
      codeText: z.string(),
      date: z.string().nullable(),
      /** It came on paper, and nothing of it through the exchange: this one can join it. */
      onPaper: z.boolean(),
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

const targetSchema = z.object({ id: idSchema, revision: revisionSchema, state: z.enum(incomingStates) });

export const incoming = {
  list: query({
    reads: ['incoming'],
    input: { ...listInput, box: z.enum(incomingBoxes) },
    output: z.object({ rows: z.array(incomingRowSchema), total: z.int() }),
  }),
  get: query({ reads: ['incoming'], input: { id: idSchema }, output: incomingDetailSchema }),
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
  markOpened: command({ may: 'everybody', input: { id: idSchema }, output: z.object({ id: idSchema }) }),
  /** Enters it in the incoming book with the next arrival number (số đến) and reports 03 to the sender. */
  register: command({
    may: ['records-clerk'],
    input: { ...target, fields: incomingFieldsSchema, acceptDuplicate: z.boolean() },
    output: targetSchema.extend({ arrivalNumber: z.int(), year: z.int() }),
    errors: ['DUPLICATE_DOCUMENT', ...writtenMessageErrors],
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
    input: { fields: incomingFieldsSchema, senderCode: agencyCodeSchema.nullable(), acceptDuplicate: z.boolean() },
    output: targetSchema.extend({ arrivalNumber: z.int(), year: z.int() }),
    errors: ['DUPLICATE_DOCUMENT', 'RECIPIENT_NOT_IN_DIRECTORY'],
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
  /** Marks the work on a registered document as done (status 06). */
  complete: command({
    may: ['records-clerk', 'officer'],
    input: target,
    output: targetSchema,
    errors: writtenMessageErrors,
  }),
};
