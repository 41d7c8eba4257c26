import { z } from 'zod';
import type { Proposal } from '../domain/proposal.ts';
import { fileIdSchema, fileTokenSchema, mendedFromSchema, storedFileSchema } from './common.ts';
import { command } from './define.ts';
import { pdfErrors, pickedFileErrors, readingErrors, storedFileErrors } from './error-groups.ts';

export const letters = {
  /** Stores the picked PDF and reads from its text what the form can be filled with. */
  propose: command({
    may: ['records-clerk', 'officer'],
    input: { token: fileTokenSchema },
    output: z.object({
      /** As it was picked. */
      file: storedFileSchema,
      /** What it was written into anew so that it can be signed, with pages that look the same; null when it can be as it is. */
      mended: z.object({ file: storedFileSchema, mends: mendedFromSchema.shape.mends }).nullable(),
      proposal: z.custom<Proposal>(),
      /** The issuer that the page names, when it is not this office: its letter is one that came, and gets no number here. */
      otherAgency: z.string().nullable(),
    }),
    errors: [...pickedFileErrors, ...storedFileErrors, ...pdfErrors, ...readingErrors, 'SECRET_DOCUMENT'],
  }),
  /**
   * Stores a picked file that is to go with a letter. A PDF is read: one with a secrecy mark is thrown away. It is also looked
   * through, because the agency signs it when the letter is sealed.
   */
  attach: command({
    may: ['records-clerk', 'officer'],
    input: { token: fileTokenSchema },
    output: z.object({
      /** As it was picked. */
      file: storedFileSchema,
      /** What it was written into anew so that it can be signed; null when it goes as it is. */
      mended: z.object({ file: storedFileSchema, mends: mendedFromSchema.shape.mends }).nullable(),
      /** Why the agency cannot sign it, the code of the refusal; null when it can, and of other kinds than PDF. */
      obstacle: z.string().nullable(),
    }),
    errors: [
      'FILE_TOKEN_EXPIRED',
      'FILE_UNREADABLE',
      'ATTACHMENT_EMPTY',
      'ATTACHMENT_TOO_LARGE',
      'ATTACHMENT_KIND',
      ...storedFileErrors,
      ...pdfErrors,
      ...readingErrors,
      'SECRET_DOCUMENT',
    ],
  }),
  /** Exactly the bytes that signature `index` covers, stored as a file of its own ("xem bản đã ký"). */
  signedRevision: command({
    may: 'everybody',
    input: { fileId: fileIdSchema, index: z.int().min(0).max(100) },
    output: z.object({ file: storedFileSchema }),
    errors: [...storedFileErrors, ...pdfErrors, ...readingErrors],
  }),
};
