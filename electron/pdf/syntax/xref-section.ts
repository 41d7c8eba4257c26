import type { FileAnomaly } from '#shared/domain/file-anomaly.ts';
import { MAX_XREF_ENTRIES } from '../limits.ts';
import { broken, PdfError } from '../pdf-error.ts';
import type { Budget } from './budget.ts';
import { decodeStream } from './decode-stream.ts';
import { latin1, ObjectParser } from './object-parser.ts';
import { isArray, isNamed, isStream } from './objects.ts';
import type { PdfDict, PdfObject, PdfStream } from './objects.ts';

export type XrefEntry =
  | { readonly type: 'free' }
  | { readonly type: 'used'; readonly offset: number; readonly gen: number }
  | { readonly type: 'packed'; readonly stream: number; readonly index: number };

/** One cross-reference section (ISO 32000-2, 7.5.4 and 7.5.8) with the trailer that belongs to it. */
export interface XrefSection {
  readonly offset: number;
  readonly kind: 'table' | 'stream';
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDict;
  /** Number after the `startxref` that directly follows; undefined when none follows. */
  readonly marker: number | undefined;
  /** Offset after the `%%EOF` that follows the marker. */
  readonly eof: number | undefined;
  /** Tolerated deviations from the standard. */
  readonly anomalies: readonly FileAnomaly[];
}

const freeEntry: XrefEntry = { type: 'free' };
const ENTRY_LENGTH = 20;
const tableEntryPattern = /^(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)$/;

/** Reads the section at `offset`. @throws PdfError PDF_BROKEN, PDF_TOO_COMPLEX */
export function readXrefSection(bytes: Uint8Array, offset: number, budget: Budget): XrefSection {
  if (offset >= bytes.length) throw broken('cross-reference offset', offset);
  const parser = new ObjectParser(bytes, offset, budget);
  const anomalies: FileAnomaly[] = [];
  parser.skipBlank();
  // Every viewer skips the line end before the table, where @signpdf and others let startxref point.
  if (!isLineEnd(latin1(bytes, offset, parser.position))) anomalies.push('XREF_OFFSET');
  const start = parser.position;
  const isTable = parser.takeKeyword('xref');
  parser.position = isTable ? parser.position : start;
  const body = isTable ? readTable(bytes, parser, budget, anomalies) : readStream(parser, budget, anomalies);
  const end = readEnd(parser);
  return { offset, kind: isTable ? 'table' : 'stream', ...body, ...end, anomalies };
}

function isLineEnd(text: string): boolean {
  return text === '' || text === '\n' || text === '\r' || text === '\r\n';
}

interface SectionBody {
  readonly entries: Map<number, XrefEntry>;
  readonly trailer: PdfDict;
}

function readTable(bytes: Uint8Array, parser: ObjectParser, budget: Budget, anomalies: FileAnomaly[]): SectionBody {
  const entries = new Map<number, XrefEntry>();
  for (;;) {
    parser.skipSpace();
    if (parser.takeKeyword('trailer')) break;
    const first = parser.integer();
    const count = parser.integer();
    checkCount(first, count);
    parser.skipSpace();
    for (let i = 0; i < count; i += 1) {
      budget.step();
      addEntry(entries, first + i, readTableEntry(bytes, parser, anomalies), anomalies);
    }
    // Old writers began at 1 with the row of object 0; pdf.js and others therefore shift such a subsection by one.
    if (first === 1 && entries.get(1)?.type === 'free') anomalies.push('XREF_SUBSECTION');
    budget.checkTime();
  }
  parser.skipSpace();
  parser.sawRealNumber = false;
  const trailer = parser.dictionary();
  noteTrailer(parser, anomalies);
  return { entries, trailer };
}

/** Viewers that want integers take a real one for damage; a key named twice is read one way or the other. */
function noteTrailer(parser: ObjectParser, anomalies: FileAnomaly[]): void {
  if (parser.sawRealNumber) anomalies.push('TRAILER_NUMBER');
  if (parser.sawDuplicateKey) anomalies.push('DUPLICATE_KEY');
}

function readTableEntry(bytes: Uint8Array, parser: ObjectParser, anomalies: FileAnomaly[]): XrefEntry {
  const match = tableEntryPattern.exec(latin1(bytes, parser.position, parser.position + ENTRY_LENGTH));
  if (match) {
    parser.position += ENTRY_LENGTH;
    return tableEntry(Number(match[1]), Number(match[2]), match[3] === 'n', anomalies);
  }
  if (!anomalies.includes('XREF_ENTRY')) anomalies.push('XREF_ENTRY');
  const offset = parser.integer();
  const gen = parser.integer();
  parser.skipSpace();
  const used = parser.takeKeyword('n');
  if (!used && !parser.takeKeyword('f')) throw broken('cross-reference entry', parser.position);
  return tableEntry(offset, gen, used, anomalies);
}

