import { constants, publicDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { ed448 } from '@noble/curves/ed448.js';
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { children, der, derOid, ifReadable, readBitOctets, readDerExactly, readOid, sameBytes, TAG } from './der.ts';
import { hashParts } from './hash.ts';
import { digestByOid, OID } from './oids.ts';

/**
 * Checking of signatures that Electron's BoringSSL cannot check and the OpenSSL of Node can: over digests that it lacks, and of
 * keys that it cannot even read. Node checks those itself, so that the tests in both runtimes compare the two.
 */

const curves: ReadonlyMap<string, ECDSA> = new Map([
  ['1.2.840.10045.3.1.7', p256],
  ['1.3.132.0.34', p384],
  ['1.3.132.0.35', p521],
  ['1.3.36.3.3.2.8.1.1.7', brainpoolP256r1],
  ['1.3.36.3.3.2.8.1.1.11', brainpoolP384r1],
  ['1.3.36.3.3.2.8.1.1.13', brainpoolP512r1],
]);

interface EncodedKey {
  readonly algorithm: string;
  /** The named curve of an elliptic key. */
  readonly curve: string | undefined;
  readonly octets: Uint8Array;
}

/** SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). @throws DerError */
function readKey(spki: Uint8Array): EncodedKey {
  const [identifier, bits] = children(readDerExactly(spki));
  const [oid, curve] = identifier ? children(identifier) : [];
  return {
    algorithm: readOid(oid),
    curve: curve?.tag === TAG.oid ? readOid(curve) : undefined,
    octets: readBitOctets(bits),
  };
}

/** What kind of key it is, for keys that the runtime cannot read; undefined when nothing here can use it either. */
export function rareKeyKind(spki: Uint8Array): 'ed448' | 'ec' | undefined {
  const [key] = ifReadable(readKey, spki);
  if (key?.algorithm === OID.ed448) return 'ed448';
  return curves.has(key?.curve ?? '') ? 'ec' : undefined;
}

/** Ed448 without context (RFC 8032, 5.2.7). @throws DerError */
export function checkEd448(spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  const { octets } = readKey(spki);
  return unlessRefused(() => ed448.verify(signature, data, octets));
}

/**
 * ECDSA (ANSI X9.62).
 * @param format `der` for ECDSA-Sig-Value, `compact` for the two numbers one after the other (BSI TR-03111, 5.2.1)
 * @returns undefined for a curve that is not known
 * @throws DerError
 */
export function checkEcdsa(
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
  { digest, format }: { readonly digest: string; readonly format: 'der' | 'compact' },
): boolean | undefined {
  const { curve, octets } = readKey(spki);
  const hashed = hashParts(digest, [data]);
  const ecdsa = curves.get(curve ?? '');
  return ecdsa && unlessRefused(() => ecdsa.verify(signature, hashed, octets, { prehash: false, lowS: false, format }));
}

/** A signature of another length, or a point off the curve, is an error to the library and a bad signature here. */
function unlessRefused(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

/** RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2): what the signature opens to must be the one encoding of the digest. */
export function checkRsa(key: KeyObject, data: Uint8Array, signature: Uint8Array, digest: string): boolean {
  const oid = [...digestByOid].find(([, name]) => name === digest)?.[0] ?? '';
  const identifier = der(TAG.sequence, derOid(oid), der(TAG.null));
  const expected = der(TAG.sequence, identifier, der(TAG.octetString, hashParts(digest, [data])));
  const opened = open(key, signature, constants.RSA_PKCS1_PADDING);
  return opened !== undefined && sameBytes(opened, expected);
}

/** RSASSA-PSS with MGF1 of the same digest (RFC 8017, 8.1.2 and 9.1.2). */
export function checkRsaPss(
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
  { digest, saltLength }: { readonly digest: string; readonly saltLength: number },
): boolean {
  const encodedBits = (key.asymmetricKeyDetails?.modulusLength ?? 0) - 1;
  const length = Math.ceil(encodedBits / 8);
  const opened = open(key, signature, constants.RSA_NO_PADDING);
  if (!opened) return false;
  const encoded = opened.subarray(opened.length - length);
  const hashed = hashParts(digest, [data]);
  const maskLength = length - hashed.length - 1;
  if (maskLength < saltLength + 1 || opened.subarray(0, -length).some((octet) => octet !== 0)) return false;
  const hash = encoded.subarray(maskLength, -1);
  const masks = mask(digest, hash, maskLength);
  const block = encoded.subarray(0, maskLength).map((octet, at) => octet ^ (masks[at] ?? 0));
  const unused = 8 * length - encodedBits;
  if ((encoded[0] ?? 0) >> (8 - unused) !== 0 || encoded.at(-1) !== 0xbc) return false;
  block[0] = (block[0] ?? 0) & (0xff >> unused);
  const zeros = maskLength - saltLength - 1;
  if (block.subarray(0, zeros).some((octet) => octet !== 0) || block[zeros] !== 1) return false;
  return sameBytes(hashParts(digest, [new Uint8Array(8), hashed, block.subarray(zeros + 1)]), hash);
}

/** MGF1 (RFC 8017, B.2.1). */
function mask(digest: string, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let made = 0, counter = 0; made < length; counter += 1) {
    const block = hashParts(digest, [seed, Uint8Array.of(0, 0, counter >> 8, counter & 0xff)]);
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/** Undefined where the signature is no number below the modulus, or does not open to such padding. */
function open(key: KeyObject, signature: Uint8Array, padding: number): Buffer | undefined {
  try {
    return publicDecrypt({ key, padding }, signature);
  } catch {
    return undefined;
  }
}
