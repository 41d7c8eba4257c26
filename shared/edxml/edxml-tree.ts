/**
 * Bytes of an edXML file → a small tree of named nodes, in pieces of any size. Attachment contents never pass through
 * the XML parser: their bytes go straight to the base64 decoder, so a 50 MB attachment costs one pass and no text.
 */
import { SaxesParser } from 'saxes';
import { Base64Decoder } from './base64.ts';
import { EdxmlError } from './edxml-error.ts';

export interface EdxmlNode {
  /** Local name: writers disagree about prefixes. */
  readonly name: string;
  readonly namespace: string;
  readonly children: EdxmlNode[];
  /** Text directly inside, trimmed. */
  text: string;
  /** Decoded bytes of a ContentTransferEncoded element. */
  bytes: Uint8Array | null;
}

const MAX_DEPTH = 32;
const MAX_NODES = 50_000;
/** Everything but attachment contents; a real envelope has a few kilobytes. */
const MAX_ENVELOPE_BYTES = 8 * 1024 * 1024;
const PAYLOAD_ELEMENT = 'ContentTransferEncoded';

const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const AMPERSAND = 0x26;
const SLASH = 0x2f;
const SEMICOLON = 0x3b;
const LONGEST_REFERENCE = 10;

export class EdxmlTreeParser {
  readonly #keepPayload: boolean;
  readonly #sax: SaxesParser<{ xmlns: true }>;
  readonly #open: EdxmlNode[] = [];
  #root: EdxmlNode | null = null;
  #payload: Base64Decoder | null = null;
  /** The end tag of attachment content has begun. */
  #closing = false;
  #nodes = 0;
  #envelopeBytes = 0;
  #started = false;
  /** Bytes that mean nothing before the next piece: half a UTF-8 character, '<' or a reference after content. */
  #carry: Uint8Array = new Uint8Array(0);

  /** @param keepPayload false checks attachment contents and drops them */
  constructor(keepPayload: boolean) {
    this.#keepPayload = keepPayload;
    this.#sax = new SaxesParser({ xmlns: true, position: false });
    this.#sax.on('error', (error) => {
      throw notXml(error.message);
    });
    this.#sax.on('doctype', () => {
      throw new EdxmlError('EDXML_DTD_REFUSED');
    });
    this.#sax.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) throw notXml(`encoding ${encoding}`);
    });
    this.#sax.on('opentag', (tag) => this.#openElement(tag.local, tag.uri));
    this.#sax.on('closetag', () => this.#closeElement());
    const addText = (text: string): void => {
      const node = this.#open.at(-1);
      if (node) node.text += text;
    };
    this.#sax.on('text', addText);
    this.#sax.on('cdata', addText);
  }

  write(piece: Uint8Array): void {
    const bytes = this.#takeCarry(piece);
    let position = 0;
    while (position < bytes.length) {
      position =
        this.#payload && !this.#closing
          ? this.#readPayload(bytes, position, this.#payload)
          : this.#readMarkup(bytes, position);
    }
  }

  end(): EdxmlNode {
    if (this.#carry.length > 0) throw notXml('cut short');
    this.#sax.close();
    if (this.#root === null) throw notXml('no element');
    return this.#root;
  }

  /** Up to and including the next '>', after which it is known whether attachment content begins. */
  #readMarkup(bytes: Uint8Array, start: number): number {
    const close = bytes.indexOf(GREATER_THAN, start);
    const end = close < 0 ? bytes.length : close + 1;
    this.#feed(bytes.subarray(start, end), close < 0);
    return end;
  }

  /**
   * Up to the end tag. Only it may follow: comments, CDATA or elements here would let two parsers see different bytes.
   * Character references of white space are skipped, because Java writers leave `&#13;` at the line ends.
   */
  #readPayload(bytes: Uint8Array, start: number, decoder: Base64Decoder): number {
    const markup = bytes.indexOf(LESS_THAN, start);
    const end = markup < 0 ? bytes.length : markup;
    const reference = bytes.subarray(start, end).indexOf(AMPERSAND);
    if (reference >= 0) {
      decoder.write(bytes, start, start + reference);
      return this.#skipReference(bytes, start + reference);
    }
    decoder.write(bytes, start, end);
    if (markup < 0) return end;
    if (markup === bytes.length - 1) {
      this.#carry = bytes.slice(markup);
      return bytes.length;
    }
    if (bytes[markup + 1] !== SLASH) throw new EdxmlError('EDXML_BAD_BASE64', { reason: 'markup inside' });
    this.#closing = true;
    return this.#readMarkup(bytes, markup);
  }

  #skipReference(bytes: Uint8Array, start: number): number {
    const window = bytes.subarray(start, start + LONGEST_REFERENCE);
    const semicolon = window.indexOf(SEMICOLON);
    if (semicolon < 0 && window.length < LONGEST_REFERENCE) {
      this.#carry = bytes.slice(start);
      return bytes.length;
    }
    const reference = String.fromCharCode(...window.subarray(0, semicolon + 1));
    if (!/^&#(?:9|10|13|32|x0*(?:9|a|d|20));$/i.test(reference)) {
      throw new EdxmlError('EDXML_BAD_BASE64', { reason: 'reference inside' });
    }
    return start + semicolon + 1;
  }

  #feed(bytes: Uint8Array, mayBeCut: boolean): void {
    const whole = mayBeCut ? bytes.length - incompleteTail(bytes) : bytes.length;
    this.#envelopeBytes += whole;
    if (this.#envelopeBytes > MAX_ENVELOPE_BYTES)
      throw new EdxmlError('EDXML_TOO_LARGE', { limit: MAX_ENVELOPE_BYTES });
    this.#carry = bytes.slice(whole);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, whole));
    } catch {
      throw notXml('not UTF-8');
    }
    if (!this.#started && text.length > 0) {
      this.#started = true;
      if (text.startsWith('\uFEFF')) text = text.slice(1);
    }
    this.#sax.write(text);
  }

  #takeCarry(piece: Uint8Array): Uint8Array {
    if (this.#carry.length === 0) return piece;
    const joined = new Uint8Array(this.#carry.length + piece.length);
    joined.set(this.#carry);
    joined.set(piece, this.#carry.length);
    this.#carry = new Uint8Array(0);
    return joined;
  }

  #openElement(name: string, namespace: string): void {
    if (this.#open.length >= MAX_DEPTH) throw new EdxmlError('EDXML_TOO_DEEP', { limit: MAX_DEPTH });
    if (++this.#nodes > MAX_NODES) throw new EdxmlError('EDXML_TOO_LARGE', { limit: MAX_NODES });
    const node: EdxmlNode = { name, namespace, children: [], text: '', bytes: null };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(node);
    else this.#root = node;
    this.#open.push(node);
    if (name === PAYLOAD_ELEMENT) this.#payload = new Base64Decoder(this.#keepPayload);
  }

  #closeElement(): void {
    const node = this.#open.pop();
    if (node === undefined) return;
    node.text = node.text.trim();
    if (this.#payload) {
      node.bytes = this.#payload.finish();
      this.#payload = null;
      this.#closing = false;
    }
  }
}

/** Number of bytes at the end that begin a UTF-8 character without finishing it. */
function incompleteTail(bytes: Uint8Array): number {
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

function notXml(reason: string): EdxmlError {
  return new EdxmlError('EDXML_NOT_XML', { reason: reason.slice(0, 200) });
}
