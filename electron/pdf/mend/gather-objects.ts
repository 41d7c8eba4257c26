import { MAX_DEPTH, MAX_XREF_ENTRIES } from '../limits.ts';
import { broken, PdfError } from '../pdf-error.ts';
import { Budget } from '../syntax/budget.ts';
import { decodeStream } from '../syntax/decode-stream.ts';
import { openPdf } from '../syntax/document.ts';
import { dictOf, isDict, isNamed, isRef, isStream, ref } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef, PdfStream } from '../syntax/objects.ts';
import { writeObject } from '../syntax/write-object.ts';
import { type DoubleKeys, SalvageParser } from './salvage-parser.ts';

/** The objects of a file by their numbers; generations are of no more use once the file is written anew. */
export interface GatheredObjects {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly trailer: PdfDict;
}

/**
 * The objects that the cross-reference lists, each read as far as it can be.
 * @throws PdfError PDF_BROKEN when there is no list that can be followed, PDF_ENCRYPTED, PDF_TOO_COMPLEX
 */
export function gatherListed(bytes: Uint8Array, keys: DoubleKeys = 'last'): GatheredObjects {
  const budget = new Budget();
  const document = openPdf(bytes, budget);
  const places = new Map<number, number>();
  for (const [num, entry] of document.entries) if (entry.type === 'used') places.set(num, entry.offset);
  const read = { bytes, budget, keys };
  const objects = readPlaces(read, places);
  const unpacked = new Map<number, ReadonlyMap<number, PdfObject>>();
  for (const [num, entry] of document.entries) {
    if (entry.type !== 'packed') continue;
    const stream = objects.get(entry.stream);
    const inside = unpacked.get(entry.stream) ?? (isStream(stream) ? unpack(read, stream, objects) : noObjects);
    unpacked.set(entry.stream, inside);
    const value = inside.get(num);
    if (value !== undefined) objects.set(num, value);
  }
  return { objects, trailer: document.trailer };
}

/**
 * Every object whose beginning is found in the file, the last of each number: what viewers gather from a file whose
 * cross-reference leads nowhere.
 * @throws PdfError PDF_BROKEN when no catalog is found, PDF_ENCRYPTED, PDF_TOO_COMPLEX
 */
export function gatherScanned(bytes: Uint8Array, keys: DoubleKeys = 'last'): GatheredObjects {
  const budget = new Budget();
  const read = { bytes, budget, keys };
  // Once more with the lengths that stand elsewhere: a file inside of this one is data, not objects.
  const lengths = lengthsAt(read, scan(bytes, budget, () => null).places);
  const { places, trailers } = scan(bytes, budget, lengths);
  const objects = readPlaces(read, places);
  const resolve = (value: PdfObject | undefined) => follow(objects, value);
  const byPlace = [...places].toSorted(([, a], [, b]) => a - b);
  for (const [num, place] of byPlace) {
    const value = objects.get(num);
    if (!isStream(value)) continue;
    const type = value.dict.entries.get('Type');
    if (isNamed(type, 'XRef')) trailers.push({ at: place, dict: value.dict });
    if (!isNamed(type, 'ObjStm')) continue;
    for (const [packed, item] of unpack(read, value, objects)) {
      // One that stands for itself further on is the newer.
      if ((places.get(packed) ?? -1) < place) objects.set(packed, item);
    }
  }
  if (trailers.some(({ dict }) => dict.entries.has('Encrypt'))) throw new PdfError('PDF_ENCRYPTED');
  trailers.sort((a, b) => a.at - b.at);
  const isCatalog = (value: PdfObject | undefined): boolean => dictOf(resolve(value))?.entries.has('Pages') === true;
  const named = trailers.findLast(({ dict }) => isCatalog(dict.entries.get('Root')));
  if (named) return { objects, trailer: named.dict };
  const found = byPlace.findLast(([num]) => isNamed(dictOf(objects.get(num))?.entries.get('Type'), 'Catalog'));
  if (!found) throw broken('catalog');
  return { objects, trailer: { kind: 'dict', entries: new Map([['Root', ref(found[0])]]), ambiguous: false } };
}

/**
 * Whether an object is one thing by the table and another by what stands last in the file: some viewers would show the one,
 * some the other, and of pictures and fonts nothing else tells.
 */
export function contradict(listed: GatheredObjects, scanned: GatheredObjects): boolean {
  return [...listed.objects].some(([num, value]) => {
    const last = scanned.objects.get(num);
    return last !== undefined && last !== value && Buffer.compare(writeObject(value), writeObject(last)) !== 0;
  });
}

