import { z } from 'zod';
import { directions } from '../domain/direction.ts';
import { bookNumberStates } from '../domain/book.ts';
import { unitUses } from '../domain/notation-template.ts';
import { allDocumentTypes } from '../domain/document-types.ts';
import { relationKinds } from '../domain/relation.ts';
import { daySchema, idSchema, instantSchema, listFilterSchema, shortText, storedFileSchema } from './common.ts';
import { command, query } from './define.ts';
import { bookFieldValuesSchema } from './document-fields.ts';

const bookIdSchema = z.string().min(1).max(60);
const yearSchema = z.int().min(2000).max(2200);
const bookYear = { bookId: bookIdSchema, year: yearSchema };

/** A number of a book: `241`, or `241a` with the letter of a số phụ. */
export const bookNumberSchema = z.strictObject({ number: z.int().min(1), suffix: z.string().regex(/^[a-z]?$/u) });

/** A part of a book: between numbers and between days, all included. */
const bookPart = {
  from: z.int().min(1).optional(),
  to: z.int().min(1).optional(),
  fromDay: daySchema.optional(),
  toDay: daySchema.optional(),
};
const partFaults = ['BOOK_RANGE_EMPTY', 'RANGE_UPSIDE_DOWN'] as const;

/** What is printed besides the rows. */
export const printLookShape = {
  cover: z.boolean().default(true),
  pageSums: z.boolean().default(true),
  /** Sums since the first row, below those of the page. */
  runningSums: z.boolean().default(true),
  signatures: z.boolean().default(true),
  /** Quyển số; empty for handwriting. */
  volume: z.string().trim().max(20).default(''),
};
const printLookSchema = z.object(printLookShape);
export type PrintLook = z.infer<typeof printLookSchema>;

/** A book in one of its years. */
export const bookSchema = z.object({
  id: z.string(),
  direction: z.enum(directions),
  name: z.string(),
  /** The types that it alone takes; empty for the common one. */
  documentTypes: z.array(z.string()),
  /** Whether it still takes documents. */
  active: z.boolean(),
  year: z.int(),
  /** The last number taken, 0 before the first. */
  last: z.int(),
  /** The last number of the paper book that it continues. */
  startedFrom: z.int(),
  /** Numbers kept for documents to come. */
  reserved: z.int(),
  /** Since when it gives no number any more. */
  closedAt: instantSchema.nullable(),
});
export type Book = z.infer<typeof bookSchema>;

/** One number of a book, with the document that has it. */
export const bookEntrySchema = z.object({
  number: z.int(),
  suffix: z.string(),
  state: z.enum(bookNumberStates),
  /** Why it was never given, when it was not. */
  reason: z.string().nullable(),
  documentId: idSchema.nullable(),
  codeText: z.string(),
  registeredAt: instantSchema,
  /** When and by whom it was kept, dropped, or its document cancelled; null for a number in force. */
  ended: z.object({ at: instantSchema, by: z.string() }).nullable(),
  /** For whom it was kept, when it was. */
  reservedFor: z.string().nullable(),
  /** Recipients of an outgoing document. */
  goesTo: z.string(),
  /** Who keeps the file copy of an outgoing document. */
  keeper: z.string(),
  /** Copies of an outgoing document that is in force: one for each recipient; null where none is known. */
  copies: z.int().nullable(),
  /** When an outgoing document left. */
  sentAt: instantSchema.nullable(),
  cancelled: z.boolean(),
  /** Documents that replaced, repealed, corrected or recalled it, and the day on which it was recalled without one. */
  changedBy: z.array(z.object({ kind: z.enum(relationKinds), codeText: z.string(), date: daySchema.nullable() })),
  /** What the decree's columns show (shared/domain/book.ts). */
  fields: bookFieldValuesSchema,
});
export type BookEntry = z.infer<typeof bookEntrySchema>;

/** A number that is kept, as it is offered to a letter. */
export const reservedNumberSchema = bookNumberSchema.extend({
  reservedFor: z.string(),
  reservedAt: instantSchema,
  personName: z.string(),
});
export type ReservedNumber = z.infer<typeof reservedNumberSchema>;

