/**
 * The HTTP interface between a workstation and the exchange server: every JSON shape, header and limit, used by both
 * sides. The body of a message is edXML bytes and is not described here (see shared/edxml).
 */
import { z } from 'zod';
import { urgencies } from '../domain/urgency.ts';

/** Largest edXML file the exchange takes, in bytes (about 110 MB of attachments before base64). */
export const MAX_MESSAGE_BYTES = 150 * 1024 * 1024;
/** Longest time the server holds an inbox request open, in seconds. */
export const MAX_INBOX_WAIT_SECONDS = 25;
export const MAX_INBOX_LIMIT = 200;
/** Longest life of a workstation's token, in seconds. */
export const MAX_TOKEN_SECONDS = 300;
export const MESSAGE_CONTENT_TYPE = 'application/xml';

/** Identifier of an agency (mã định danh, QĐ 20/2020/QĐ-TTg or the older QCVN 102:2016 form); never parsed further. */
export const agencyCodeSchema = z
  .string()
  .min(1)
  .max(50)
  .regex(/^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/);

const instantSchema = z.iso.datetime();
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const messageIdSchema = z.uuid();
export const urgencySchema = z.enum(urgencies);

/** Public half of a workstation's P-256 key (RFC 7517, RFC 7518 section 6.2.1). */
export const publicJwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  y: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type PublicJwk = z.infer<typeof publicJwkSchema>;

export const enrolRequestSchema = z.object({
  code: z.string().min(1).max(80),
  publicKey: publicJwkSchema,
  workstationName: z.string().trim().min(1).max(200),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

export const enrolResponseSchema = z.object({
  workstationId: z.uuid(),
  /** Audience of the tokens that the workstation signs from now on. */
  exchangeId: z.uuid(),
  agency: z.object({ code: agencyCodeSchema, name: z.string() }),
  serverTime: instantSchema,
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

export const agencySchema = z.object({
  code: agencyCodeSchema,
  name: z.string().min(1).max(300),
  parentCode: agencyCodeSchema.nullable(),
  /** Collective names that include this agency, as written after "Kính gửi" ("Các Sở, ban, ngành"). */
  groups: z.array(z.string().min(1).max(200)).max(20),
  /** First and last day of validity, ISO dates; null = open. An agency past its last day receives nothing. */
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
});
export type Agency = z.infer<typeof agencySchema>;

/** `version` is the cursor for the next `since`; a full answer (since=0) holds every agency. */
export const directorySchema = z.object({
  version: z.int().nonnegative(),
  agencies: z.array(agencySchema),
});
export type Directory = z.infer<typeof directorySchema>;

export const receiptSchema = z.object({
  messageId: messageIdSchema,
  sha256: sha256Schema,
  acceptedAt: instantSchema,
  recipients: z.array(
    z.discriminatedUnion('outcome', [
      z.object({ organId: z.string(), outcome: z.literal('accepted'), seq: z.int().positive() }),
      z.object({ organId: z.string(), outcome: z.literal('unknown') }),
    ]),
  ),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const inboxItemSchema = z.object({
  seq: z.int().positive(),
  kind: z.enum(['document', 'status']),
  messageId: messageIdSchema,
  from: z.string(),
  size: z.int().nonnegative(),
  sha256: sha256Schema,
  acceptedAt: instantSchema,
  urgency: urgencySchema,
});
export type InboxItem = z.infer<typeof inboxItemSchema>;

/** `cursor` is the `after` of the next request: the last item's seq, or the request's own when nothing came. */
export const inboxPageSchema = z.object({
  items: z.array(inboxItemSchema),
  cursor: z.int().nonnegative(),
});
export type InboxPage = z.infer<typeof inboxPageSchema>;

export const healthSchema = z.object({ status: z.literal('ok'), serverTime: instantSchema });
export type Health = z.infer<typeof healthSchema>;

export const EXCHANGE_ERROR_CODES = [
  'REQUEST_INVALID',
  'UNAUTHENTICATED',
  'CLOCK_SKEW',
  'WORKSTATION_REVOKED',
  'ENROL_CODE_INVALID',
  'ENROL_CODE_EXPIRED',
  'ENROL_CODE_USED',
  'RATE_LIMITED',
  'SENDER_MISMATCH',
  'RECIPIENT_UNKNOWN',
  'MESSAGE_ID_CONFLICT',
  'MESSAGE_TOO_LARGE',
  'EDXML_INVALID',
  'DIGEST_MISMATCH',
  'NOT_ADDRESSED',
  'NOT_FOUND',
  'RANGE_INVALID',
  'UNAVAILABLE',
  'UNEXPECTED',
] as const;
export type ExchangeErrorCode = (typeof EXCHANGE_ERROR_CODES)[number];

/** A newer server may use codes this client does not know, so the code is read as text. */
export const errorBodySchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
