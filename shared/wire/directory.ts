import { z } from 'zod';
import { agencyCodeSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

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
const directorySchema = z.object({
  version: z.int().nonnegative(),
  agencies: z.array(agencySchema),
});
export type Directory = z.infer<typeof directorySchema>;

/** Of the answer to `since` at this very version: nothing changed (RFC 9110 section 8.8.3). */
export function directoryEtag(version: number): string {
  return `"directory-${version}"`;
}

/** Agencies changed after a version of the directory; 304 when `If-None-Match` names the version that it still has. */
export const listAgencies = defineRoute({
  method: 'GET',
  path: '/v1/agencies',
  signed: true,
  query: z.object({ since: z.coerce.number<number>().int().nonnegative().default(0) }),
  answer: json(directorySchema),
});
