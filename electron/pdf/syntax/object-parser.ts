import { MAX_DEPTH } from '../limits.ts';
import { broken, PdfError } from '../pdf-error.ts';
import type { Budget } from './budget.ts';
import { isRef } from './objects.ts';
import type { PdfDict, PdfObject, PdfRef, PdfStream, PdfString } from './objects.ts';

const WHITESPACE = 1;
const DELIMITER = 2;
const characterClass = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) characterClass[byte] = WHITESPACE;
for (const char of '()<>[]{}/%') characterClass[char.charCodeAt(0)] = DELIMITER;

const LF = 10;
const CR = 13;
const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const NULL_OBJECT = null;

export interface IndirectObject {
  readonly num: number;
  readonly gen: number;
  readonly value: PdfObject;
  /** Offset after `endobj`. */
  readonly end: number;
}

/**
 * Reads PDF tokens and objects strictly from `position`. What is protected is where the repair of unsigned drafts reads on
 * instead (`mend/salvage-parser.ts`); nothing that verifies or signs does.
 * @throws PdfError PDF_BROKEN for anything malformed
 */
export class ObjectParser {
  protected readonly bytes: Uint8Array;
  readonly #budget: Budget;
  position: number;
  /** Of a key that a dictionary names twice, the first counts instead of the last. */
  protected keepsFirst = false;
  /** A dictionary named a key twice. */
  sawDuplicateKey = false;
  /** A number was written as a real one, or with a sign: fine on a page, odd in a trailer. */
  sawRealNumber = false;
  /** The number read last was a whole one written that way. */
  wasReal = false;

  constructor(bytes: Uint8Array, position: number, budget: Budget) {
    this.bytes = bytes;
    this.position = position;
    this.#budget = budget;
  }

  /** Skips white space and comments. */
  skipSpace(): void {
    const { bytes } = this;
    for (;;) {
      const byte = bytes[this.position];
      if (byte === undefined) return;
      if (characterClass[byte] === WHITESPACE) this.position += 1;
      else if (byte === 0x25) this.#skipLine();
      else return;
    }
  }

  /** Skips white space only, so that a following `%%EOF` stays visible. */
  skipBlank(): void {
    while (characterClass[this.bytes[this.position] ?? 0x21] === WHITESPACE) this.position += 1;
  }

