import type { FileAnomaly } from '#shared/domain/file-anomaly.ts';
import { openEncryption } from '../encryption/open-encryption.ts';
import type { OpenEncryption } from '../encryption/open-encryption.ts';
import { findEncryption } from '../encryption/find-encryption.ts';
import { MAX_DEPTH, MAX_PDF_BYTES, MAX_XREF_ENTRIES, MAX_XREF_SECTIONS } from '../limits.ts';
import { broken, PdfError } from '../pdf-error.ts';
import { Budget } from './budget.ts';
import { decodeStream } from './decode-stream.ts';
import { latin1, ObjectParser } from './object-parser.ts';
import { dictOf, isArray, isDict, isName, isNamed, isRef, isStream } from './objects.ts';
import type { PdfArray, PdfDict, PdfObject, PdfRef, PdfStream } from './objects.ts';
import { repairTriggers } from './repair-triggers.ts';
import { readXrefSection } from './xref-section.ts';
import type { XrefEntry, XrefSection } from './xref-section.ts';

/** One state of the file: everything up to `end`, as saved by one program. */
export interface Revision {
  /** Offset after its `%%EOF` (without a following line end). */
  readonly end: number;
  /** Offset of the cross-reference section that opens it. */
  readonly xrefOffset: number;
}

interface UnpackedStream {
  readonly data: Uint8Array;
  readonly first: number;
  readonly header: readonly (readonly [num: number, offset: number])[];
}

/**
 * What opens an encrypted file: a password, which is empty for files that open without one; or another state of the same
 * file that is open already and must be encrypted in the same way.
 */
export type Access = string | PdfDocument;

const headerPattern = /^%PDF-(\d)\.(\d)/;
const HEADER_WINDOW = 1_024;
const TAIL_WINDOW = 1_024;

/** A PDF as its bytes say, without any repair. Objects are read when asked for. */
export class PdfDocument {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  /** The newest section first. */
  readonly sections: readonly XrefSection[];
  /** With the hidden sections of hybrid files. */
  readonly allSections: readonly XrefSection[];
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDict;
  /** The oldest revision first. */
  readonly revisions: readonly Revision[];
  /** Tolerated deviations: readable, but another program may see the file differently. */
  readonly anomalies: ReadonlySet<FileAnomaly>;
  /** Undefined when the file is not encrypted. */
  readonly encryption: OpenEncryption | undefined;
  /** An object read so far names a key twice, anywhere in it. */
  hasDuplicateKeys = false;
  /**
   * An object stream read so far holds an object twice, which some readers find by its index and some by its number, or
   * is not in the order of its header, for which others refuse it.
   */
  hasOddStream = false;
  readonly #reals = new Set<number>();
  readonly #objects = new Map<number, PdfObject>();
  readonly #loading = new Set<number>();
  readonly #packed = new Map<number, UnpackedStream>();

  /** Use {@link openPdf}. */
  constructor(bytes: Uint8Array, budget: Budget, access: Access | undefined) {
    this.bytes = bytes;
    this.budget = budget;
    const anomalies = new Set<FileAnomaly>();
    const startOffset = lastStartXref(bytes, budget, anomalies);
    const { sections, hybrid } = readSections(bytes, startOffset, budget);
    this.allSections = [...sections, ...hybrid.values()];
    for (const section of this.allSections) for (const note of section.anomalies) anomalies.add(note);
    const newest = sections[0];
    if (!newest) throw broken('cross-reference');
    this.sections = sections;
    this.trailer = newest.trailer;
    this.entries = mergeEntries(sections, hybrid);
    this.revisions = findRevisions(sections, anomalies);
    for (const note of repairTriggers(sections, hybrid)) anomalies.add(note);
    this.anomalies = anomalies;
    this.encryption = this.#openEncryption(access);
  }

