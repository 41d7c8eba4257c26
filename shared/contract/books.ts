import { z } from 'zod';
import { directions } from '../domain/direction.ts';
import { bookNumberStates } from '../domain/book.ts';
import { idSchema, instantSchema } from './common.ts';
import { command, query } from './define.ts';
import { bookFieldValuesSchema } from './document-fields.ts';

const bookIdSchema = z.string().min(1).max(60);
const yearSchema = z.int().min(2000).max(2200);

/** A book in one of its years. */
export const bookSchema = z.object({
  id: z.string(),
  direction: z.enum(directions),
  name: z.string(),
  year: z.int(),
  /** The last number taken, 0 before the first. */
  last: z.int(),
});
export type Book = z.infer<typeof bookSchema>;

/** One number of a book, with the document that has it. */
export const bookEntrySchema = z.object({
  number: z.int(),
  state: z.enum(bookNumberStates),
  /** Why it was never given, when it was not. */
  reason: z.string().nullable(),
  documentId: idSchema.nullable(),
  codeText: z.string(),
  registeredAt: instantSchema,
  /** Recipients of an outgoing document. */
  goesTo: z.string(),
  cancelled: z.boolean(),
  /** What the decree's columns show (shared/domain/book.ts). */
  fields: bookFieldValuesSchema,
});
export type BookEntry = z.infer<typeof bookEntrySchema>;

export const books = {
  list: query({ reads: ['books'], input: {}, output: z.object({ books: z.array(bookSchema) }) }),
  entries: query({
    reads: ['books', 'incoming', 'outgoing'],
    input: {
      bookId: bookIdSchema,
      year: yearSchema,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(200).default(100),
    },
    output: z.object({ entries: z.array(bookEntrySchema), total: z.int() }),
  }),
  /**
   * Continues a paper book: the next number follows `last`. Only while the year's book holds no number yet. Without a
   * year it is the current one.
   */
  startFrom: command({
    may: ['records-clerk', 'administrator'],
    input: { bookId: bookIdSchema, year: yearSchema.optional(), last: z.int().min(0).max(1_000_000) },
    output: z.object({ last: z.int() }),
    errors: ['BOOK_IN_USE'],
  }),
};