  #skipLine(): void {
    for (;;) {
      const byte = this.bytes[this.position];
      if (byte === undefined || byte === LF || byte === CR) return;
      this.position += 1;
    }
  }

  /** Whether `text` stands at the current position. */
  at(text: string): boolean {
    const start = this.position;
    const stands = this.take(text);
    this.position = start;
    return stands;
  }

  /** Skips one comment and the white space after it. */
  skipComment(): void {
    this.#skipLine();
    this.skipBlank();
  }

  /** Whether `text` stands at the current position; consumes it when it does. */
  take(text: string): boolean {
    for (let i = 0; i < text.length; i += 1) {
      if (this.bytes[this.position + i] !== text.charCodeAt(i)) return false;
    }
    this.position += text.length;
    return true;
  }

  /** A keyword: like `take`, but must end at a delimiter or white space. */
  takeKeyword(text: string): boolean {
    const start = this.position;
    if (!this.take(text)) return false;
    const next = this.bytes[this.position];
    if (next === undefined || characterClass[next] !== 0) return true;
    this.position = start;
    return false;
  }

  /** A run of regular characters. */
  #word(): string {
    const start = this.position;
    while (this.position < this.bytes.length && characterClass[this.bytes[this.position] ?? 0] === 0)
      this.position += 1;
    return latin1(this.bytes, start, this.position);
  }

  /** A non-negative integer without sign. */
  integer(): number {
    this.skipSpace();
    const start = this.position;
    const word = this.#word();
    if (!/^\d{1,15}$/.test(word)) throw broken('integer expected', start);
    return Number(word);
  }

  /** Any object but a stream. */
  object(depth = 0): PdfObject {
    this.#budget.step();
    if (depth > MAX_DEPTH) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'depth' });
    this.skipSpace();
    const byte = this.bytes[this.position];
    switch (byte) {
      case undefined:
        throw broken('unexpected end', this.position);
      case 0x2f:
        return { kind: 'name', name: this.#name() };
      case 0x28:
        return this.#literalString();
      case 0x5b:
        return this.#array(depth);
      case 0x3c:
        return this.bytes[this.position + 1] === 0x3c ? this.dictionary(depth) : this.#hexString();
      default:
        return this.#scalar();
    }
  }

  #scalar(): PdfObject {
    const start = this.position;
    const word = this.#word();
    if (word === 'null') return NULL_OBJECT;
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (!numberPattern.test(word)) throw broken('object expected', start);
    this.wasReal = false;
    if (/^\d{1,10}$/.test(word)) return this.#numberOrReference(Number(word));
    this.sawRealNumber = true;
    this.wasReal = /^\+|\./.test(word);
    return Number(word);
  }

  #numberOrReference(num: number): number | PdfRef {
    const after = this.position;
    this.skipSpace();
    const word = this.#word();
    if (/^\d{1,5}$/.test(word)) {
      this.skipSpace();
      if (this.takeKeyword('R')) return { kind: 'ref', num, gen: Number(word) };
    }
    this.position = after;
    return num;
  }

  #name(): string {
    const start = this.position;
    this.position += 1;
    const word = this.#word();
    if (!word.includes('#')) return word;
    if (/#(?![0-9A-Fa-f]{2})/.test(word)) this.strayEscape(start);
    return word.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }

  /** A `#` in a name without its two digits. */
  protected strayEscape(start: number): void {
    throw broken('name escape', start);
  }

  #array(depth: number): PdfObject[] {
    this.position += 1;
    const items: PdfObject[] = [];
    for (;;) {
      this.skipSpace();
      if (this.take(']')) return items;
      items.push(this.object(depth + 1));
    }
  }

  /** A dictionary; the position is at `<<`. */
  dictionary(depth = 0): PdfDict {
    if (!this.take('<<')) throw broken('dictionary expected', this.position);
    const entries = new Map<string, PdfObject>();
    const reals = new Set<string>();
    let ambiguous = false;
    for (;;) {
      this.skipSpace();
      if (this.take('>>')) return { kind: 'dict', entries, ambiguous, ...(reals.size > 0 ? { reals } : {}) };
      if (this.bytes[this.position] !== 0x2f) {
        this.oddKey(depth);
        continue;
      }
      const key = this.#name();
      if (entries.has(key)) {
        ambiguous = true;
        this.sawDuplicateKey = true;
      }
      const value = this.object(depth + 1);
      if (this.keepsFirst && entries.has(key)) continue;
      entries.set(key, value);
      if (this.wasReal && Number.isInteger(value)) reals.add(key);
      else reals.delete(key);
    }
  }

  /** Something that is no name where a key stands. */
  protected oddKey(_depth: number): void {
    throw broken('dictionary key', this.position);
  }

  #hexString(): PdfString {
    const start = this.position;
    const end = this.bytes.indexOf(0x3e, start);
    if (end < 0) throw broken('hex string', start);
    let digits = latin1(this.bytes, start + 1, end);
    // The usual long /Contents string has no white space; testing first spares a copy of it.
    if (!/^[0-9A-Fa-f]*$/.test(digits)) {
      digits = digits.replace(/[\0\t\n\f\r ]/g, '');
      if (!/^[0-9A-Fa-f]*$/.test(digits)) digits = this.oddDigits(digits, start);
    }
    if (digits.length % 2 === 1) digits += '0';
    this.position = end + 1;
    return { kind: 'string', bytes: new Uint8Array(Buffer.from(digits, 'hex')), hex: true };
  }

  /** What is left of a hexadecimal string with other signs in it. */
  protected oddDigits(_digits: string, start: number): string {
    throw broken('hex string', start);
  }

  #literalString(): PdfString {
    const start = this.position;
    const out: number[] = [];
    let open = 1;
    this.position += 1;
    for (;;) {
      const byte = this.bytes[this.position];
      if (byte === undefined) throw broken('string', start);
      this.position += 1;
      if (byte === 0x5c) this.#escape(out);
      else {
        if (byte === 0x28) open += 1;
        if (byte === 0x29) open -= 1;
        if (open === 0) return { kind: 'string', bytes: Uint8Array.from(out), hex: false };
        out.push(byte);
      }
    }
  }

  #escape(out: number[]): void {
    const byte = this.bytes[this.position];
    if (byte === undefined) return;
    this.position += 1;
    const simple = 'nrtbf'.indexOf(String.fromCharCode(byte));
    if (simple >= 0) out.push('\n\r\t\b\f'.charCodeAt(simple));
    else if (byte === CR) {
      if (this.bytes[this.position] === LF) this.position += 1;
    } else if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30;
      for (let i = 0; i < 2; i += 1) {
        const digit = this.bytes[this.position] ?? 0;
        if (digit < 0x30 || digit > 0x37) break;
        value = value * 8 + digit - 0x30;
        this.position += 1;
      }
      out.push(value & 0xff);
    } else if (byte !== LF) out.push(byte);
  }

  /**
   * `num gen obj … endobj` at the current position, with its stream.
   * @param lengthOf resolves an indirect /Length
   */
  indirectObject(lengthOf: (reference: PdfRef) => PdfObject): IndirectObject {
    const num = this.integer();
    const gen = this.integer();
    this.skipSpace();
    if (!this.takeKeyword('obj')) throw broken('obj expected', this.position);
    let value = this.object();
    this.skipSpace();
    if (
      typeof value === 'object' &&
      value !== null &&
      'kind' in value &&
      value.kind === 'dict' &&
      this.take('stream')
    ) {
      value = this.stream(value, lengthOf);
      this.skipSpace();
    }
    if (!this.takeKeyword('endobj')) this.missingEnd();
    return { num, gen, value, end: this.position };
  }

  /** An object without its `endobj`. */
  protected missingEnd(): void {
    throw broken('endobj expected', this.position);
  }

  /** The data after `stream`, up to and with `endstream`. */
  protected stream(dictionary: PdfDict, lengthOf: (reference: PdfRef) => PdfObject): PdfStream {
    if (this.bytes[this.position] === CR) this.position += 1;
    if (this.bytes[this.position] !== LF) throw broken('stream line end', this.position);
    const start = this.position + 1;
    const entry = dictionary.entries.get('Length');
    const length = isRef(entry) ? lengthOf(entry) : entry;
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) throw broken('stream length', start);
    if (start + length > this.bytes.length) throw broken('stream length', start);
    this.position = start + length;
    this.skipBlank();
    if (!this.takeKeyword('endstream')) throw broken('endstream expected', this.position);
    return { kind: 'stream', dict: dictionary, raw: this.bytes.subarray(start, start + length) };
  }
}

/** Bytes as one char per byte, as far as there are any. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const part = bytes.subarray(start, end);
  return Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1');
}
