/** Bounds that keep any file, however hostile, from hanging the process or filling its memory. */

/** Largest PDF accepted, in bytes (100 MB). Larger files are refused with `PDF_TOO_LARGE`. */
export const MAX_PDF_BYTES = 100 * 1024 * 1024;

/** Nesting of arrays and dictionaries, and of page-tree or field-tree levels. */
export const MAX_DEPTH = 64;

/** Entries of all cross-reference sections together. */
export const MAX_XREF_ENTRIES = 1_000_000;

/** Cross-reference sections reached through /Prev and /XRefStm. */
export const MAX_XREF_SECTIONS = 1_000;

/** Objects (of any kind, nested ones too) parsed or compared in one operation. */
export const MAX_OBJECT_STEPS = 20_000_000;

/** Bytes produced by all decoded streams of one operation. */
export const MAX_INFLATED_BYTES = 256 * 1024 * 1024;

/** Drawing instructions of one page whose text is read, in bytes decoded; a page of text has a few hundred kilobytes. */
export const MAX_PAGE_CONTENT_BYTES = 24 * 1024 * 1024;

/** Processor time for one operation, in milliseconds. */
export const MAX_MILLISECONDS = 5_000;
