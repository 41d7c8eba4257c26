import { createHash } from 'node:crypto';
import { broken } from '../pdf-error.ts';
import type { PdfDocument } from './document.ts';
import { hexString, isArray, isString, name, ref } from './objects.ts';
import type { PdfDict, PdfObject, PdfRef } from './objects.ts';
import { writeObject } from './write-object.ts';

export interface FinishedUpdate {
  readonly bytes: Buffer;
  /** Offset of `num gen obj` of each written object. */
  readonly offsets: ReadonlyMap<number, number>;
}

/**
 * Collects new and changed objects and appends them to the file as one incremental update (ISO 32000-2, 7.5.6).
 * The result always begins with the input, byte for byte.
 */
export class IncrementalUpdate {
  readonly #document: PdfDocument;
  readonly #written = new Map<number, { gen: number; body: Buffer }>();
  #nextNumber: number;

  constructor(document: PdfDocument) {
    this.#document = document;
    // After the last number in use, whatever /Size says: readers give up beyond some millions.
    let next = 1;
    for (const num of document.entries.keys()) next = Math.max(next, num + 1);
    this.#nextNumber = next;
  }

  /** A number for a new object. */
  allocate(): PdfRef {
    this.#nextNumber += 1;
    return ref(this.#nextNumber - 1);
  }

  /** Adds an object and returns its reference. */
  add(value: PdfObject): PdfRef {
    const reference = this.allocate();
    this.set(reference, value);
    return reference;
  }

  /** Replaces or adds the object behind `reference`. */
  set(reference: PdfRef, value: PdfObject): void {
    this.setRaw(reference, writeObject(this.seal(reference, value)));
  }

  /** The object as it has to stand in the file under this number: encrypted where the file is. */
  seal(reference: PdfRef, value: PdfObject): PdfObject {
    return this.#document.encryption?.cipher.seal(value, reference) ?? value;
  }

  /** Like `set`, with the object already in PDF syntax and its strings sealed. */
  setRaw(reference: PdfRef, body: Buffer): void {
    this.#written.set(reference.num, { gen: reference.gen, body });
  }

  finish(): FinishedUpdate {
    const base = this.#document.bytes;
    const parts: Uint8Array[] = [base];
    let length = base.length;
    const push = (part: Buffer): void => {
      parts.push(part);
      length += part.length;
    };
    const last = base[base.length - 1];
    if (last !== 0x0a && last !== 0x0d) push(Buffer.from('\n'));
    const offsets = new Map<number, number>();
    const ordered = [...this.#written].toSorted(([a], [b]) => a - b);
    for (const [num, { gen, body }] of ordered) {
      offsets.set(num, length);
      push(Buffer.concat([Buffer.from(`${num} ${gen} obj\n`), body, Buffer.from('\nendobj\n')]));
    }
    const newest = this.#document.sections[0];
    if (!newest) throw broken('cross-reference');
    const places = ordered.map(([num, { gen }]) => ({ num, gen, offset: offsets.get(num) ?? 0 }));
    push(newest.kind === 'table' ? this.#table(places, length) : this.#stream(places, length));
    return { bytes: Buffer.concat(parts, length), offsets };
  }

  #trailer(size: number): [string, PdfObject][] {
    const old = this.#document.trailer.entries;
    const trailer: [string, PdfObject][] = [['Size', size]];
    for (const key of ['Root', 'Info', 'Encrypt']) {
      const value = old.get(key);
      if (value !== undefined) trailer.push([key, value]);
    }
    // The key of an encrypted file depends on its identifier, also on there being none.
    const keepsNone = this.#document.encryption !== undefined && !old.has('ID');
    if (!keepsNone) trailer.push(['ID', this.#identifiers()]);
    trailer.push(['Prev', this.#document.sections[0]?.offset ?? 0]);
    return trailer;
  }

  /** The first half names the document for good, the second this state of it (ISO 32000-2, 14.4). */
  #identifiers(): PdfObject {
    const hash = createHash('sha256').update(this.#document.bytes.subarray(-4096));
    for (const { body } of this.#written.values()) hash.update(body);
    const fresh = hexString(hash.digest().subarray(0, 16));
    const old = this.#document.get(this.#document.trailer, 'ID');
    const first = isArray(old) ? this.#document.resolve(old[0]) : null;
    return [isString(first) ? { ...first, hex: true } : fresh, fresh];
  }

  #table(places: readonly Place[], offset: number): Buffer {
    const lines = ['xref\n'];
    for (const run of runs(places)) {
      lines.push(`${run[0]?.num ?? 0} ${run.length}\n`);
      for (const place of run) {
        lines.push(`${String(place.offset).padStart(10, '0')} ${String(place.gen).padStart(5, '0')} n\r\n`);
      }
    }
    const trailer = writeObject(plainDict(this.#trailer(this.#nextNumber))).toString('latin1');
    return Buffer.from(`${lines.join('')}trailer\n${trailer}\nstartxref\n${offset}\n%%EOF\n`, 'latin1');
  }

  #stream(places: readonly Place[], offset: number): Buffer {
    const own = this.#nextNumber;
    const all = [...places, { num: own, gen: 0, offset }];
    const rows = Buffer.alloc(all.length * 7);
    all.forEach((place, i) => {
      rows.writeUInt8(1, i * 7);
      rows.writeUInt32BE(place.offset, i * 7 + 1);
      rows.writeUInt16BE(place.gen, i * 7 + 5);
    });
    const dict = plainDict([
      ['Type', name('XRef')],
      ...this.#trailer(own + 1),
      ['W', [1, 4, 2]],
      ['Index', runs(all).flatMap((run) => [run[0]?.num ?? 0, run.length])],
    ]);
    const body = writeObject({ kind: 'stream', dict, raw: rows });
    return Buffer.concat([Buffer.from(`${own} 0 obj\n`), body, Buffer.from(`\nendobj\nstartxref\n${offset}\n%%EOF\n`)]);
  }
}

/** The same memory without Buffer's own `slice`, which shares what callers expect to be copied. */
export function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

interface Place {
  readonly num: number;
  readonly gen: number;
  readonly offset: number;
}

function plainDict(entries: [string, PdfObject][]): PdfDict {
  return { kind: 'dict', entries: new Map(entries), ambiguous: false };
}

/** Splits places into runs of consecutive object numbers. */
function runs(places: readonly Place[]): Place[][] {
  const result: Place[][] = [];
  for (const place of places) {
    const run = result.at(-1);
    if (run && run.at(-1)?.num === place.num - 1) run.push(place);
    else result.push([place]);
  }
  return result;
}
