import type { ReadingWork } from './reading-work.ts';

/** The element whose content is base64 and never passes through the XML parser. */
export const PAYLOAD_ELEMENT = 'ContentTransferEncoded';

const payloadName = new TextEncoder().encode(PAYLOAD_ELEMENT);
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const COLON = 0x3a;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;

/**
 * Says how far markup may be handed to the XML parser in one go: up to the '>' behind which attachment content may
 * begin. Stopping at each '>' would be right too, and costs a call a byte where a text is full of them.
 *
 * It only has to stop often enough, since the XML parser decides what an element is. So it takes every '<' for the
 * beginning of a tag, also in comments and CDATA; and inside a tag no '<' is allowed, so that a quote that was none
 * ends at the next one.
 */
export class PayloadTagScanner {
  readonly #work: ReadingWork;
  #place: 'text' | 'name' | 'tag' = 'text';
  /** Letters of the payload's name seen since '<' or the prefix's colon; -1 when it is another name. */
  #matched = 0;
  /** The quote that ends the attribute value inside a tag; 0 outside of one. */
  #quote = 0;

  constructor(work: ReadingWork) {
    this.#work = work;
  }

  /** Length of the beginning of `markup` to hand on before anything is known about what follows. */
  safeLength(markup: Uint8Array): number {
    let at = 0;
    let cut = markup.length;
    while (at < markup.length) {
      if (this.#place === 'text') {
        const open = markup.indexOf(LESS_THAN, at);
        if (open < 0) break;
        this.#beginName();
        at = open + 1;
        continue;
      }
      const byte = markup[at++] ?? 0;
      if (byte === LESS_THAN) this.#beginName();
      else if (this.#place === 'name') this.#readName(byte);
      else if (this.#endsTag(byte)) {
        this.#place = 'text';
        cut = at;
        break;
      }
    }
    this.#work.bytes += cut;
    return cut;
  }

  #beginName(): void {
    this.#place = 'name';
    this.#matched = 0;
    this.#quote = 0;
  }

  #readName(byte: number): void {
    if (byte === COLON) this.#matched = 0;
    else if (!isNameByte(byte)) this.#place = 'text';
    else if (this.#matched < 0 || byte !== payloadName[this.#matched]) this.#matched = -1;
    // Whatever follows the name, longer names included: stopping once too often is harmless.
    else if (++this.#matched === payloadName.length) this.#place = 'tag';
  }

  #endsTag(byte: number): boolean {
    if (this.#quote !== 0) {
      if (byte === this.#quote) this.#quote = 0;
      return false;
    }
    if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) this.#quote = byte;
    return byte === GREATER_THAN;
  }
}

/** Letters, digits, '-', '.', '_' and everything beyond ASCII. */
function isNameByte(byte: number): boolean {
  return (
    byte >= 0x80 ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x5f
  );
}
