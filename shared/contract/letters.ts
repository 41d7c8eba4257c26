import { z } from 'zod';
import type { Proposal } from '../domain/proposal.ts';
import { fileIdSchema, fileTokenSchema, storedFileSchema } from './common.ts';
import { command } from './define.ts';

const fileErrors = [
  'FILE_TOKEN_EXPIRED',
  'FILE_UNREADABLE',
  'PDF_NOT_PDF',
  'PDF_EMPTY',
  'PDF_ENCRYPTED',
  'PDF_BROKEN',
  'PDF_TOO_LARGE',
  'PDF_TOO_COMPLEX',
  'SECRET_DOCUMENT',
] as const;

export const letters = {
  /** Stores the picked PDF and reads from its text what the form can be filled with. */
  propose: command({
    owner: 'core',
    input: { token: fileTokenSchema },
    output: z.object({ file: storedFileSchema, proposal: z.custom<Proposal>() }),
    errors: fileErrors,
  }),
  /** Exactly the bytes that signature `index` covers, stored as a file of its own ("xem bản đã ký"). */
  signedRevision: command({
    owner: 'core',
    input: { fileId: fileIdSchema, index: z.int().min(0).max(100) },
    output: z.object({ file: storedFileSchema }),
    errors: ['FILE_MISSING', 'PDF_BROKEN'],
  }),
};
