/**
 * Bytes of an edXML file → a small tree of named nodes, in pieces of any size. Attachment contents never pass through
 * the XML parser: their bytes go straight to the base64 decoder, so a 50 MB attachment costs one pass and no text.
 * However a message is cut and escaped, each byte of it costs a bounded amount of work (`ReadingWork` counts it).
 */
import { SaxesParser } from 'saxes';
import { Base64Decoder } from './base64.ts';
import { EdxmlError } from './edxml-error.ts';
import type { OpenPayload, Payload } from './payload.ts';
import { PAYLOAD_ELEMENT, PayloadTagScanner } from './payload-tag-scanner.ts';
import { ReadingWork } from './reading-work.ts';
import { incompleteTail, XmlFeed } from './xml-feed.ts';

export interface EdxmlNode {
  /** Local name: writers disagree about prefixes. */
  readonly name: string;
  readonly namespace: string;
  readonly children: EdxmlNode[];
  /** Text directly inside, trimmed. */
  text: string;
  /** Decoded content of a ContentTransferEncoded element. */
  payload: Payload | null;
}

const MAX_DEPTH = 32;
const MAX_NODES = 50_000;
/** Markup handed to the XML parser in one go, in bytes. */
const MARKUP_SLICE = 64 * 1024;
/**
 * Characters of a namespace's name that a prefix stands for; the standard's has 43. The XML parser writes it out for
 * each attribute with that prefix, so that an unbounded one would cost its length once for every seven bytes.
 */
const MAX_NAMESPACE = 256;

/** Attributes of one element, which the XML parser takes all in one go; a real one has a few. */
const MAX_ATTRIBUTES = 1_000;

const LESS_THAN = 0x3c;
const AMPERSAND = 0x26;
const SLASH = 0x2f;
const SEMICOLON = 0x3b;
const LONGEST_REFERENCE = 10;
const NOTHING = new Uint8Array(0);

export class EdxmlTreeParser {
  readonly #openPayload: OpenPayload;
  readonly #work: ReadingWork;
  readonly #sax: SaxesParser<{ xmlns: true }>;
  readonly #feed: XmlFeed;
  readonly #tags: PayloadTagScanner;
  readonly #open: EdxmlNode[] = [];
  #root: EdxmlNode | null = null;
  #payload: Base64Decoder | null = null;
  /** The end tag of attachment content has begun. */
  #closing = false;
  #nodes = 0;
  #attributes = 0;
  /** Bytes that mean nothing before the next piece: half a UTF-8 character, '<' or a reference after content. */
  #carry: Uint8Array = NOTHING;

