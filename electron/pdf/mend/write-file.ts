import { createHash } from 'node:crypto';
import { dict, hexString, isArray, isDict, isRef, isStream, isString, ref } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';
import { writeObject } from '../syntax/write-object.ts';

/** What a file is written of. */
export interface FileSource {
  /** `1.4` and the like. */
  readonly version: string;
  readonly root: PdfRef;
  readonly info: PdfObject;
  /** The trailer's /ID, resolved. */
  readonly id: PdfObject;
  /** The object behind a reference; null when there is none. */
  readonly object: (reference: PdfRef) => PdfObject;
  /** Whether an entry of a dictionary (with its key), or an item of an array, is left out. */
  readonly omits?: (value: PdfObject, key?: string) => boolean;
}

/**
 * Writes the objects that the catalog leads to as a file of one revision: numbered without gaps, one classic
 * cross-reference table, no object streams (ISO 32000-2, 7.5.4). The data of streams stays as it is, byte for byte. A
 * reference to nothing becomes null, and an entry that is null is left out, which is the same (7.3.7). The same source gives the same bytes.
 */
export function writeFile({ version, root, info, id, object, omits = () => false }: FileSource): Uint8Array {
  const numbers = new Map<number, number>();
  const waiting: PdfRef[] = [];
  const renumbered = (reference: PdfRef): PdfObject => {
    const known = numbers.get(reference.num);
    if (known !== undefined) return ref(known);
    if (object(reference) === null) return null;
    numbers.set(reference.num, numbers.size + 1);
    waiting.push(reference);
    return ref(numbers.size);
  };
  const copied = (value: PdfObject): PdfObject => {
    if (isRef(value)) return renumbered(value);
    if (isArray(value)) return value.filter((item) => !omits(item)).map(copied);
    if (isDict(value)) return copiedDict(value);
    return isStream(value) ? { ...value, dict: copiedDict(value.dict) } : value;
  };
  const copiedDict = (value: PdfDict): PdfDict => {
    const entries: [string, PdfObject][] = [];
    for (const [key, item] of value.entries) {
      const kept = omits(item, key) ? null : copied(item);
      if (kept !== null) entries.push([key, kept]);
    }
    return dict(entries);
  };

  const parts: Buffer[] = [];
  const offsets: number[] = [];
  let length = 0;
  const push = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  push(Buffer.from(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`, 'latin1'));
  const trailer: [string, PdfObject][] = [['Root', renumbered(root)]];
  const about = copied(info);
  if (about !== null) trailer.push(['Info', about]);
  // Writing an object may add to those that wait.
  for (const next of waiting) {
    offsets.push(length);
    push(Buffer.from(`${offsets.length} 0 obj\n`));
    push(writeObject(copied(object(next))));
    push(Buffer.from('\nendobj\n'));
  }
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const fresh = hexString(hash.digest().subarray(0, 16));
  const [first = null] = isArray(id) ? id : [];
  trailer.push(['Size', offsets.length + 1], ['ID', [isString(first) ? { ...first, hex: true } : fresh, fresh]]);
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n\r\n`);
  const table = `xref\n0 ${offsets.length + 1}\n0000000000 65535 f\r\n${rows.join('')}`;
  const end = `trailer\n${writeObject(dict(trailer)).toString('latin1')}\nstartxref\n${length}\n%%EOF\n`;
  push(Buffer.from(table + end, 'latin1'));
  const bytes = Buffer.concat(parts, length);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
