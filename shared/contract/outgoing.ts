import { z } from 'zod';
import type { VerificationReport } from '../domain/verification.ts';
import { outgoingStates, deliveryStates } from '../domain/outgoing-state.ts';
import {
  agencyCodeSchema,
  daySchema,
  fileIdSchema,
  historyEntrySchema,
  idSchema,
  instantSchema,
  listInput,
  longText,
  revisionSchema,
  shortText,
  storedFileSchema,
  urgencySchema,
} from './common.ts';
import { command, query } from './define.ts';

export const outgoingBoxes = ['drafts', 'to-sign', 'to-send', 'sent', 'returned'] as const;
export type OutgoingBox = (typeof outgoingBoxes)[number];

const rectSchema = z.strictObject({
  page: z.int().min(0),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
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
  signature: rectSchema.nullable(),
  number: blankSchema.nullable(),
  date: dateBlankSchema.nullable(),
});
export type Placement = z.infer<typeof placementSchema>;

/** What the clerk checks beside the page. The number is not here: the book gives it. */
export const outgoingFieldsSchema = z.strictObject({
  documentType: shortText.min(1),
  /** Notation without the number: `VPUBND-HCTC`. */
  notation: z.string().trim().min(1).max(60),
  /** Number printed on the page, if the page has one: it must equal the number the book gives. */
  printedNumber: z.string().trim().max(20),
  date: daySchema.nullable(),
  place: shortText,
  agencyName: shortText.min(1),
  abstract: longText.min(1),
  authority: shortText,
  signerTitle: shortText,
  signerName: shortText.min(1),
  urgency: urgencySchema,
  /** Hour that an express-with-fixed-hour document must be there, if any. */
  expressAt: instantSchema.nullable(),
  /** Deadline set at issue (ấn định thời gian giải quyết khi phát hành). */
  dueAt: instantSchema.nullable(),
  /** Lines of "Kính gửi" and of "Nơi nhận" as printed. */
  addressees: z.array(longText).max(200),
  recipientLines: z.array(longText).max(200),
  paperFollows: z.boolean(),
});
export type OutgoingFields = z.infer<typeof outgoingFieldsSchema>;

export const deliverySchema = z.object({
  agencyCode: z.string(),
  agencyName: z.string(),
  state: z.enum(deliveryStates),
  /** When the exchange took it for this agency. */
  deliveredAt: instantSchema.nullable(),
  arrivedAt: instantSchema.nullable(),
  acceptedAt: instantSchema.nullable(),
  refusedAt: instantSchema.nullable(),
  reason: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const outgoingRowSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  state: z.enum(outgoingStates),
  /** `241/VPUBND-HCTC` once numbered, else the bare notation. */
  codeText: z.string(),
  numbered: z.boolean(),
  documentType: z.string(),
  abstract: z.string(),
  urgency: urgencySchema,
  dueAt: instantSchema.nullable(),
  changedAt: instantSchema,
  recipients: z.object({ total: z.int(), arrived: z.int(), accepted: z.int(), refused: z.int(), blocked: z.int() }),
});
export type OutgoingRow = z.infer<typeof outgoingRowSchema>;

export const outgoingDetailSchema = outgoingRowSchema.extend({
  fields: outgoingFieldsSchema,
  number: z.int().nullable(),
  year: z.int().nullable(),
  /** The letter as it now stands: the imported PDF, then numbered, signed, sealed. */
  file: storedFileSchema,
  originalFileId: fileIdSchema,
  placement: placementSchema,
  deliveries: z.array(deliverySchema),
  verification: z.custom<VerificationReport>().nullable(),
  /** Why sending stands still, when it does. */
  sending: z.object({
    state: z.enum(['none', 'waiting', 'done', 'blocked']),
    attempts: z.int(),
    nextAttemptAt: instantSchema.nullable(),
    errorCode: z.string().nullable(),
  }),
  sentAt: instantSchema.nullable(),
  history: z.array(historyEntrySchema),
});
export type OutgoingDetail = z.infer<typeof outgoingDetailSchema>;