  #openEncryption(access: Access | undefined): OpenEncryption | undefined {
    const { bytes, budget, sections, allSections, revisions } = this;
    const isEncrypted = allSections.some(({ trailer }) => trailer.entries.has('Encrypt'));
    if (access === undefined) {
      if (isEncrypted) throw new PdfError('PDF_ENCRYPTED');
      return undefined;
    }
    const openers = new Set(revisions.map(({ xrefOffset }) => xrefOffset));
    const found = findEncryption({ bytes, budget, sections, allSections, openers });
    if (typeof access === 'string') return found && openEncryption(found, access);
    if (found?.identity !== access.encryption?.identity) throw new PdfError('PDF_ENCRYPTION_CHANGED');
    return access.encryption;
  }

  /** `1.4`, `2.0`: of the header, or of the catalog where that says a later one (ISO 32000-2, 7.5.2 and table 29). */
  get version(): string {
    const [, major = '1', minor = '0'] = headerPattern.exec(latin1(this.bytes, 0, 8)) ?? [];
    const header = `${major}.${minor}`;
    const later = this.get(this.catalog, 'Version');
    return isName(later) && /^\d\.\d$/.test(later.name) && later.name > header ? later.name : header;
  }

  /** The document catalog. @throws PdfError PDF_BROKEN */
  get catalog(): PdfDict {
    const catalog = this.get(this.trailer, 'Root');
    if (!isDict(catalog)) throw broken('catalog');
    return catalog;
  }

  /** Follows references until a value; a missing object is null (ISO 32000-2, 7.3.10). */
  resolve(value: PdfObject | undefined): PdfObject {
    let current = value ?? null;
    for (let depth = 0; isRef(current); depth += 1) {
      if (depth > MAX_DEPTH) throw broken('reference loop');
      current = this.object(current);
    }
    return current;
  }

  /** The resolved value of a dictionary entry. */
  get(dictionary: PdfDict, key: string): PdfObject {
    return this.resolve(dictionary.entries.get(key));
  }

  /** The resolved entry when it is a dictionary (or the dictionary of a stream). */
  getDict(dictionary: PdfDict, key: string): PdfDict | undefined {
    return dictOf(this.get(dictionary, key));
  }

  /** The resolved entry when it is an array, else an empty one. */
  getArray(dictionary: PdfDict, key: string): PdfArray {
    const value = this.get(dictionary, key);
    return isArray(value) ? value : [];
  }

  /** Whether the reference has the generation under which its object is listed; true when none is listed. */
  hasGeneration(reference: PdfRef): boolean {
    const entry = this.entries.get(reference.num);
    if (!entry || entry.type === 'free') return true;
    return reference.gen === (entry.type === 'used' ? entry.gen : 0);
  }

  /** A reference to each object that is in use, in the order of the tables. */
  get references(): readonly PdfRef[] {
    return [...this.entries].flatMap(([num, entry]) =>
      entry.type === 'free' ? [] : { kind: 'ref' as const, num, gen: entry.type === 'used' ? entry.gen : 0 },
    );
  }

  /** Whether the value is a whole number that is written as a real one, wherever it stands. */
  isReal(dictionary: PdfDict, key: string): boolean {
    const value = dictionary.entries.get(key);
    if (!isRef(value)) return dictionary.reals?.has(key) === true;
    return typeof this.object(value) === 'number' && this.#reals.has(value.num);
  }

  /** The object a reference names. @throws PdfError PDF_BROKEN when its place holds something else */
  object(reference: PdfRef): PdfObject {
    const entry = this.entries.get(reference.num);
    if (!entry || entry.type === 'free') return null;
    if (entry.type === 'used' ? entry.gen !== reference.gen : reference.gen !== 0) return null;
    const known = this.#objects.get(reference.num);
    if (known !== undefined) return known;
    if (this.#loading.has(reference.num)) throw broken('object loop');
    // Each /Length that stands in an object whose own /Length stands elsewhere: no writer nests them.
    if (this.#loading.size > MAX_DEPTH) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'depth' });
    this.#loading.add(reference.num);
    const value =
      entry.type === 'used' ? this.#load(reference.num, entry.offset, entry.gen) : this.#unpack(reference.num, entry);
    this.#loading.delete(reference.num);
    this.#objects.set(reference.num, value);
    return value;
  }

  /** Where an uncompressed object stands: [start, end) in the file. */
  span(num: number): readonly [start: number, end: number] | undefined {
    const entry = this.entries.get(num);
    if (entry?.type !== 'used') return undefined;
    const parser = new ObjectParser(this.bytes, entry.offset, this.budget);
    return [entry.offset, parser.indirectObject((reference) => this.resolve(reference)).end];
  }

  #load(num: number, offset: number, gen: number): PdfObject {
    if (offset >= this.bytes.length) throw broken('object offset', offset);
    const parser = new ObjectParser(this.bytes, offset, this.budget);
    const object = parser.indirectObject((reference) => this.resolve(reference));
    if (parser.sawDuplicateKey) this.hasDuplicateKeys = true;
    if (object.num !== num || object.gen !== gen) throw broken('object number', offset);
    if (parser.wasReal && Number.isInteger(object.value)) this.#reals.add(num);
    return this.encryption ? this.#decrypted(object.value, { kind: 'ref', num, gen }, offset) : object.value;
  }

  /** Neither the dictionary of the encryption nor a cross-reference stream is encrypted (ISO 32000-2, 7.5.8.2). */
  #decrypted(value: PdfObject, reference: PdfRef, offset: number): PdfObject {
    if (!this.encryption || reference.num === this.encryption.num) return value;
    if (!isStream(value) || !isNamed(value.dict.entries.get('Type'), 'XRef')) {
      return this.encryption.cipher.open(value, reference, this.budget);
    }
    // Some viewers go by the type alone, others by the place: elsewhere it would be two different things.
    const isSection = this.allSections.some((section) => offset - section.offset >= 0 && offset - section.offset <= 2);
    if (!isSection) throw broken('cross-reference stream in use', offset);
    return { ...value, sealed: { bytes: value.raw, owner: `${reference.num} ${reference.gen}`, exempt: true } };
  }

  #unpack(num: number, entry: { stream: number; index: number }): PdfObject {
    const stream = this.#packed.get(entry.stream) ?? this.#openObjectStream(entry.stream);
    const place = stream.header[entry.index];
    if (place?.[0] !== num) throw broken('object stream index');
    const parser = new ObjectParser(stream.data, stream.first + place[1], this.budget);
    const value = parser.object();
    const next = stream.header[entry.index + 1]?.[1];
    if (next !== undefined && parser.position > stream.first + next) this.hasOddStream = true;
    if (parser.sawDuplicateKey) this.hasDuplicateKeys = true;
    if (parser.wasReal && Number.isInteger(value)) this.#reals.add(num);
    return value;
  }

  #openObjectStream(num: number): UnpackedStream {
    if (this.entries.get(num)?.type !== 'used') throw broken('object stream place');
    const stream = this.object({ kind: 'ref', num, gen: 0 });
    if (!isStream(stream) || !isNamed(stream.dict.entries.get('Type'), 'ObjStm')) throw broken('object stream');
    const opened = openObjectStream(stream, this);
    const { header } = opened;
    const isTwice = new Set(header.map(([object]) => object)).size < header.length;
    if (isTwice || header.some(([, place], i) => place < (header[i - 1]?.[1] ?? 0))) this.hasOddStream = true;
    this.#packed.set(num, opened);
    return opened;
  }
}

