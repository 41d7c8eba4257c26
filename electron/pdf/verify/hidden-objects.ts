import type { FileAnomaly } from '#shared/domain/file-anomaly.ts';
import { PdfError } from '../pdf-error.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { latin1 } from '../syntax/object-parser.ts';
import { dictOf, isArray, isRef } from '../syntax/objects.ts';
import type { PdfObject } from '../syntax/objects.ts';
import type { XrefEntry } from '../syntax/xref-section.ts';
import { strangeParts } from './appended-parts.ts';
import { streamSpans } from './byte-range.ts';

const objectStart = /(?<!\d)\d{1,10}[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj(?![A-Za-z0-9])/g;

/**
 * What a viewer that repairs files would show and this strict reader does not see. One bad reference makes pdf.js, and
 * others, gather every object of the file by its text: an appended one that no table lists then replaces a signed one.
 * @returns notes for the finding FILE_UNUSUAL
 */
export function hiddenFromUs(document: PdfDocument): FileAnomaly[] {
  if (hasUnreadableObject(document)) return ['OBJECT_UNREADABLE'];
  const notes: FileAnomaly[] = hasForeignGeneration(document) ? ['GENERATION'] : [];
  // Objects were all read by now.
  if (document.hasDuplicateKeys) notes.push('DUPLICATE_KEY');
  if (document.hasDuplicateObjects) notes.push('OBJECT_TWICE');
  if (hasReferenceChain(document)) notes.push('REFERENCE_CHAIN');
  if (hasUnlistedObject(document)) return [...notes, 'OBJECT_UNLISTED'];
  return [...notes, ...strangeParts(document)];
}

/** An object that is nothing but a reference: some readers follow on, to others it is not there (ISO 32000-2, 7.3.10). */
function hasReferenceChain(document: PdfDocument): boolean {
  return [...document.entries].some(
    ([num, entry]) =>
      entry.type !== 'free' && isRef(document.object({ kind: 'ref', num, gen: entry.type === 'used' ? entry.gen : 0 })),
  );
}

/** A reference with another generation than its object has: null to some viewers, the object to others. */
function hasForeignGeneration(document: PdfDocument): boolean {
  const wrong = (value: PdfObject): boolean => {
    document.budget.step();
    if (isRef(value)) return !document.hasGeneration(value);
    if (isArray(value)) return value.some(wrong);
    const dictionary = dictOf(value);
    return dictionary !== undefined && [...dictionary.entries.values()].some(wrong);
  };
  for (const [num, entry] of document.entries) {
    if (entry.type === 'free') continue;
    if (wrong(document.object({ kind: 'ref', num, gen: entry.type === 'used' ? entry.gen : 0 }))) return true;
  }
  return wrong(document.trailer);
}

function hasUnreadableObject(document: PdfDocument): boolean {
  try {
    for (const [num, entry] of document.entries) {
      if (entry.type !== 'free') document.object({ kind: 'ref', num, gen: entry.type === 'used' ? entry.gen : 0 });
    }
    return false;
  } catch (error) {
    if (error instanceof PdfError && error.code === 'PDF_BROKEN') return true;
    throw error;
  }
}

/**
 * In appended revisions any object that no table lists counts. The first revision may hold leftovers of its maker; there it
 * is a second definition behind the one that is listed, which whoever repairs the file would show instead.
 */
function hasUnlistedObject(document: PdfDocument): boolean {
  const listed = new Set<number>();
  for (const { offset, entries } of document.allSections) {
    listed.add(offset);
    for (const entry of entries.values()) if (entry.type === 'used') listed.add(entry.offset);
  }
  const appended = document.revisions.length > 1 ? (document.revisions[0]?.end ?? 0) : document.bytes.length;
  for (const [start, end] of betweenStreams(document)) {
    for (const match of latin1(document.bytes, start, end).matchAll(objectStart)) {
      const at = start + match.index;
      if (listed.has(at)) continue;
      if (at >= appended || comesAfter(at, document.entries.get(Number.parseInt(match[0], 10)))) return true;
    }
  }
  return false;
}

/** Whether what stands at `at` is behind the definition of the same object that counts. */
function comesAfter(at: number, entry: XrefEntry | undefined): boolean {
  return entry !== undefined && entry.type !== 'free' && (entry.type !== 'used' || entry.offset < at);
}

/** What is not the data of a stream, in the order of the file: large files are mostly pictures. */
function betweenStreams(document: PdfDocument): [number, number][] {
  const gaps: [number, number][] = [];
  let from = 0;
  for (const [start, end] of streamSpans(document).toSorted((one, other) => one[0] - other[0])) {
    if (start > from) gaps.push([from, start]);
    from = Math.max(from, end);
  }
  gaps.push([from, document.bytes.length]);
  return gaps;
}
