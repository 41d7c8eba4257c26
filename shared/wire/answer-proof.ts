/** How the exchange proves its answer to a proven request: whatever it does not sign is not believed. */
import { z } from 'zod';
import { instantSchema, requestDigestSchema } from './common.ts';

/** Header of an answer that holds an `AnswerStatement` as compact JWS (ES256) by the exchange's key. */
export const ANSWER_PROOF_HEADER = 'exchange-proof';
export const ANSWER_PROOF_TYPE = 'van-thu-answer+jwt';

/** Headers that the workstation acts on, in lower case. */
export const PROVEN_HEADERS = ['content-range', 'etag', 'retry-after', 'upload-length', 'upload-offset'] as const;

export const answerStatementSchema = z.object({
  exchangeId: z.uuid(),
  /** SHA-256 of the request's proof, base64url: an answer to another request is none to this one. */
  request: requestDigestSchema,
  status: z.int(),
  /** The server's clock; the `Date` header counts for nothing. */
  serverTime: instantSchema,
  /** `Content-Digest` of the body. Null for the bytes of a file, whose SHA-256 is its `etag`. */
  contentDigest: z.string().nullable(),
  /** Those of `PROVEN_HEADERS` that the answer has. */
  headers: z.record(z.string(), z.string()),
});
export type AnswerStatement = z.infer<typeof answerStatementSchema>;
