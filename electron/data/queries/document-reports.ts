import { z } from 'zod';
import { readingSchema, type Reading } from '#shared/contract/incoming.ts';
import { pageReadingSchema, type PageReading } from '#shared/contract/last-look.ts';
import { placementSchema, type Placement } from '#shared/contract/outgoing.ts';
import { VERDICTS, type VerificationReport } from '#shared/domain/verification.ts';
import type { ReportKind } from './reports.ts';

/** What the verifier said of the signatures when the document was taken in or last signed. */
export const verificationReport: ReportKind<VerificationReport> = {
  kind: 'verification',
  version: 1,
  schema: z.custom<VerificationReport>(
    (value) =>
      z.object({ verdict: z.enum([...VERDICTS, 'UNSIGNED']), signatures: z.array(z.unknown()) }).safeParse(value)
        .success,
  ),
};

/** Where a letter leaves room for number, date and signature. */
export const placementReport: ReportKind<Placement> = { kind: 'placement', version: 1, schema: placementSchema };

/** What the page of an outgoing letter said when it was taken in. */
export const pageReport: ReportKind<PageReading> = { kind: 'page', version: 1, schema: pageReadingSchema };

/** Where each field of an incoming document came from. */
export const readingReport: ReportKind<Reading> = { kind: 'reading', version: 1, schema: readingSchema };