const bookChoice = {
  name: shortText.min(1),
  documentTypes: z
    .array(z.string().refine((name) => allDocumentTypes.some((type) => type.name === name)))
    .max(allDocumentTypes.length),
};
const bookFaults = ['BOOK_NAME_TAKEN', 'TYPE_IN_OTHER_BOOK', 'COMMON_BOOK_NEEDED'] as const;
/** `NotationTemplate`. */
const templateKey = { bookId: bookIdSchema.nullable(), unitId: idSchema.nullable() };
const notationTemplateSchema = z.object({
  ...templateKey,
  agency: z.string(),
  unitIn: z.enum(unitUses),
  withYear: z.boolean(),
});

/** Who decides which books there are; numbers are the records clerk's. */
const keepers = ['records-clerk', 'administrator'] as const;

export const books = {
  list: query({ reads: ['books'], input: {}, output: z.object({ books: z.array(bookSchema) }) }),
  entries: query({
    reads: ['books', 'incoming', 'outgoing'],
    input: {
      ...bookYear,
      /** From the first number on; else the last comes first. */
      ascending: z.boolean().default(false),
      /** Which numbers are wanted; days are those that the book says of them, `state` a `NumberState`. */
      filter: listFilterSchema.optional(),
      /** The number that the page comes after. */
      after: bookNumberSchema.optional(),
      limit: z.int().min(1).max(200).default(100),
    },
    output: z.object({
      entries: z.array(bookEntrySchema),
      /** Null where a filter leaves more than were counted. */
      total: z.int().nullable(),
      next: bookNumberSchema.nullable(),
    }),
  }),
  /** How notations are made: of the office, of books, of units. */
  notations: query({
    reads: ['books', 'people'],
    input: {},
    output: z.object({ templates: z.array(notationTemplateSchema) }),
  }),
  /** Sets how the notations of a book, a unit, both or (both null) the office are made. */
  saveNotation: command({
    may: ['administrator'],
    audit: ['bookId', 'unitId', 'agency', 'unitIn', 'example'],
    input: {
      ...templateKey,
      agency: z.string().trim().min(1).max(30),
      unitIn: z.enum(unitUses),
      withYear: z.boolean(),
    },
    /** A notation as it makes them. */
    output: z.object({ example: z.string() }),
    errors: ['NOTATION_WRONG'],
  }),
  removeNotation: command({
    may: ['administrator'],
    audit: ['bookId', 'unitId', 'agency'],
    input: templateKey,
    output: z.object({ agency: z.string() }),
  }),
  /** An Excel workbook of a book, or of a part of it, as a stored file for `files.saveCopy`. */
  workbook: command({
    may: 'everybody',
    audit: ['bookId', 'year', 'from', 'to', 'fromDay', 'toDay'],
    input: { ...bookYear, ...bookPart },
    output: z.object({ file: storedFileSchema }),
    errors: partFaults,
  }),
  /** The book as the decree prints it (Phụ lục IV), A4 landscape, as a stored PDF for `files.print` and `files.saveCopy`. */
  print: command({
    may: 'everybody',
    audit: ['bookId', 'year', 'from', 'to', 'fromDay', 'toDay'],
    input: { ...bookYear, ...bookPart, ...printLookShape },
    output: z.object({
      file: storedFileSchema,
      /** With the cover. */
      pages: z.int(),
      numbers: z.int(),
      first: z.string(),
      last: z.string(),
    }),
    errors: partFaults,
  }),
  /** Numbers kept for documents to come, in their order. */
  reserved: query({ reads: ['books'], input: bookYear, output: z.object({ numbers: z.array(reservedNumberSchema) }) }),
  /** Makes a book for some types (NĐ 30/2020 Điều 15, 22). Documents without a number go over to it. */
  create: command({
    may: keepers,
    audit: ['bookId', 'direction', 'name', 'documentTypes'],
    input: { direction: z.enum(directions), ...bookChoice },
    output: z.object({ bookId: bookIdSchema }),
    errors: bookFaults,
  }),
  /** Another name, or other types. Numbers that were given stay where they are. */
  change: command({
    may: keepers,
    audit: ['bookId', 'name', 'documentTypes'],
    input: { bookId: bookIdSchema, ...bookChoice },
    output: z.object({ bookId: bookIdSchema }),
    errors: bookFaults,
  }),
  /** A book that is no longer active takes nothing more; what has no number goes to the common book. */
  setActive: command({
    may: keepers,
    audit: ['bookId', 'active'],
    input: { bookId: bookIdSchema, active: z.boolean() },
    output: z.object({ bookId: bookIdSchema }),
    errors: [...bookFaults, 'RESERVED_NUMBERS_LEFT'],
  }),
  /**
   * Continues a paper book: the next number follows `last`. Only while the year's book holds no number yet. Without a
   * year it is the current one.
   */
  startFrom: command({
    may: keepers,
    audit: ['bookId', 'year', 'last'],
    input: { bookId: bookIdSchema, year: yearSchema.optional(), last: z.int().min(0).max(1_000_000) },
    output: z.object({ last: z.int() }),
    errors: ['BOOK_IN_USE', 'BOOK_YEAR_CLOSED'],
  }),
  /** Keeps the next numbers of the current year for documents that are still to come, as on paper. */
  reserve: command({
    may: ['records-clerk'],
    audit: ['bookId', 'year', 'first', 'last', 'reservedFor'],
    input: { bookId: bookIdSchema, count: z.int().min(1).max(50), reservedFor: shortText.min(1) },
    output: z.object({ year: z.int(), first: z.int(), last: z.int() }),
    errors: ['BOOK_CLOSED', 'BOOK_YEAR_CLOSED', 'NUMBERS_UNSURE'],
  }),
  /**
   * Books that may have given numbers which this register does not know, because it was put back from a copy of `copiedAt`
   * (null when it was not): they give none until somebody has said their last.
   */
  unsure: query({
    reads: ['books'],
    input: {},
    output: z.object({
      copiedAt: instantSchema.nullable(),
      books: z.array(
        z.object({
          ...bookYear,
          direction: z.enum(directions),
          name: z.string(),
          /** The last number that the copy knows. */
          last: z.int(),
          /** The highest number among letters that the exchange has and this register has not. */
          seen: z.object({ number: z.int(), codeText: z.string() }).nullable(),
        }),
      ),
    }),
  }),
  /** The last number that the book gave before it was put back. Those that are missing stand as void in it. */
  confirmLast: command({
    may: keepers,
    audit: ['bookId', 'year', 'last'],
    input: { ...bookYear, last: z.int().min(0).max(1_000_000) },
    output: z.object({ last: z.int() }),
    errors: ['NUMBERS_SURE', 'LAST_TOO_LOW', 'LAST_TOO_HIGH', 'BOOK_YEAR_CLOSED'],
  }),
  /** A kept number that will not be given after all, with the reason. */
  dropReserved: command({
    may: ['records-clerk'],
    audit: ['bookId', 'year', 'number', 'suffix', 'reason'],
    input: { ...bookYear, ...bookNumberSchema.shape, reason: shortText.min(1) },
    output: z.object({ number: z.int() }),
    errors: ['NUMBER_NOT_RESERVED'],
  }),
  /** The year is over: every kept number has been used or dropped, and no other is given. */
  closeYear: command({
    may: keepers,
    audit: ['bookId', 'year', 'last'],
    input: bookYear,
    output: z.object({ last: z.int() }),
    errors: ['RESERVED_NUMBERS_LEFT', 'BOOK_YEAR_RUNNING'],
  }),
  /** Takes the closing back, for a letter of the old year that was forgotten. */
  reopenYear: command({
    may: keepers,
    audit: ['bookId', 'year', 'last'],
    input: bookYear,
    output: z.object({ last: z.int() }),
  }),
};
