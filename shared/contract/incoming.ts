import { z } from 'zod';
import type { VerificationReport } from '../domain/verification.ts';
import { incomingStates } from '../domain/incoming-state.ts';
import {
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

export const incomingBoxes = ['to-register', 'express', 'in-progress', 'due', 'overdue', 'done'] as const;
export type IncomingBox = (typeof incomingBoxes)[number];

/** The columns of the incoming book (sổ đăng ký văn bản đến, NĐ 30/2020 Phụ lục IV) that the clerk fills. */
export const incomingFieldsSchema = z.strictObject({
  agencyName: shortText.min(1),
  /** Number and notation as on the document: `241/VPUBND-HCTC`. */
  codeText: z.string().trim().max(80),
  date: daySchema.nullable(),
  documentType: shortText.min(1),
  abstract: longText.min(1),
  signerName: shortText,
  signerTitle: shortText,
  urgency: urgencySchema,
  dueAt: instantSchema.nullable(),
  /** Unit or person it goes to (đơn vị hoặc người nhận). */
  forwardTo: longText,
  paper: z.enum(['none', 'expected', 'arrived']),
});
export type IncomingFields = z.infer<typeof incomingFieldsSchema>;

export const incomingRowSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  state: z.enum(incomingStates),
  arrivalNumber: z.int().nullable(),
  codeText: z.string(),
  agencyName: z.string(),
  abstract: z.string(),
  urgency: urgencySchema,
  expressAt: instantSchema.nullable(),
  arrivedAt: instantSchema,
  dueAt: instantSchema.nullable(),
  paper: z.enum(['none', 'expected', 'arrived']),
  opened: z.boolean(),
  verdict: z.string().nullable(),
});
export type IncomingRow = z.infer<typeof incomingRowSchema>;

export const incomingDetailSchema = incomingRowSchema.extend({
  fields: incomingFieldsSchema,
  /** Where each field came from, for the hint beside it. */
  fieldSources: z.record(z.string(), z.enum(['header', 'page', 'check', 'none'])),
  /** Region of the page for each field read from it. */
  regions: z.record(
    z.string(),
    z.object({ page: z.int(), x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  ),
  year: z.int().nullable(),
  registeredAt: instantSchema.nullable(),
  senderCode: z.string(),
  senderName: z.string(),
  documentId: z.string(),
  file: storedFileSchema.nullable(),
  attachments: z.array(storedFileSchema),
  edxmlFileId: fileIdSchema,
  verification: z.custom<VerificationReport>().nullable(),
  /** What the message itself lacked or got wrong, as warning codes. */
  warnings: z.array(z.string()),
  /** Documents already registered with the same sender, number and date. */
  duplicates: z.array(
    z.object({ id: idSchema, arrivalNumber: z.int(), codeText: z.string(), date: z.string().nullable() }),
  ),
  statusesSent: z.array(z.object({ code: z.string(), at: instantSchema, delivered: z.boolean() })),
  history: z.array(historyEntrySchema),
});
export type IncomingDetail = z.infer<typeof incomingDetailSchema>;

const target = { id: idSchema, revision: revisionSchema };
const moved = z.object({ id: idSchema, revision: revisionSchema, state: z.enum(incomingStates) });

export const incoming = {
  list: query({
    owner: 'core',
    input: { ...listInput, box: z.enum(incomingBoxes) },
    output: z.object({ rows: z.array(incomingRowSchema), total: z.int() }),
  }),
  get: query({ owner: 'core', input: { id: idSchema }, output: incomingDetailSchema }),
  nextNumber: query({
    owner: 'core',
    input: {},
    output: z.object({ number: z.int(), year: z.int(), bookName: z.string() }),
  }),
  markOpened: command({ owner: 'core', input: { id: idSchema }, output: z.object({ id: idSchema }) }),
  /** Enters it in the incoming book with the next arrival number (số đến) and reports 03 to the sender. */
  register: command({
    owner: 'core',
    input: { ...target, fields: incomingFieldsSchema, acceptDuplicate: z.boolean() },
    output: moved.extend({ arrivalNumber: z.int(), year: z.int() }),
    errors: ['DUPLICATE_DOCUMENT'],
  }),
  /** Sends it back to its sender with a reason (status 02). */
  return: command({ owner: 'core', input: { ...target, reason: shortText.min(1) }, output: moved }),
  /** Marks the work on a registered document as done (status 06). */
  complete: command({ owner: 'core', input: target, output: moved }),
};
