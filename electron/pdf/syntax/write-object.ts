import { isArray } from './objects.ts';
import type { PdfObject } from './objects.ts';

/** The bytes of an object in PDF syntax. Streams get their /Length; the caller writes `obj … endobj` around. */
export function writeObject(value: PdfObject): Buffer {
  if (typeof value === 'object' && value !== null && !isArray(value) && value.kind === 'stream') {
    const entries = new Map(value.dict.entries).set('Length', value.raw.length);
    const head = writeText({ kind: 'dict', entries, ambiguous: false });
    return Buffer.concat([Buffer.from(`${head}\nstream\n`, 'latin1'), value.raw, Buffer.from('\nendstream', 'latin1')]);
  }
  return Buffer.from(writeText(value), 'latin1');
}

function writeText(value: PdfObject): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (isArray(value)) return `[${value.map(writeText).join(' ')}]`;
  switch (value.kind) {
    case 'name':
      return writeName(value.name);
    case 'ref':
      return `${value.num} ${value.gen} R`;
    case 'string':
      return value.hex ? `<${Buffer.from(value.bytes).toString('hex').toUpperCase()}>` : writeLiteral(value.bytes);
    case 'dict':
      return `<<${[...value.entries].map(([key, item]) => `${writeName(key)} ${writeText(item)}${value.reals?.has(key) === true ? '.0' : ''}`).join(' ')}>>`;
    case 'stream':
      throw new TypeError('a stream is always an indirect object');
  }
}

/** PDF has no exponent notation (ISO 32000-2, 7.3.3). */
export function writeNumber(value: number): string {
  if (Number.isInteger(value)) return value.toFixed(0);
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(10) : plain;
}

function writeName(text: string): string {
  return `/${text.replace(/[^!-~]|[#()<>[\]{}/%]/g, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)}`;
}

function writeLiteral(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return `(${text.replace(/[\\()\r\n]/g, (char) => (char === '\r' ? '\\r' : char === '\n' ? '\\n' : `\\${char}`))})`;
}

/** A text string (ISO 32000-2, 7.9.2.2): plain ASCII, or UTF-16BE with a byte order mark. */
export function textString(text: string): PdfObject {
  if (/^[ -~]*$/.test(text)) return { kind: 'string', bytes: Buffer.from(text, 'latin1'), hex: false };
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  return { kind: 'string', bytes: utf16, hex: true };
}

/** Reads a text string: UTF-16BE, UTF-8 with mark, or bytes as Latin-1. */
export function readTextString(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return Buffer.from(bytes.subarray(3)).toString('utf8');
  return Buffer.from(bytes).toString('latin1');
}
