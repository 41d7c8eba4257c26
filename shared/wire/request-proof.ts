/**
 * How a workstation proves a request: a DPoP proof (RFC 9449) in the Authorization header, signed with the key that the
 * exchange enrolled. There is no access token beside it, so the key is named by its workstation (`iss`) instead of
 * `jwk`, `htu` keeps the query, and `content_digest` (RFC 9530) binds the body.
 */
import { z } from 'zod';

export const REQUEST_PROOF_SCHEME = 'DPoP';
export const REQUEST_PROOF_TYPE = 'dpop+jwt';
/** Longest life of a proof, in seconds. */
export const MAX_PROOF_SECONDS = 60;

export const requestClaimsSchema = z.object({
  /** Workstation. */
  iss: z.uuid(),
  /** Exchange. */
  aud: z.uuid(),
  /** Method. */
  htm: z.string().min(1).max(10),
  /** Path and query exactly as in the request line: a server behind a proxy knows neither scheme nor host for sure. */
  htu: z.string().startsWith('/').max(4_000),
  /** Value of the `Content-Digest` header; absent when there is no body. */
  content_digest: z.string().max(100).optional(),
  jti: z.string().min(8).max(100),
  iat: z.int().positive(),
  exp: z.int().positive(),
});
export type RequestClaims = z.infer<typeof requestClaimsSchema>;
