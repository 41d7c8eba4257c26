import { z } from 'zod';
import { decisionWays, differenceKinds } from '../domain/last-look.ts';
import { signatureRoles } from '../domain/signature-role.ts';
import { agencyCodeSchema, daySchema, idSchema, instantSchema, rectangleSchema, shortText } from './common.ts';
import { directoryAgencySchema } from './directory.ts';

/** What the page of a letter said when it was taken in, as far as it is compared before the letter is issued. */
export const pageReadingSchema = z.strictObject({
  /** False for a scan: then only the form is compared. */
  textFound: z.boolean(),
  agency: z.string().nullable(),
  parentAgency: z.string().nullable(),
  agencySure: z.boolean(),
  /** Ngày ban hành as printed; null where the page leaves room for it. */
  date: daySchema.nullable(),
  notation: z.string().nullable(),
  signerName: z.string().nullable(),
  /** Whether position and name stand where a signature block has them. */
  signerSure: z.boolean(),
  addressees: z.array(z.string()),
  recipients: z.array(z.string()),
  /** Where these stand on the page. */
  regions: z.strictObject({
    agency: rectangleSchema.optional(),
    date: rectangleSchema.optional(),
    notation: rectangleSchema.optional(),
    signerName: rectangleSchema.optional(),
    addressees: rectangleSchema.optional(),
    recipients: rectangleSchema.optional(),
  }),
});
export type PageReading = z.infer<typeof pageReadingSchema>;

const MOST_TEXT = 2000;
const differenceKeyShape = { kind: z.enum(differenceKinds), subject: z.string().min(1).max(MOST_TEXT) };

export const decisionInputSchema = z.strictObject({
  ...differenceKeyShape,
  way: z.enum(decisionWays),
  reason: shortText,
  /** Whom a line is sent to (`sent-to`). */
  agencies: z.array(agencyCodeSchema).max(500),
});

const decisionSchema = z.object({
  way: z.enum(decisionWays),
  reason: z.string(),
  agencies: z.string(),
  at: instantSchema,
  personName: z.string(),
});

export const lookSchema = z.object({
  differences: z.array(
    z.object({
      ...differenceKeyShape,
      page: z.string(),
      other: z.string(),
      /** Where it stands on the page; null where nobody can tell. */
      mark: rectangleSchema.nullable(),
      /** Ways out that are open now. */
      ways: z.array(z.enum(decisionWays)),
      /** Of a line: agencies that it may mean, each proposal under a name. */
      proposals: z.array(z.object({ name: z.string(), agencies: z.array(directoryAgencySchema) })),
      /** Null while somebody has to decide. */
      decision: decisionSchema.nullable(),
    }),
  ),
  /** What was compared and is the same, with the value that both have. */
  matches: z.array(z.object({ kind: z.enum(differenceKinds), value: z.string() })),
  /** Whom the page, or else the form, names as the one who signs. */
  signerName: z.string(),
  /** This office; empty while it has no name. */
  officeName: z.string(),
  certificates: z.array(
    z.object({
      id: idSchema,
      role: z.enum(signatureRoles),
      /** Its name is that of the signer, or of this office. */
      fits: z.boolean(),
      /** It does not fit, and somebody has decided that it signs all the same. */
      accepted: z.boolean(),
    }),
  ),
  /** Recipients under the collective names of the directory; the rest under an empty name. */
  groups: z.array(
    z.object({
      name: z.string(),
      /** How many the name stands for. */
      of: z.int(),
      agencies: z.array(z.object({ code: z.string(), name: z.string() })),
    }),
  ),
});
export type Look = z.infer<typeof lookSchema>;
