import type { FileAnomaly } from '#shared/domain/file-anomaly.ts';
import { PdfError } from '../pdf-error.ts';
import { openObjectStream } from '../syntax/document.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { ObjectParser } from '../syntax/object-parser.ts';
import { isNamed, isStream } from '../syntax/objects.ts';
import type { PdfStream } from '../syntax/objects.ts';

type Span = readonly [start: number, end: number];

/**
 * What stands in later revisions besides the objects and tables that they list, where a reader that gathers objects by
 * itself would find it: a foreign trailer between two objects, an object inside an object stream that no table names.
 * The first revision may hold leftovers; they were there when it was signed.
 */
export function strangeParts(document: PdfDocument): FileAnomaly[] {
  const [first] = document.revisions;
  if (!first || document.revisions.length === 1) return [];
  try {
    const { spans, streams } = readAppended(document, first.end);
    if (streams.some(([num, stream]) => holdsUnlisted(document, num, stream))) return ['OBJECT_UNLISTED'];
    return hasForeignBytes(document.bytes, first.end, spans) ? ['FOREIGN_BYTES'] : [];
  } catch (error) {
    // Superseded by now, but whoever gathers objects meets it.
    if (error instanceof PdfError && error.code === 'PDF_BROKEN') return ['OBJECT_UNREADABLE'];
    throw error;
  }
}

/** The parts after `start` that a table lists, and the object streams among them. @throws PdfError PDF_BROKEN */
function readAppended(document: PdfDocument, start: number): { spans: Span[]; streams: [number, PdfStream][] } {
  const spans: Span[] = [];
  const streams: [number, PdfStream][] = [];
  const seen = new Set<number>();
  const read = (offset: number): void => {
    if (offset < start || seen.has(offset)) return;
    seen.add(offset);
    const parser = new ObjectParser(document.bytes, offset, document.budget);
    const { num, value, end } = parser.indirectObject((reference) => document.resolve(reference));
    spans.push([offset, end]);
    if (isStream(value) && isNamed(value.dict.entries.get('Type'), 'ObjStm')) streams.push([num, value]);
  };
  for (const { offset, eof, kind, entries } of document.allSections) {
    for (const entry of entries.values()) if (entry.type === 'used') read(entry.offset);
    if (kind === 'stream') read(offset);
    // From its beginning: a table is no object, and after a stream come startxref and the end mark.
    if (offset >= start && eof !== undefined) spans.push([offset, eof]);
  }
  return { spans, streams };
}

function holdsUnlisted(document: PdfDocument, stream: number, content: PdfStream): boolean {
  const listed = new Set<string>();
  for (const { entries } of document.allSections) {
    for (const [num, entry] of entries) {
      if (entry.type === 'packed' && entry.stream === stream) listed.add(`${num} ${entry.index}`);
    }
  }
  return openObjectStream(content, document).header.some(([num], index) => !listed.has(`${num} ${index}`));
}

/** Anything but white space and comments outside of the spans. */
function hasForeignBytes(bytes: Uint8Array, start: number, spans: readonly Span[]): boolean {
  let at = start;
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (from > at && !isBlank(bytes, at, from)) return true;
    at = Math.max(at, to);
  }
  return false;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  let inComment = false;
  for (let i = start; i < end; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === 0x0a || byte === 0x0d) inComment = false;
    else if (byte === 0x25) inComment = true;
    else if (!inComment && byte !== 0x20 && byte !== 0 && byte !== 0x09 && byte !== 0x0c) return false;
  }
  return true;
}
