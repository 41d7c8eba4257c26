import { z } from 'zod';

/** Public half of a P-256 key (RFC 7517, RFC 7518 section 6.2.1): of a workstation, or of an exchange. */
export const publicJwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  y: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type PublicJwk = z.infer<typeof publicJwkSchema>;

/** The whole key. What is made of it by `publicJwkSchema.parse` holds no secret. */
export const privateJwkSchema = publicJwkSchema.extend({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
export type PrivateJwk = z.infer<typeof privateJwkSchema>;
