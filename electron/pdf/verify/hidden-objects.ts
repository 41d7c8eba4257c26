import type { FileAnomaly } from '#shared/domain/file-anomaly.ts';
import { PdfError } from '../pdf-error.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { latin1 } from '../syntax/object-parser.ts';
import { dictOf, isArray, isRef } from '../syntax/objects.ts';
import type { PdfObject } from '../syntax/objects.ts';
import { strangeParts } from './appended-parts.ts';
import { streamSpans } from './byte-range.ts';

/** What stands before `obj`. */
const objectHead = /(\d+)[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+$/;
const LONGEST_HEAD = 40;

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
  if (document.hasOddStream) notes.push('OBJECT_STREAM');
  if (hasReferenceChain(document)) notes.push('REFERENCE_CHAIN');
  if (hasTakenBack(document)) notes.push('OBJECT_TAKEN_BACK');
  if (hasUnlistedObject(document)) return [...notes, 'OBJECT_UNLISTED'];
  return [...notes, ...strangeParts(document)];
}

/**
 * An object of which a later definition was listed once, and counts no more: whatever makes a reader gather the objects by
 * itself (hybrid files do that to some) shows it. Programs write what they change anew and never go back.
 */
function hasTakenBack(document: PdfDocument): boolean {
  const latest = new Map<number, number>();
  const note = (num: number, place: number): void => {
    latest.set(num, Math.max(place, latest.get(num) ?? 0));
  };
  for (const { entries } of document.allSections) {
    for (const [num, entry] of entries) if (entry.type === 'used') note(num, entry.offset);
  }
  const packed = document.allSections.flatMap(({ entries }) =>
    [...entries].flatMap(([num, entry]) =>
      entry.type === 'packed' ? [[num, latest.get(entry.stream) ?? 0] as const] : [],
    ),
  );
  for (const [num, place] of packed) note(num, place);
  return [...document.entries].some(
    ([num, { type }]) => type !== 'free' && placeOf(document, num) < (latest.get(num) ?? 0),
  );
}

/** An object that is nothing but a reference: some readers follow on, to others it is not there (ISO 32000-2, 7.3.10). */
function hasReferenceChain(document: PdfDocument): boolean {
  return document.references.some((reference) => isRef(document.object(reference)));
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
  return document.references.some((reference) => wrong(document.object(reference))) || wrong(document.trailer);
}

function hasUnreadableObject(document: PdfDocument): boolean {
  try {
    for (const reference of document.references) document.object(reference);
    return false;
  } catch (error) {
    if (error instanceof PdfError && error.code === 'PDF_BROKEN') return true;
    throw error;
  }
}

/**
 * The first revision may hold leftovers, which were there when it was signed; but a second definition behind the one that
 * counts was put there to be found. Appended revisions hold nothing that they do not list.
 */
function hasUnlistedObject(document: PdfDocument): boolean {
  const [first] = document.revisions;
  if (!first) return false;
  const listed = new Set<number>();
  for (const { offset, entries } of document.allSections) {
    listed.add(offset);
    for (const entry of entries.values()) if (entry.type === 'used') listed.add(entry.offset);
  }
  const suspects = objectStarts(document.bytes).filter(
    ({ at, num }) => !listed.has(at) && (at >= first.end || at > placeOf(document, num)),
  );
  if (suspects.length === 0) return false;
  const streams = streamSpans(document);
  return suspects.some(({ at }) => !streams.some(([start, end]) => at >= start && at < end));
}

/** Where the object that counts stands, or the stream that it is in; beyond the file for one that is not in use. */
function placeOf(document: PdfDocument, num: number): number {
  const entry = document.entries.get(num);
  const place = entry?.type === 'packed' ? document.entries.get(entry.stream) : entry;
  return place?.type === 'used' ? place.offset : document.bytes.length;
}

interface ObjectStart {
  readonly at: number;
  readonly num: number;
}

/** Every place where `num gen obj` stands, in data and texts too. */
function objectStarts(bytes: Uint8Array): ObjectStart[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const starts: ObjectStart[] = [];
  for (let at = buffer.indexOf('obj'); at >= 0; at = buffer.indexOf('obj', at + 3)) {
    const match = objectHead.exec(latin1(bytes, Math.max(0, at - LONGEST_HEAD), at));
    if (match) starts.push({ at: at - match[0].length, num: Number(match[1]) });
  }
  return starts;
}
