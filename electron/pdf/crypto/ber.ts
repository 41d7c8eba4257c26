import { der, DerError, TAG } from './der.ts';

const MAX_DEPTH = 32;
const INDEFINITE = 0x80;
const CONSTRUCTED = 0x20;
const CONSTRUCTED_OCTET_STRING = TAG.octetString | CONSTRUCTED;

export interface DefiniteForm {
  /** The element with definite lengths; the very input bytes where they had them already. */
  readonly bytes: Uint8Array;
  /** Octets of the input that the element takes. */
  readonly length: number;
  /** Something had to be rewritten. */
  readonly changed: boolean;
}

/**
 * Rewrites indefinite lengths (ITU-T X.690, 8.1.3.6) as definite ones and joins octet strings in pieces. Signatures ought
 * to be DER, but NSS, and with it LibreOffice and Poppler, streams them.
 * @throws DerError
 */
export function toDefiniteForm(bytes: Uint8Array, start = 0, depth = 0): DefiniteForm {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || depth > MAX_DEPTH) throw new DerError('truncated');
  if ((tag & 0x1f) === 0x1f) throw new DerError('long tag');
  if (first === INDEFINITE) {
    if ((tag & CONSTRUCTED) === 0) throw new DerError('indefinite primitive');
    return readChildren(bytes, tag, start, start + 2, undefined, depth);
  }
  const count = first > INDEFINITE ? first & 0x7f : 0;
  if (count > 4) throw new DerError('length form');
  let length = count === 0 ? first : 0;
  for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[start + 2 + i] ?? 0);
  const content = start + 2 + count;
  const end = content + length;
  if (end > bytes.length) throw new DerError('truncated');
  if ((tag & CONSTRUCTED) !== 0) {
    const inner = readChildren(bytes, tag, start, content, end, depth);
    if (inner.changed) return inner;
  }
  return { bytes: bytes.subarray(start, end), length: end - start, changed: false };
}

/** @param end undefined: up to the end-of-contents octets */
function readChildren(
  bytes: Uint8Array,
  tag: number,
  start: number,
  content: number,
  end: number | undefined,
  depth: number,
): DefiniteForm {
  const parts: Uint8Array[] = [];
  const pieces = tag === CONSTRUCTED_OCTET_STRING;
  let changed = end === undefined || pieces;
  let at = content;
  for (; at < (end ?? bytes.length);) {
    if (end === undefined && bytes[at] === 0 && bytes[at + 1] === 0) break;
    const child = toDefiniteForm(bytes, at, depth + 1);
    parts.push(pieces ? contentOf(child.bytes) : child.bytes);
    if (child.changed) changed = true;
    at += child.length;
  }
  if (end === undefined ? at + 2 > bytes.length : at !== end) throw new DerError('truncated');
  const length = (end ?? at + 2) - start;
  return { bytes: changed ? der(pieces ? TAG.octetString : tag, ...parts) : bytes, length, changed };
}

function contentOf(octetString: Uint8Array): Uint8Array {
  const first = octetString[1] ?? 0;
  return octetString.subarray(first > INDEFINITE ? 2 + (first & 0x7f) : 2);
}
