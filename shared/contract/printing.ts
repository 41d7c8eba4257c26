import { z } from 'zod';
import { formNames } from '../domain/printed-forms.ts';
import { printLookShape } from './books.ts';
import { daySchema, idSchema, storedFileSchema } from './common.ts';
import { pdfErrors, readingErrors } from './error-groups.ts';
import { command } from './define.ts';

export const printing = {
  /** A form of a period, both days included, as a stored file for `files.print` and `files.saveCopy`. */
  form: command({
    may: 'everybody',
    input: {
      form: z.enum(formNames),
      fromDay: daySchema,
      toDay: daySchema,
      format: z.enum(['pdf', 'xlsx']),
      ...printLookShape,
    },
    output: z.object({ file: storedFileSchema, pages: z.int().nullable(), rows: z.int() }),
    errors: ['BOOK_RANGE_EMPTY', 'RANGE_UPSIDE_DOWN'],
  }),
  /** Phiếu giải quyết of an incoming document as a stored PDF. */
  handlingSheet: command({
    may: 'everybody',
    input: { id: idSchema },
    output: z.object({ file: storedFileSchema, pages: z.int() }),
  }),
  /** What checking the signatures of a document's file says now: as a sheet to print, or as JSON for another program. */
  verification: command({
    may: 'everybody',
    input: { direction: z.enum(['incoming', 'outgoing']), id: idSchema, format: z.enum(['pdf', 'json']) },
    output: z.object({ file: storedFileSchema }),
    errors: ['FILE_MISSING', ...pdfErrors, ...readingErrors],
  }),
};
