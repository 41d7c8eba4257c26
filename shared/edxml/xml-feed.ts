import { EdxmlError } from './edxml-error.ts';
import type { ReadingWork } from './reading-work.ts';

/** Everything but attachment contents; a real envelope has a few kilobytes. */
const MAX_ENVELOPE_BYTES = 8 * 1024 * 1024;
const GREATER_THAN = 0x3e;

/** Bytes of markup → text for the XML parser: within the limit, in UTF-8, without the byte order mark. */
export class XmlFeed {
  readonly #take: (text: string) => void;
  readonly #work: ReadingWork;
  /** One for all: making one costs more than decoding a kilobyte. */
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #size = 0;
  #started = false;

  constructor(take: (text: string) => void, work: ReadingWork) {
    this.#take = take;
    this.#work = work;
  }

  /** @param bytes whole characters */
  write(bytes: Uint8Array): void {
    const text = this.#size + bytes.length > MAX_ENVELOPE_BYTES ? null : this.#decode(bytes);
    if (text === null) this.#writeTagByTag(bytes);
    else this.#hand(text, bytes.length);
  }

  /** What stands before the defect is read first, so that the first defect of a message is the one that is told. */
  #writeTagByTag(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length;) {
      const close = bytes.indexOf(GREATER_THAN, start);
      const part = bytes.subarray(start, close < 0 ? bytes.length : close + 1);
      start += part.length;
      this.#work.bytes += part.length;
      if (this.#size + part.length > MAX_ENVELOPE_BYTES) {
        throw new EdxmlError('EDXML_TOO_LARGE', { limit: MAX_ENVELOPE_BYTES });
      }
      const text = this.#decode(part);
      if (text === null) throw new EdxmlError('EDXML_NOT_XML', { reason: 'not UTF-8' });
      this.#hand(text, part.length);
    }
  }

  #decode(bytes: Uint8Array): string | null {
    this.#work.calls += 1;
    this.#work.bytes += bytes.length;
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return null;
    }
  }

  #hand(text: string, size: number): void {
    this.#size += size;
    this.#work.calls += 1;
    this.#work.bytes += size;
    const isFirst = !this.#started && text.length > 0;
    if (isFirst) this.#started = true;
    this.#take(isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text);
  }
}

/** Number of bytes at the end that begin a UTF-8 character without finishing it. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? back : 0;
    }
  }
  return 0;
}
