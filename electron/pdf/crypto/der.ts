/** A strict DER reader (ITU-T X.690) and a small writer: what CMS, X.509 and CRLs need. */

const MAX_DEPTH = 32;

export interface DerNode {
  /** The whole identifier octet. */
  readonly tag: number;
  /** Identifier, length and content. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

/** Malformed DER. Callers turn it into their own finding or error. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  bmpString: 0x1e,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** The tag `[number]`, constructed unless said otherwise. */
export function contextTag(number: number, constructed = true): number {
  return (constructed ? 0xa0 : 0x80) | number;
}

/** Reads the element at `start`. @throws DerError */
export function readDer(bytes: Uint8Array, start = 0): DerNode {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) throw new DerError('truncated');
  if ((tag & 0x1f) === 0x1f) throw new DerError('long tag');
  let length = first;
  let header = 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError('length form');
    length = 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[start + 2 + i] ?? 0);
    header += count;
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError('length not minimal');
  }
  const end = start + header + length;
  if (end > bytes.length) throw new DerError('truncated');
  return { tag, whole: bytes.subarray(start, end), content: bytes.subarray(start + header, end) };
}

/** Reads an element that must fill `bytes` completely, checking its whole tree. @throws DerError */
export function readDerExactly(bytes: Uint8Array): DerNode {
  const node = readDer(bytes);
  if (node.whole.length !== bytes.length) throw new DerError('bytes after the element');
  checkTree(node, 0);
  return node;
}

function checkTree(node: DerNode, depth: number): void {
  if (depth > MAX_DEPTH) throw new DerError('too deep');
  if ((node.tag & 0x20) !== 0) for (const child of children(node)) checkTree(child, depth + 1);
}

/** The elements inside a constructed element. @throws DerError */
export function children(node: DerNode): DerNode[] {
  const nodes: DerNode[] = [];
  for (let at = 0; at < node.content.length;) {
    const child = readDer(node.content, at);
    nodes.push(child);
    at += child.whole.length;
  }
  return nodes;
}

/** `node` when it has the tag. @throws DerError */
export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw new DerError(`tag ${tag} expected`);
  return node;
}

/** The dotted form of an OBJECT IDENTIFIER. @throws DerError */
export function readOid(node: DerNode | undefined): string {
  const { content } = expectTag(node, TAG.oid);
  const parts: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(value)) throw new DerError('object identifier');
    if (byte < 0x80) {
      if (parts.length === 0) {
        const top = Math.min(2, Math.floor(value / 40));
        parts.push(top, value - top * 40);
      } else parts.push(value);
      value = 0;
    }
  }
  if (parts.length === 0 || (content.at(-1) ?? 0) >= 0x80) throw new DerError('object identifier');
  return parts.join('.');
}

/**
 * The value of an INTEGER as upper-case hex in whole octets, after a minus sign when it is negative (two's complement,
 * ITU-T X.690, 8.3): two numbers are equal when these are.
 * @throws DerError
 */
export function readIntegerHex(node: DerNode | undefined): string {
  const { content } = expectTag(node, TAG.integer);
  const first = content[0];
  if (first === undefined) throw new DerError('integer');
  if (first < 0x80) return toHex(content).replace(/^(?:00)+(?=..)/, '');
  const magnitude = (1n << BigInt(content.length * 8)) - BigInt(`0x${toHex(content)}`);
  const hex = magnitude.toString(16).toUpperCase();
  return `-${hex.length % 2 === 0 ? '' : '0'}${hex}`;
}

/** @throws DerError when it is not a small non-negative INTEGER */
export function readSmallInteger(node: DerNode | undefined): number {
  const hex = readIntegerHex(node);
  if (hex.startsWith('-')) throw new DerError('integer below zero');
  if (hex.length > 8) throw new DerError('integer too large');
  return Number.parseInt(hex, 16);
}

const utcTimePattern =
  /^(?<year>\d{2})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)?(?<zone>Z|[+-]\d{4})$/;
const generalizedTimePattern =
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?:(?<minute>\d\d)(?<second>\d\d)?)?(?:[.,]\d+)?(?<zone>Z|[+-]\d\d(?:\d\d)?)$/;

/**
 * UTCTime or GeneralizedTime. DER demands UTC and seconds (ITU-T X.690, 11.7 and 11.8; RFC 5280, 4.1.2.5), but programs
 * write the other forms of ITU-T X.680, 46 and 47 too: Go with the machine's offset, old ones without seconds. Each names
 * one moment, so nothing is guessed; a time without zone does not and is refused. Fractions of a second are dropped.
 * @throws DerError
 */
export function readTime(node: DerNode | undefined): Date {
  const text = Buffer.from(node?.content ?? []).toString('latin1');
  const pattern =
    node?.tag === TAG.utcTime ? utcTimePattern : node?.tag === TAG.generalizedTime ? generalizedTimePattern : undefined;
  const groups = pattern?.exec(text)?.groups;
  if (!groups) throw new DerError('time');
  const part = (name: string): number => Number(groups[name] ?? 0);
  const short = node?.tag === TAG.utcTime;
  // RFC 5280, 4.1.2.5.1: two digits mean 1950 to 2049.
  const year = part('year') + (short ? (part('year') >= 50 ? 1900 : 2000) : 0);
  const [month, day, hour, minute, second] = ['month', 'day', 'hour', 'minute', 'second'].map(part);
  if (!month || !day || month > 12 || day > 31) throw new DerError('time');
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 60) throw new DerError('time');
  return new Date(Date.UTC(year, month - 1, day, hour, (minute ?? 0) - zoneMinutes(groups['zone'] ?? 'Z'), second));
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3) || 0);
  return zone.startsWith('-') ? -minutes : minutes;
}

/** The octets of a BIT STRING without unused bits. @throws DerError */
export function readBitOctets(node: DerNode | undefined): Uint8Array {
  const { content } = expectTag(node, TAG.bitString);
  if (content[0] !== 0) throw new DerError('bit string');
  return content.subarray(1);
}

/** What `read` makes of `bytes`, or nothing when they are malformed: for lists where a bad item counts as absent. */
export function ifReadable<T>(read: (bytes: Uint8Array) => T, bytes: Uint8Array): T[] {
  try {
    return [read(bytes)];
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

/** One element with the given parts as content. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(length)]), ...parts]);
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}

/** SET OF with its elements in DER order. */
export function derSetOf(tag: number, elements: readonly Uint8Array[]): Uint8Array {
  return der(tag, ...elements.toSorted((a, b) => Buffer.compare(a, b)));
}

export function derOid(dotted: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [top * 40 + second, ...rest].flatMap((part) => {
    const groups = [part % 128];
    for (let value = Math.floor(part / 128); value > 0; value = Math.floor(value / 128)) {
      groups.unshift(0x80 | (value % 128));
    }
    return groups;
  });
  return der(TAG.oid, Uint8Array.from(octets));
}

export function derSmallInteger(value: number): Uint8Array {
  return der(TAG.integer, Uint8Array.of(value));
}
