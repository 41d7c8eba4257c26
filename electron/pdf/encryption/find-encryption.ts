import { broken, PdfError } from '../pdf-error.ts';
import type { Budget } from '../syntax/budget.ts';
import { ObjectParser } from '../syntax/object-parser.ts';
import { isArray, isDict, isRef, isString } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';
import { writeObject } from '../syntax/write-object.ts';
import type { XrefSection } from '../syntax/xref-section.ts';
import { mapStrings } from './map-strings.ts';

/** How a file says that it is encrypted. */
export interface Encryption {
  readonly dict: PdfDict;
  /** Of the dictionary's object, which is not encrypted itself; undefined when it stands in the trailer. */
  readonly num: number | undefined;
  /** First half of the trailer's /ID. */
  readonly id: Uint8Array;
  /** The same for the same dictionary and identifier. */
  readonly identity: string;
}

export interface FileSections {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  /** The newest first. */
  readonly sections: readonly XrefSection[];
  readonly allSections: readonly XrefSection[];
  /** Offsets of the sections that readers of a state of the file begin with. */
  readonly openers: ReadonlySet<number>;
}

/**
 * The encryption of a file; undefined without any. Nothing of it may change in the life of a file: another dictionary or
 * identifier would make something else of every string and stream that was there (ISO 32000-2, 7.5.5 and 7.6.2).
 * @throws PdfError PDF_BROKEN, PDF_ENCRYPTION_CHANGED
 */
export function findEncryption(file: FileSections): Encryption | undefined {
  const stating = file.allSections.filter(({ trailer }) => trailer.entries.has('Encrypt'));
  const [first] = stating;
  if (!first) return undefined;
  const [newest] = file.sections;
  // The rest of a linearized file and the hidden part of a hybrid one may leave it out.
  for (const section of file.sections) {
    if (!stating.includes(section) && (section === newest || file.openers.has(section.offset))) throw changed();
  }
  const states = stating.flatMap(({ trailer }) => statesOf(file, trailer));
  const [state] = states;
  if (!state || states.some(({ identity, num }) => identity !== state.identity || num !== state.num)) throw changed();
  return state;
}

const changed = (): PdfError => new PdfError('PDF_ENCRYPTION_CHANGED');

function statesOf(file: FileSections, trailer: PdfDict): Encryption[] {
  const id = identifierOf(trailer);
  const value = trailer.entries.get('Encrypt');
  const dicts = isRef(value) ? definitionsOf(file, value) : [value];
  return dicts.map((dict) => {
    if (!isDict(dict)) throw broken('Encrypt');
    const plain = writeObject(mapStrings(dict, (text) => ({ ...text, hex: true }))).toString('latin1');
    const identity = `${plain} ${Buffer.from(id).toString('hex')}`;
    return { dict, num: isRef(value) ? value.num : undefined, id, identity };
  });
}

function identifierOf(trailer: PdfDict): Uint8Array {
  const value = trailer.entries.get('ID');
  if (value === undefined) return new Uint8Array(0);
  const first = isArray(value) ? value[0] : undefined;
  if (!isString(first)) throw broken('trailer ID');
  return first.bytes;
}

/** The dictionary in each state of the file: viewers that repair files take any of them. */
function definitionsOf({ bytes, budget, allSections }: FileSections, { num, gen }: PdfRef): PdfObject[] {
  const places = new Set<number>();
  for (const { entries } of allSections) {
    const entry = entries.get(num);
    if (entry === undefined) continue;
    if (entry.type !== 'used' || entry.gen !== gen) throw broken('Encrypt');
    places.add(entry.offset);
  }
  if (places.size === 0) throw broken('Encrypt');
  return [...places].map((offset) => {
    if (offset >= bytes.length) throw broken('object offset', offset);
    const object = new ObjectParser(bytes, offset, budget).indirectObject(() => null);
    if (object.num !== num || object.gen !== gen) throw broken('object number', offset);
    return object.value;
  });
}
