/**
 * Base64 (RFC 4648 section 4) over bytes, in pieces. The platform's atob/btoa go through strings and need several
 * copies of a 50 MB attachment; Node's Buffer is not available to shared code.
 */
import { EdxmlError } from './edxml-error.ts';
import type { Payload, PayloadSink } from './payload.ts';
import { ReadingWork } from './reading-work.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 0x3d;
const WHITE_SPACE = 64;
const PADDING = 65;
const ILLEGAL = 255;

const encodeTable = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const decodeTable = new Uint8Array(256).fill(ILLEGAL);
encodeTable.forEach((byte, value) => (decodeTable[byte] = value));
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) decodeTable[byte] = WHITE_SPACE;
decodeTable[PAD] = PADDING;

/** Number of base64 characters for `size` bytes. */
export function base64Length(size: number): number {
  return Math.ceil(size / 3) * 4;
}

/** Writes the base64 of `bytes` into `target` at `offset` and returns the offset after it. */
export function encodeBase64Into(bytes: Uint8Array, target: Uint8Array, offset: number): number {
  const wholeGroups = bytes.length - (bytes.length % 3);
  let out = offset;
  for (let i = 0; i < wholeGroups; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    target[out] = encodeTable[group >> 18] ?? 0;
    target[out + 1] = encodeTable[(group >> 12) & 63] ?? 0;
    target[out + 2] = encodeTable[(group >> 6) & 63] ?? 0;
    target[out + 3] = encodeTable[group & 63] ?? 0;
    out += 4;
  }
  const rest = bytes.length - wholeGroups;
  if (rest === 0) return out;
  const group = ((bytes[wholeGroups] ?? 0) << 16) | (rest === 2 ? (bytes[wholeGroups + 1] ?? 0) << 8 : 0);
  target[out] = encodeTable[group >> 18] ?? 0;
  target[out + 1] = encodeTable[(group >> 12) & 63] ?? 0;
  target[out + 2] = rest === 2 ? (encodeTable[(group >> 6) & 63] ?? 0) : PAD;
  target[out + 3] = PAD;
  return out + 4;
}

/** Decoded bytes that are gathered before they are handed on, unless more comes in one go. */
const LARGEST_PIECE = 256 * 1024;

/**
 * Decodes base64 that comes in pieces, white space allowed anywhere. Missing padding at the end is tolerated (some
 * writers drop it); what else stands there is for the caller to judge.
 * @throws EdxmlError EDXML_BAD_BASE64 for base64 that does not fit together
 */
export class Base64Decoder {
  readonly #sink: PayloadSink;
  readonly #work: ReadingWork;
  #output = new Uint8Array(0);
  #length = 0;
  #group = 0;
  #count = 0;
  #padding = 0;

  /**
   * @param sink gets what is decoded
   * @param work counts what decoding costs
   */
  constructor(sink: PayloadSink, work: ReadingWork = new ReadingWork()) {
    this.#sink = sink;
    this.#work = work;
  }

  /** Decodes up to the first byte that is neither base64 nor white space, and returns its index; `end` without one. */
  write(input: Uint8Array, start = 0, end = input.length): number {
    this.#reserve(Math.ceil(((end - start) * 3) / 4) + 3);
    let group = this.#group;
    let count = this.#count;
    let length = this.#length;
    const output = this.#output;
    let i = start;
    for (; i < end; i++) {
      while (count === 0 && i + 4 <= end && this.#padding === 0) {
        const a = decodeTable[input[i] ?? 0] ?? 0;
        const b = decodeTable[input[i + 1] ?? 0] ?? 0;
        const c = decodeTable[input[i + 2] ?? 0] ?? 0;
        const d = decodeTable[input[i + 3] ?? 0] ?? 0;
        if ((a | b | c | d) > 63) break;
        output[length] = (a << 2) | (b >> 4);
        output[length + 1] = (b << 4) | (c >> 2);
        output[length + 2] = (c << 6) | d;
        length += 3;
        i += 4;
      }
      if (i === end) break;
      const value = decodeTable[input[i] ?? 0] ?? 0;
      if (value < 64) {
        if (this.#padding > 0) throw badBase64('data after padding');
        group = (group << 6) | value;
        if (++count === 4) {
          output[length] = group >> 16;
          output[length + 1] = group >> 8;
          output[length + 2] = group;
          length += 3;
          group = 0;
          count = 0;
        }
      } else if (value === PADDING) {
        this.#padding++;
      } else if (value === ILLEGAL) {
        break;
      }
    }
    this.#work.bytes += i - start;
    this.#group = group;
    this.#count = count;
    this.#length = length;
    return i;
  }

  /** What the sink made of the decoded bytes. */
  finish(): Payload {
    if (this.#count === 1 || this.#padding > 2) throw badBase64('wrong length');
    if (this.#padding > 0 && (this.#count + this.#padding) % 4 !== 0) throw badBase64('wrong padding');
    if (this.#count >= 2) {
      this.#reserve(2);
      const group = this.#group << (6 * (4 - this.#count));
      this.#output[this.#length++] = group >> 16;
      if (this.#count === 3) this.#output[this.#length++] = group >> 8;
    }
    this.#handOn();
    return this.#sink.finish();
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#output.length) return;
    const size = Math.max(more, Math.min(this.#output.length * 2, LARGEST_PIECE));
    this.#handOn();
    if (size > this.#output.length) this.#output = new Uint8Array(size);
  }

  #handOn(): void {
    if (this.#length > 0) {
      this.#work.bytes += this.#length;
      this.#sink.write(this.#output.subarray(0, this.#length));
    }
    this.#length = 0;
  }
}

function badBase64(reason: string): EdxmlError {
  return new EdxmlError('EDXML_BAD_BASE64', { reason });
}
