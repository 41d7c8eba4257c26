/** How a workstation becomes known, and how it proves itself afterwards. */
import { z } from 'zod';
import { publicJwkSchema } from '../domain/public-jwk.ts';
import { agencyCodeSchema, instantSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

/** Which register will speak for the agency. */
const registerClaimSchema = z.object({
  id: z.uuid(),
  /** How often it was put back from a copy. */
  epoch: z.int().positive(),
  /** The agency whose books it holds so far; null before the first enrolment. */
  agencyCode: agencyCodeSchema.nullable(),
});
export type RegisterClaim = z.infer<typeof registerClaimSchema>;

const enrolRequestSchema = z.object({
  code: z.string().min(1).max(80),
  publicKey: publicJwkSchema,
  workstationName: z.string().trim().min(1).max(200),
  register: registerClaimSchema,
  /** A person decided that this register goes on under the code's agency although it holds the books of another. */
  mergeAgency: z.boolean().default(false),
  /** A person decided that this register takes the place of the one that the agency has. */
  replaceRegister: z.boolean().default(false),
});
export type EnrolRequest = z.output<typeof enrolRequestSchema>;

const enrolResponseSchema = z.object({
  workstationId: z.uuid(),
  /** Audience of the proofs that the workstation signs from now on. */
  exchangeId: z.uuid(),
  /** What the exchange signs receipts with. The workstation keeps it and believes no other from now on. */
  exchangeKey: publicJwkSchema,
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