/** The value behind references; null where one leads nowhere or round in a circle. */
export function follow(objects: ReadonlyMap<number, PdfObject>, value: PdfObject | undefined): PdfObject {
  let current = value ?? null;
  for (let depth = 0; isRef(current); depth += 1) {
    if (depth > MAX_DEPTH) return null;
    current = objects.get(current.num) ?? null;
  }
  return current;
}

interface Read {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  readonly keys: DoubleKeys;
}

const noObjects: ReadonlyMap<number, PdfObject> = new Map();

type LengthOf = (reference: PdfRef) => PdfObject;

function objectAt({ bytes, budget, keys }: Read, place: number | undefined, lengthOf: LengthOf) {
  if (place === undefined || place >= bytes.length) return undefined;
  return ifWhole(() => new SalvageParser(bytes, place, budget, keys).indirectObject(lengthOf));
}

/** Lengths that are objects of their own; whatever is no number there is none. */
function lengthsAt(read: Read, places: ReadonlyMap<number, number>): LengthOf {
  return ({ num }) => {
    const found = objectAt(read, places.get(num), () => null);
    return found?.num === num && typeof found.value === 'number' ? found.value : null;
  };
}

function readPlaces(read: Read, places: ReadonlyMap<number, number>): Map<number, PdfObject> {
  const lengthOf = lengthsAt(read, places);
  const objects = new Map<number, PdfObject>();
  for (const [num, place] of places) {
    const found = objectAt(read, place, lengthOf);
    if (found?.num === num) objects.set(num, found.value);
  }
  return objects;
}

interface Scanned {
  readonly places: Map<number, number>;
  readonly trailers: { readonly at: number; readonly dict: PdfDict }[];
}

function scan(bytes: Uint8Array, budget: Budget, lengthOf: LengthOf): Scanned {
  const places = new Map<number, number>();
  const trailers: Scanned['trailers'] = [];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let nextTrailer = buffer.indexOf('trailer');
  for (let at = 0; ;) {
    budget.step();
    const mark = buffer.indexOf('obj', at);
    if (nextTrailer >= 0 && nextTrailer < at) {
      // Inside of an object's data.
      nextTrailer = buffer.indexOf('trailer', at);
      continue;
    }
    if (nextTrailer >= 0 && (mark < 0 || nextTrailer < mark)) {
      const place = nextTrailer + 'trailer'.length;
      const parser = new SalvageParser(bytes, place, budget);
      const value = ifWhole(() => parser.object());
      if (isDict(value)) trailers.push({ at: nextTrailer, dict: value });
      at = isDict(value) ? parser.position : place;
      nextTrailer = buffer.indexOf('trailer', at);
      continue;
    }
    if (mark < 0) return { places, trailers };
    const start = beginsAt(buffer, mark);
    at = mark + 3;
    if (start === undefined) continue;
    const read = ifWhole(() => new SalvageParser(bytes, start, budget).indirectObject(lengthOf));
    if (read === undefined) continue;
    places.set(read.num, start);
    if (places.size > MAX_XREF_ENTRIES) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'objects' });
    at = Math.max(at, read.end);
  }
}

/** Where `num gen ` before the keyword begins; undefined when nothing of the kind stands there. */
function beginsAt(buffer: Buffer, mark: number): number | undefined {
  const before = buffer.toString('latin1', Math.max(0, mark - 40), mark);
  const match = /(?<![\dA-Za-z])\d{1,10}[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+$/.exec(before);
  return match ? mark - match[0].length : undefined;
}

/** The objects of an object stream by their numbers, as many as can be read. */
function unpack(
  { budget, keys }: Read,
  stream: PdfStream,
  objects: ReadonlyMap<number, PdfObject>,
): ReadonlyMap<number, PdfObject> {
  const found = new Map<number, PdfObject>();
  const resolve = (value: PdfObject | undefined) => follow(objects, value);
  ifWhole(() => {
    const count = resolve(stream.dict.entries.get('N'));
    const first = resolve(stream.dict.entries.get('First'));
    if (typeof count !== 'number' || typeof first !== 'number' || count > MAX_XREF_ENTRIES) return;
    const data = decodeStream(stream, budget, resolve);
    const header = new SalvageParser(data, 0, budget);
    for (let i = 0; i < count; i += 1) {
      const num = header.integer();
      const place = first + header.integer();
      const value = ifWhole(() => new SalvageParser(data, place, budget, keys).object());
      if (value !== undefined) found.set(num, value);
    }
  });
  return found;
}

/** What `read` gives, unless the bytes are none of that kind. @throws PdfError other than PDF_BROKEN */
export function ifWhole<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PdfError && error.code === 'PDF_BROKEN') return undefined;
    throw error;
  }
}