function tableEntry(offset: number, gen: number, used: boolean, anomalies: FileAnomaly[]): XrefEntry {
  if (used && offset === 0 && !anomalies.includes('XREF_OFFSET_ZERO')) anomalies.push('XREF_OFFSET_ZERO');
  return used && offset > 0 ? { type: 'used', offset, gen } : freeEntry;
}

/** One object at two places in one section: some readers take the first, some the last. */
function addEntry(entries: Map<number, XrefEntry>, num: number, entry: XrefEntry, anomalies: FileAnomaly[]): void {
  if (entries.has(num) && !anomalies.includes('XREF_DUPLICATE')) anomalies.push('XREF_DUPLICATE');
  entries.set(num, entry);
}

function checkCount(first: number, count: number): void {
  if (first + count > MAX_XREF_ENTRIES) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'objects' });
}

function readStream(parser: ObjectParser, budget: Budget, anomalies: FileAnomaly[]): SectionBody {
  const { value } = parser.indirectObject(() => {
    throw broken('indirect length of a cross-reference stream');
  });
  if (!isStream(value) || !isNamed(value.dict.entries.get('Type'), 'XRef')) throw broken('cross-reference stream');
  noteTrailer(parser, anomalies);
  return { entries: readStreamEntries(value, budget, anomalies), trailer: value.dict };
}

function readStreamEntries(stream: PdfStream, budget: Budget, anomalies: FileAnomaly[]): Map<number, XrefEntry> {
  const direct = (value: PdfObject | undefined): PdfObject => value ?? null;
  const data = decodeStream(stream, budget, direct);
  const [typeWidth, secondWidth, thirdWidth] = integers(stream.dict.entries.get('W'), 'W');
  // Other readers refuse a row of two fields, or half a subsection, and repair (ISO 32000-2, table 17).
  if (typeWidth === undefined || secondWidth === undefined || thirdWidth === undefined) {
    throw broken('cross-reference widths');
  }
  const rowWidth = typeWidth + secondWidth + thirdWidth;
  if (secondWidth === 0 || Math.max(typeWidth, secondWidth, thirdWidth) > 6) throw broken('cross-reference widths');
  const index = integers(stream.dict.entries.get('Index') ?? [0, stream.dict.entries.get('Size') ?? 0], 'Index');
  if (index.length % 2 !== 0) throw broken('cross-reference Index');
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  for (let i = 0; i + 1 < index.length; i += 2) {
    const first = index[i] ?? 0;
    const count = index[i + 1] ?? 0;
    checkCount(first, count);
    for (let j = 0; j < count; j += 1) {
      if (at + rowWidth > data.length) throw broken('cross-reference stream too short');
      const type = typeWidth === 0 ? 1 : bigEndian(data, at, typeWidth);
      const second = bigEndian(data, at + typeWidth, secondWidth);
      const third = bigEndian(data, at + typeWidth + secondWidth, thirdWidth);
      budget.step();
      if (type === 1 && second === 0 && !anomalies.includes('XREF_OFFSET_ZERO')) anomalies.push('XREF_OFFSET_ZERO');
      // Null by the standard; some readers then distrust the whole table (ISO 32000-2, 7.5.8.3).
      if (type > 2 && !anomalies.includes('XREF_ENTRY')) anomalies.push('XREF_ENTRY');
      addEntry(entries, first + j, streamEntry(type, second, third), anomalies);
      at += rowWidth;
    }
  }
  return entries;
}

function streamEntry(type: number, second: number, third: number): XrefEntry {
  if (type === 1 && second > 0) return { type: 'used', offset: second, gen: third };
  return type === 2 ? { type: 'packed', stream: second, index: third } : freeEntry;
}

function integers(value: PdfObject | undefined, what: string): number[] {
  if (!isArray(value)) throw broken(`cross-reference ${what}`);
  return value.map((item) => {
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0) throw broken(`cross-reference ${what}`);
    return item;
  });
}

function bigEndian(data: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i += 1) value = value * 256 + (data[at + i] ?? 0);
  return value;
}

/** Comments may stand before `startxref`: iText, PDF-XChange and ExifTool write their name there (ISO 32000-2, 7.2.4). */
function readEnd(parser: ObjectParser): { marker: number | undefined; eof: number | undefined } {
  parser.skipBlank();
  while (parser.at('%') && !parser.at('%%EOF')) parser.skipComment();
  if (!parser.takeKeyword('startxref')) return { marker: undefined, eof: undefined };
  const marker = parser.integer();
  parser.skipBlank();
  return { marker, eof: parser.take('%%EOF') ? parser.position : undefined };
}
