import { createHash, getHashes } from 'node:crypto';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake256 } from '@noble/hashes/sha3.js';

/** Octets of SHAKE256 as Ed448 signatures use it (RFC 8419, 3.1). */
const SHAKE_OCTETS = 64;

/** What Electron's BoringSSL does not have; where the runtime has it, it is some ten times as fast. */
const others: ReadonlyMap<string, () => { update(part: Uint8Array): unknown; digest(): Uint8Array }> = new Map([
  ['sha3-224', () => sha3_224.create()],
  ['sha3-256', () => sha3_256.create()],
  ['sha3-384', () => sha3_384.create()],
  ['sha3-512', () => sha3_512.create()],
  ['shake256', () => shake256.create({ dkLen: SHAKE_OCTETS })],
]);
const inRuntime: ReadonlySet<string> = new Set(getHashes());

/** Whether node:crypto itself knows the digest, so that it can check signatures over it. */
export function isNative(digest: string): boolean {
  return inRuntime.has(digest);
}

/** @param digest one of `digestByOid`; `shake256` has 64 octets */
export function hashParts(digest: string, parts: readonly Uint8Array[]): Uint8Array {
  const other = isNative(digest) ? undefined : others.get(digest)?.();
  const options = digest === 'shake256' ? { outputLength: SHAKE_OCTETS } : {};
  const hash = other ?? createHash(digest, options);
  for (const part of parts) hash.update(part);
  return hash.digest();
}