/** The data of an object stream and what its header lists (ISO 32000-2, 7.5.7). @throws PdfError PDF_BROKEN, PDF_TOO_COMPLEX */
export function openObjectStream(stream: PdfStream, document: PdfDocument): UnpackedStream {
  const count = document.get(stream.dict, 'N');
  const first = document.get(stream.dict, 'First');
  if (typeof count !== 'number' || typeof first !== 'number' || count > MAX_XREF_ENTRIES || !(first >= 0)) {
    throw broken('object stream');
  }
  const data = decodeStream(stream, document.budget, (value) => document.resolve(value));
  const parser = new ObjectParser(data, 0, document.budget);
  const header = Array.from({ length: Math.max(0, count) }, () => {
    document.budget.step();
    return [parser.integer(), parser.integer()] as const;
  });
  return { data, first, header };
}

/**
 * Opens a PDF strictly.
 * @param access without it, encrypted files are refused
 * @throws PdfError PDF_EMPTY, PDF_NOT_PDF, PDF_TOO_LARGE, PDF_BROKEN, PDF_TOO_COMPLEX, PDF_ENCRYPTED, PDF_PASSWORD_WRONG,
 *   PDF_ENCRYPTION_UNSUPPORTED, PDF_ENCRYPTION_CHANGED
 */
export function openPdf(bytes: Uint8Array, budget: Budget = new Budget(), access?: Access): PdfDocument {
  checkHeader(bytes);
  return new PdfDocument(bytes, budget, access);
}

