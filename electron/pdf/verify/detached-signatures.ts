import { PdfError } from '../pdf-error.ts';
import { openPdf } from '../syntax/document.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isDict, isRef, isStream } from '../syntax/objects.ts';
import type { PdfObject } from '../syntax/objects.ts';
import { signatureMarks } from './byte-range.ts';
import { objectOfValue, readFields, signedFields } from './signature-fields.ts';
import type { FormField } from './signature-fields.ts';

type Span = readonly [start: number, end: number];

/**
 * Whether the file holds signatures that no field of its form leads to. Who changes a page and takes the broken
 * signature's field away would otherwise leave a document that looks signed by himself alone: a signature field of an
 * earlier revision must still be there (ISO 32000-2, 12.8.2.2: no change allows removing one). The usage rights of
 * Adobe's programs (/Perms /UR3, 12.8.2.3) belong to no field, and `/ByteRange` may stand in texts and page contents.
 * @param fields the signed fields of the newest revision
 * @returns `removed` when an earlier revision has a field for it, `orphan` when no revision has
 */
export function detachedSignatures(
  document: PdfDocument,
  fields: readonly FormField[],
): 'removed' | 'orphan' | undefined {
  const marks = signatureMarks(document.bytes);
  const spans = spansOf(document, fields.map(objectOfValue));
  const left = marks.filter((mark) => !spans.some(covers(mark)));
  let orphan = false;
  for (const revision of document.revisions) {
    const inside = left.filter((mark) => mark < revision.end);
    if (inside.length === 0) continue;
    const then = revision === document.revisions.at(-1) ? document : openRevision(document, revision.end);
    const removed = then && spansOf(then, signedFields(readFields(then), then).map(objectOfValue));
    if (removed && inside.some((mark) => removed.some(covers(mark)))) return 'removed';
    const harmless = then ? harmlessSpans(then, inside) : [];
    for (const mark of inside) {
      left.splice(left.indexOf(mark), 1);
      if (!harmless.some(covers(mark))) orphan = true;
    }
  }
  return orphan || left.length > 0 ? 'orphan' : undefined;
}

const covers =
  (mark: number) =>
  ([start, end]: Span): boolean =>
    mark >= start && mark < end;

function openRevision(document: PdfDocument, end: number): PdfDocument | undefined {
  try {
    return openPdf(document.bytes.subarray(0, end), document.budget, document);
  } catch (error) {
    if (error instanceof PdfError && error.code === 'PDF_BROKEN') return undefined;
    throw error;
  }
}

function spansOf(document: PdfDocument, numbers: readonly number[]): Span[] {
  return numbers.flatMap((num) => {
    const span = document.span(num);
    return span ? [span] : [];
  });
}

/** Objects around the marks that are no signatures: `/ByteRange` stands in their text or data, or means usage rights. */
function harmlessSpans(document: PdfDocument, marks: readonly number[]): Span[] {
  const permissions = document.getDict(document.catalog, 'Perms');
  const rights = ['UR3', 'UR'].map((key) => permissions?.entries.get(key)).filter(isRef);
  const spans: Span[] = [];
  // From the last object on: the one that begins nearest before a mark is the one around it.
  const places = [...document.entries].flatMap(([num, entry]) =>
    entry.type === 'used' ? [{ num, offset: entry.offset, gen: entry.gen }] : [],
  );
  places.sort((a, b) => a.offset - b.offset);
  for (const mark of marks) {
    const place = places.findLast(({ offset }) => offset <= mark);
    if (!place) continue;
    const span = document.span(place.num);
    const value = document.resolve({ kind: 'ref', num: place.num, gen: place.gen });
    if (span && (rights.some(({ num }) => num === place.num) || !namesByteRange(value))) spans.push(span);
  }
  return spans;
}

function namesByteRange(value: PdfObject): boolean {
  if (isArray(value)) return value.some(namesByteRange);
  const dictionary = isStream(value) ? value.dict : isDict(value) ? value : undefined;
  return (
    dictionary !== undefined &&
    [...dictionary.entries].some(([key, item]) => key === 'ByteRange' || namesByteRange(item))
  );
}
