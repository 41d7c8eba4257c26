/** Messages are edXML bytes, which are not described here (see shared/edxml). */
import { z } from 'zod';
import { agencyCodeSchema, instantSchema, messageIdSchema, sha256Schema } from './common.ts';
import { type ByteBody, defineRoute, json } from './route.ts';

/** Largest edXML file the exchange takes, in bytes (about 110 MB of attachments before base64). */
export const MAX_MESSAGE_BYTES = 150 * 1024 * 1024;
export const MESSAGE_CONTENT_TYPE = 'application/xml';

const messageBytes: ByteBody = { kind: 'bytes', contentType: MESSAGE_CONTENT_TYPE, maxBytes: MAX_MESSAGE_BYTES };

/** `typ` of the signature of a receipt (RFC 7515 section 4.1.9). */
export const RECEIPT_PROOF_TYPE = 'van-thu-receipt+jwt';

const receiptFields = z.object({
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

/** What the exchange signs of a receipt. */
export const receiptStatementSchema = receiptFields.extend({
  exchangeId: z.uuid(),
  /** The sequence that the numbers of the recipients belong to. */
  epoch: z.uuid(),
  /** Agency of the workstation that handed the message over. */
  sender: agencyCodeSchema,
});
export type ReceiptStatement = z.infer<typeof receiptStatementSchema>;

export const receiptSchema = receiptFields.extend({
  /** A `ReceiptStatement` as compact JWS (ES256, RFC 7515) by the exchange's key: evidence for anyone who has that key. */
  proof: z.string().min(1),
});
export type Receipt = z.infer<typeof receiptSchema>;

const params = z.object({ id: messageIdSchema.toLowerCase() });
const path = '/v1/messages/:id';

/** Hands over a message with its `Content-Digest`. Repeating it gives the same receipt. */
export const putMessage = defineRoute({
  method: 'PUT',
  path,
  signed: true,
  params,
  body: messageBytes,
  answer: json(receiptSchema),
});

/**
 * Header of a client that got bytes with another hash (RFC 9530 section 4): the exchange reads the whole file and answers
 * MESSAGE_LOST when it is damaged.
 */
export const WANT_CONTENT_DIGEST = 'want-content-digest';

/** A message, or with `Range` the rest of one (RFC 9110 section 14), for its sender and its receivers. */
export const getMessage = defineRoute({ method: 'GET', path, signed: true, params, answer: messageBytes });

/** Value of a `Content-Digest` header (RFC 9530). @param sha256 base64 */
export function contentDigest(sha256: string): string {
  return `sha-256=:${sha256}:`;
}

/** The base64 SHA-256 that a `Content-Digest` header announces; undefined when it announces none. */
export function readContentDigest(header: string | undefined): string | undefined {
  return /^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(header ?? '')?.[1];
}

/** The validator of a message's bytes, which never change (RFC 9110 section 8.8.3). @param sha256 lower-case hex */
export function messageEtag(sha256: string): string {
  return `"${sha256}"`;
}

/** Value of a `Content-Range` header: bytes `start` to `end`, both included, of `size`. */
export function contentRange(start: number, end: number, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}