/** @throws PdfError PDF_EMPTY, PDF_NOT_PDF, PDF_TOO_LARGE, PDF_BROKEN */
export function checkHeader(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new PdfError('PDF_EMPTY');
  if (bytes.length > MAX_PDF_BYTES) {
    throw new PdfError('PDF_TOO_LARGE', { bytes: bytes.length, limit: MAX_PDF_BYTES });
  }
  if (headerPattern.test(latin1(bytes, 0, 8))) return;
  if (latin1(bytes, 0, Math.min(bytes.length, HEADER_WINDOW)).includes('%PDF-')) throw broken('header', 0);
  throw new PdfError('PDF_NOT_PDF');
}

function lastStartXref(bytes: Uint8Array, budget: Budget, anomalies: Set<FileAnomaly>): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf('startxref');
  if (at < 0) throw broken('startxref');
  // Viewers look for it in the last kilobyte only, and repair the file when it is not there.
  if (bytes.length - at > TAIL_WINDOW) anomalies.add('STARTXREF_FAR');
  return new ObjectParser(bytes, at + 'startxref'.length, budget).integer();
}

function readSections(
  bytes: Uint8Array,
  start: number,
  budget: Budget,
): { sections: XrefSection[]; hybrid: Map<XrefSection, XrefSection> } {
  const sections: XrefSection[] = [];
  const hybrid = new Map<XrefSection, XrefSection>();
  const seen = new Set<number>();
  let offset: number | undefined = start;
  let entries = 0;
  const read = (at: number): XrefSection => {
    if (seen.has(at)) throw broken('cross-reference loop', at);
    if (seen.size >= MAX_XREF_SECTIONS) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'revisions' });
    seen.add(at);
    const section = readXrefSection(bytes, at, budget);
    entries += section.entries.size;
    if (entries > MAX_XREF_ENTRIES) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'objects' });
    return section;
  };
  while (offset !== undefined) {
    const section = read(offset);
    sections.push(section);
    const extra = offsetEntry(section.trailer, 'XRefStm');
    if (extra !== undefined && section.kind === 'table') hybrid.set(section, read(extra));
    offset = offsetEntry(section.trailer, 'Prev');
  }
  return { sections, hybrid };
}

function offsetEntry(trailer: PdfDict, key: string): number | undefined {
  const value = trailer.entries.get(key);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw broken(`trailer ${key}`);
  return value;
}

function mergeEntries(
  sections: readonly XrefSection[],
  hybrid: ReadonlyMap<XrefSection, XrefSection>,
): Map<number, XrefEntry> {
  const merged = new Map<number, XrefEntry>();
  for (const section of sections.toReversed()) {
    // In a hybrid file the table hides as "free" what the stream then shows (ISO 32000-2, 7.5.8.4).
    const extra = hybrid.get(section);
    if (extra) for (const [num, entry] of extra.entries) merged.set(num, entry);
    for (const [num, entry] of section.entries) {
      if (entry.type !== 'free' || !extra?.entries.has(num)) merged.set(num, entry);
    }
  }
  return merged;
}

/** Whether `section` is the main part of a linearized file whose first-page part is `front`. */
function isRest(section: XrefSection, front: XrefSection): boolean {
  return section.marker === front.offset && section.eof !== undefined && section.offset > front.offset;
}

/**
 * A revision ends at the `%%EOF` after a `startxref` that names a section of the chain. In a linearized file the first
 * section stands at the front and is named by the marker after the second, so both belong to one revision.
 */
function findRevisions(sections: readonly XrefSection[], anomalies: Set<FileAnomaly>): Revision[] {
  const revisions: Revision[] = [];
  let opened: XrefSection | undefined;
  for (const section of sections) {
    if (section.marker === section.offset && section.eof !== undefined) {
      if (opened) anomalies.add('REVISION_CHAIN');
      revisions.push({ end: section.eof, xrefOffset: section.offset });
    } else if (opened && isRest(section, opened)) {
      revisions.push({ end: section.eof ?? 0, xrefOffset: opened.offset });
      opened = undefined;
    } else if (!opened && (section.marker ?? 0) === 0) {
      opened = section;
    } else {
      anomalies.add('REVISION_CHAIN');
    }
  }
  if (opened) anomalies.add('REVISION_CHAIN');
  const ordered = revisions.toReversed();
  let previousEnd = 0;
  for (const revision of ordered) {
    if (revision.end <= previousEnd) anomalies.add('REVISION_ORDER');
    previousEnd = revision.end;
  }
  return ordered;
}