  /**
   * @param openPayload takes attachment contents
   * @param work counts what reading costs
   */
  constructor(openPayload: OpenPayload, work: ReadingWork = new ReadingWork()) {
    this.#openPayload = openPayload;
    this.#work = work;
    this.#sax = new SaxesParser({ xmlns: true, position: false });
    this.#feed = new XmlFeed((text) => void this.#sax.write(text), work);
    this.#tags = new PayloadTagScanner(work);
    this.#sax.on('error', (error) => {
      throw notXml(error.message);
    });
    this.#sax.on('doctype', () => {
      throw new EdxmlError('EDXML_DTD_REFUSED');
    });
    this.#sax.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) throw notXml(`encoding ${encoding}`);
    });
    this.#sax.on('attribute', ({ prefix, value }) => {
      if (++this.#attributes > MAX_ATTRIBUTES) throw new EdxmlError('EDXML_TOO_LARGE', { limit: MAX_ATTRIBUTES });
      if (prefix === 'xmlns' && value.length > MAX_NAMESPACE) {
        throw new EdxmlError('EDXML_TOO_LARGE', { limit: MAX_NAMESPACE });
      }
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

  /** Up to where attachment content may begin, and not too much at once. */
  #readMarkup(bytes: Uint8Array, start: number): number {
    const slice = bytes.subarray(start, start + MARKUP_SLICE);
    const whole = slice.subarray(0, slice.length - incompleteTail(slice));
    if (whole.length === 0) return this.#carryFrom(bytes, start);
    const length = this.#tags.safeLength(whole);
    this.#feed.write(whole.subarray(0, length));
    return start + length;
  }

  /**
   * Up to the end tag. Only it may follow: comments, CDATA or elements here would let two parsers see different bytes.
   * Character references of white space are skipped, because Java writers leave `&#13;` at the line ends. The end is
   * looked for once, not once a reference: a wrapped attachment has one for each of its lines.
   */
  #readPayload(bytes: Uint8Array, start: number, decoder: Base64Decoder): number {
    const markup = this.#find(bytes, LESS_THAN, start);
    const end = markup < 0 ? bytes.length : markup;
    for (let at = start; at < end;) {
      at = decoder.write(bytes, at, end);
      if (at >= end) break;
      if (bytes[at] !== AMPERSAND) throw new EdxmlError('EDXML_BAD_BASE64', { reason: 'illegal character' });
      const after = this.#skipReference(bytes, at);
      if (after < 0) return this.#carryFrom(bytes, at);
      at = after;
    }
    if (markup < 0) return end;
    if (markup === bytes.length - 1) return this.#carryFrom(bytes, markup);
    if (bytes[markup + 1] !== SLASH) throw new EdxmlError('EDXML_BAD_BASE64', { reason: 'markup inside' });
    this.#closing = true;
    return this.#readMarkup(bytes, markup);
  }

  /** The index after a reference to white space; -1 when the piece ends before it does. */
  #skipReference(bytes: Uint8Array, start: number): number {
    const window = bytes.subarray(start, start + LONGEST_REFERENCE);
    this.#work.bytes += window.length;
    const semicolon = window.indexOf(SEMICOLON);
    if (semicolon < 0 && window.length < LONGEST_REFERENCE) return -1;
    const reference = String.fromCharCode(...window.subarray(0, semicolon + 1));
    if (!/^&#(?:9|10|13|32|x0*(?:9|a|d|20));$/i.test(reference)) {
      throw new EdxmlError('EDXML_BAD_BASE64', { reason: 'reference inside' });
    }
    return start + semicolon + 1;
  }

  #find(bytes: Uint8Array, wanted: number, start: number): number {
    const found = bytes.indexOf(wanted, start);
    this.#work.bytes += (found < 0 ? bytes.length : found + 1) - start;
    return found;
  }

  /** Keeps the rest of a piece for the next one; it is a few bytes. */
  #carryFrom(bytes: Uint8Array, start: number): number {
    this.#carry = bytes.slice(start);
    return bytes.length;
  }

  #takeCarry(piece: Uint8Array): Uint8Array {
    if (this.#carry.length === 0) return piece;
    const joined = new Uint8Array(this.#carry.length + piece.length);
    joined.set(this.#carry);
    joined.set(piece, this.#carry.length);
    this.#work.bytes += joined.length;
    this.#carry = NOTHING;
    return joined;
  }

  #openElement(name: string, namespace: string): void {
    if (this.#open.length >= MAX_DEPTH) throw new EdxmlError('EDXML_TOO_DEEP', { limit: MAX_DEPTH });
    this.#attributes = 0;
    if (++this.#nodes > MAX_NODES) throw new EdxmlError('EDXML_TOO_LARGE', { limit: MAX_NODES });
    const node: EdxmlNode = { name, namespace, children: [], text: '', payload: null };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(node);
    else this.#root = node;
    this.#open.push(node);
    if (name === PAYLOAD_ELEMENT) this.#payload = new Base64Decoder(this.#openPayload(), this.#work);
  }

  #closeElement(): void {
    const node = this.#open.pop();
    if (node === undefined) return;
    node.text = node.text.trim();
    if (this.#payload) {
      node.payload = this.#payload.finish();
      this.#payload = null;
      this.#closing = false;
    }
  }
}

function notXml(reason: string): EdxmlError {
  return new EdxmlError('EDXML_NOT_XML', { reason: reason.slice(0, 200) });
}