const target = { id: idSchema, revision: revisionSchema };
const moved = z.object({ id: idSchema, revision: revisionSchema, state: z.enum(outgoingStates) });
const keyUse = { certificateId: idSchema, password: z.string().max(200) };
const signErrors = [
  'P12_WRONG_PASSWORD',
  'P12_BROKEN',
  'P12_NO_KEY',
  'P12_MISSING',
  'P12_KEY_UNSUPPORTED',
  'SIGN_CERT_EXPIRED',
  'SIGN_CERT_NOT_YET_VALID',
  'SIGN_CERT_WRONG_USAGE',
  'SIGN_NOT_PERSON_SIGNED',
  'SIGN_INVALID_EXISTING',
  'SIGN_DOCMDP_FORBIDS',
  'SIGN_CERT_UNREADABLE',
  'SIGN_KEY_MISMATCH',
  'SIGN_IMAGE_UNSUPPORTED',
  'SIGN_RESULT_INVALID',
  'PDF_BROKEN',
  'PDF_ENCRYPTED',
  'PDF_TOO_COMPLEX',
  'SIGNER_CRASHED',
] as const;

export const outgoing = {
  list: query({
    owner: 'core',
    input: { ...listInput, box: z.enum(outgoingBoxes) },
    output: z.object({ rows: z.array(outgoingRowSchema), total: z.int() }),
  }),
  get: query({ owner: 'core', input: { id: idSchema }, output: outgoingDetailSchema }),
  /** The number the book would give now; the real one is given by `assignNumber`. */
  nextNumber: query({
    owner: 'core',
    input: { id: idSchema },
    output: z.object({ number: z.int(), year: z.int(), codeText: z.string(), bookName: z.string() }),
  }),
  create: command({
    owner: 'core',
    input: {
      fileId: fileIdSchema,
      fileName: shortText,
      fields: outgoingFieldsSchema,
      placement: placementSchema,
      recipients: z.array(agencyCodeSchema).max(500),
    },
    output: moved,
    errors: ['RECIPIENT_NOT_IN_DIRECTORY', 'RECIPIENT_IS_SELF', 'FILE_MISSING'],
  }),
  update: command({
    owner: 'core',
    input: { ...target, fields: outgoingFieldsSchema, recipients: z.array(agencyCodeSchema).max(500) },
    output: moved,
    errors: ['RECIPIENT_NOT_IN_DIRECTORY', 'RECIPIENT_IS_SELF'],
  }),
  /** Leaves the draft in place, hidden; `restore` brings it back. */
  discard: command({ owner: 'core', input: target, output: moved }),
  restore: command({ owner: 'core', input: target, output: moved }),
  approve: command({ owner: 'core', input: target, output: moved, errors: ['NO_RECIPIENTS'] }),
  /** Back to draft, while no number has been given. */
  reopen: command({ owner: 'core', input: target, output: moved }),
  /** Takes the next number of the book for the year (NĐ 30/2020 Điều 15) and freezes the page with it. */
  assignNumber: command({
    owner: 'core',
    input: target,
    output: moved.extend({ number: z.int(), year: z.int(), codeText: z.string() }),
    errors: [
      'PRINTED_NUMBER_DIFFERS',
      'NUMBER_PLACE_UNKNOWN',
      'DATE_IN_FUTURE',
      'STAMP_ALREADY_SIGNED',
      'PDF_BROKEN',
      'PDF_ENCRYPTED',
      'PDF_TOO_COMPLEX',
    ],
  }),
  /** Keeps the row and its number in the book as cancelled; the number is never given again. */
  cancel: command({ owner: 'core', input: { ...target, reason: shortText.min(1) }, output: moved }),
  sign: command({ owner: 'core', input: { ...target, ...keyUse }, output: moved, errors: signErrors }),
  seal: command({ owner: 'core', input: { ...target, ...keyUse }, output: moved, errors: signErrors }),
  send: command({ owner: 'core', input: target, output: moved, errors: ['NOT_ENROLLED', 'NO_RECIPIENTS'] }),
  /** Tries a blocked or waiting transfer again now. */
  retrySending: command({ owner: 'core', input: target, output: moved }),
};
