import type { FileAnomaly } from '#shared/domain/file-anomaly.ts';
import { PdfError } from '../pdf-error.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { latin1 } from '../syntax/object-parser.ts';
import { dictOf, isArray, isRef } from '../syntax/objects.ts';
import type { PdfObject } from '../syntax/objects.ts';
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
  return hasUnlistedObject(document) ? [...notes, 'OBJECT_UNLISTED'] : notes;
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

/** Looks at appended revisions only: the first one may hold leftovers, but they were there when it was signed. */
function hasUnlistedObject(document: PdfDocument): boolean {
  const [first] = document.revisions;
  if (!first || document.revisions.length === 1) return false;
  const listed = new Set<number>();
  for (const { offset, entries } of document.allSections) {
    listed.add(offset);
    for (const entry of entries.values()) if (entry.type === 'used') listed.add(entry.offset);
  }
  const text = latin1(document.bytes, first.end);
  const suspects = [...text.matchAll(objectStart)]
    .map((match) => first.end + match.index)
    .filter((at) => !listed.has(at));
  if (suspects.length === 0) return false;
  const streams = streamSpans(document);
  return suspects.some((at) => !streams.some(([start, end]) => at >= start && at < end));
}
