/** How a workstation becomes known, and how it proves itself afterwards. */
import { z } from 'zod';
import { agencyCodeSchema, instantSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

/** Longest life of a workstation's token, in seconds. */
export const MAX_TOKEN_SECONDS = 300;

/** Public half of a workstation's P-256 key (RFC 7517, RFC 7518 section 6.2.1). */
export const publicJwkSchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  y: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type PublicJwk = z.infer<typeof publicJwkSchema>;

const enrolRequestSchema = z.object({
  code: z.string().min(1).max(80),
  publicKey: publicJwkSchema,
  workstationName: z.string().trim().min(1).max(200),
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

const enrolResponseSchema = z.object({
  workstationId: z.uuid(),
  /** Audience of the tokens that the workstation signs from now on. */
  exchangeId: z.uuid(),
  agency: z.object({ code: agencyCodeSchema, name: z.string() }),
  serverTime: instantSchema,
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

/** Ties a key to the agency of a one-time code. */
export const enrol = defineRoute({
  method: 'POST',
  path: '/v1/enrol',
  signed: false,
  body: json(enrolRequestSchema),
  answer: json(enrolResponseSchema),
});
