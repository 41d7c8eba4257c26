import type { PdfDocument } from '../syntax/document.ts';
import { latin1 } from '../syntax/object-parser.ts';
import { isArray, isRef, isString } from '../syntax/objects.ts';
import type { PdfDict, PdfObject } from '../syntax/objects.ts';

export interface SignedRange {
  /** Lengths and offsets as in /ByteRange: [0, before), [after, end). */
  readonly before: number;
  readonly after: number;
  readonly end: number;
  /** The decoded /Contents with its padding. */
  readonly contents: Uint8Array;
}

const LONGEST_INT = Number.MAX_SAFE_INTEGER;

/**
 * Checks the structure of a signature before any cryptography: exactly four integers that start at byte 0 and leave
 * out nothing but the one hexadecimal string which is this dictionary's own /Contents (ISO 32000-2, 12.8.1).
 * @param place span of the signature dictionary's object in the file
 * @returns the range, or a technical hint at what is wrong
 */
export function checkByteRange(
  document: PdfDocument,
  signature: PdfDict,
  place: readonly [number, number],
): SignedRange | string {
  if (signature.ambiguous) return 'duplicate key';
  const range = integers(signature.entries.get('ByteRange'));
  if (!range) return 'ByteRange';
  const [first, before, after, length] = range;
  const end = after + length;
  if (first !== 0 || before <= 0 || after <= before || length <= 0 || end > document.bytes.length) {
    return 'ByteRange values';
  }
  const contents = signature.entries.get('Contents');
  if (!isString(contents) || !contents.hex || contents.bytes.length === 0) return 'Contents';
  if (before <= place[0] || after >= place[1]) return 'gap outside the signature';
  const gap = latin1(document.bytes, before, after);
  if (!/^<[0-9A-Fa-f]+>$/.test(gap)) return 'gap is not one hex string';
  if (!/\/Contents[\0\t\n\f\r ]*$/.test(latin1(document.bytes, Math.max(place[0], before - 32), before))) {
    return 'gap is not Contents';
  }
  if (Buffer.from(gap.slice(1, -1), 'hex').compare(contents.bytes) !== 0) return 'gap differs from Contents';
  return { before, after, end, contents: contents.bytes };
}

function integers(value: PdfObject | undefined): [number, number, number, number] | undefined {
  if (!isArray(value) || value.length !== 4) return undefined;
  const numbers = value.filter(
    (item): item is number => typeof item === 'number' && Number.isInteger(item) && item >= 0 && item <= LONGEST_INT,
  );
  const [a, b, c, d] = numbers;
  return numbers.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined
    ? undefined
    : [a, b, c, d];
}

/** Whether only line ends stand in [start, end). */
export function onlyLineEnds(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if (bytes[i] !== 0x0a && bytes[i] !== 0x0d) return false;
  return true;
}

/**
 * What stands after the last `%%EOF`: nothing but line ends; padding, white space as file systems and faxes fill blocks
 * with (ISO 32000-2, table 1), which no reader shows; or something foreign.
 */
export function tailOf(bytes: Uint8Array, start: number): 'clean' | 'padding' | 'foreign' {
  if (onlyLineEnds(bytes, start, bytes.length)) return 'clean';
  return bytes.subarray(start).every((byte) => byte === 0x20 || byte === 0 || byte === 0x0a || byte === 0x0d)
    ? 'padding'
    : 'foreign';
}

/** The end of the revision that a range ending at `end` covers completely; undefined when it covers none. */
export function coveredRevision(document: PdfDocument, end: number): number | undefined {
  const revision = document.revisions.findLast((candidate) => candidate.end <= end);
  return revision && onlyLineEnds(document.bytes, revision.end, end) ? revision.end : undefined;
}

/** Offsets of the text `/ByteRange` anywhere in the file, at most a thousand. */
export function signatureMarks(bytes: Uint8Array): number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const marks: number[] = [];
  for (
    let at = buffer.indexOf('/ByteRange');
    at >= 0 && marks.length < 1000;
    at = buffer.indexOf('/ByteRange', at + 1)
  ) {
    marks.push(at);
  }
  return marks;
}

/** Where the data of live streams stands: text in there is content, not structure. */
export function streamSpans(document: PdfDocument): [number, number][] {
  const spans: [number, number][] = [];
  for (const [num, entry] of document.entries) {
    if (entry.type !== 'used') continue;
    const value = document.resolve({ kind: 'ref', num, gen: entry.gen });
    if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'stream' && !isRef(value)) {
      const { byteOffset, length } = value.sealed?.bytes ?? value.raw;
      const start = byteOffset - document.bytes.byteOffset;
      spans.push([start, start + length]);
    }
  }
  return spans;
}
