import { iteratedHash } from './iterated-hash.ts';

/** What the derived octets are for (RFC 7292, B.3). */
export const PURPOSE = { key: 1, vector: 2, mac: 3 } as const;

export interface Derivation {
  /** A name of node:crypto. */
  readonly digest: string;
  readonly salt: Uint8Array;
  readonly rounds: number;
}

/**
 * Octets from a password as PKCS#12 derives them (RFC 7292, B.2).
 * @param password {@link PasswordForm.wide}
 */
export function derivePkcs12(
  { digest, salt, rounds }: Derivation,
  password: Uint8Array,
  purpose: number,
  length: number,
): Uint8Array {
  const block = digest === 'sha384' || digest === 'sha512' ? 128 : 64;
  const input = Buffer.concat([filling(salt, block), filling(password, block)]);
  const start = Buffer.alloc(block, purpose);
  const parts: Uint8Array[] = [];
  for (let have = 0; ;) {
    const part = iteratedHash(digest, Buffer.concat([start, input]), rounds);
    parts.push(part);
    have += part.length;
    if (have >= length) return Buffer.concat(parts).subarray(0, length);
    const addend = filling(part, block).subarray(0, block);
    for (let at = 0; at < input.length; at += block) add(input.subarray(at, at + block), addend);
  }
}

/** `bytes` repeated up to the next multiple of `block`. */
function filling(bytes: Uint8Array, block: number): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0);
  return Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
}

/** `number` plus `addend` plus one, as big-endian numbers, without what goes over. */
function add(number: Buffer, addend: Uint8Array): void {
  let carry = 1;
  for (let at = number.length - 1; at >= 0; at -= 1) {
    const sum = (number[at] ?? 0) + (addend[at] ?? 0) + carry;
    number.writeUInt8(sum & 0xff, at);
    carry = sum >> 8;
  }
}
