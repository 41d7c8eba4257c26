import { execFileSync } from 'node:child_process';
import { createHmac, pbkdf2Sync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { children, contextTag, der, derOid, derSmallInteger, readDer, TAG } from '#pdf/crypto/der.ts';
import type { DerNode } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';
import { testPki } from './signing-fixtures.ts';

/** Key files as many programs make them: openssl's exports, put together and closed anew. */

/**
 * @param password what openssl takes for the text; its UTF-16 and UTF-8 are what keys are derived from
 * @param certificates DER, beside the key's own
 */
export function exportP12(
  keyPem: string,
  certificates: readonly Uint8Array[],
  password: string,
  ...options: readonly string[]
): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-p12-'));
  try {
    const at = (name: string): string => join(folder, name);
    const pem = certificates.map(
      (bytes) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`,
    );
    writeFileSync(at('in.pem'), keyPem + pem.join(''));
    const files = ['-in', at('in.pem'), '-out', at('out.p12'), '-passout', `pass:${password}`];
    execFileSync('openssl', ['pkcs12', '-export', ...files, ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Uint8Array(readFileSync(at('out.p12')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const keyPem = (id: string): string => readFileSync(join(testPki().dir, `${id}.key`), 'utf8');

/** All parts of several files in one, without a MAC; they share their password. */
export function joinP12(...files: readonly Uint8Array[]): Uint8Array {
  return closeP12(
    der(TAG.sequence, ...files.flatMap((file) => children(readDer(contentOf(file))).map(({ whole }) => whole))),
  );
}

/** A PFX around an AuthenticatedSafe (RFC 7292, 4). */
export function closeP12(safe: Uint8Array, ...mac: readonly Uint8Array[]): Uint8Array {
  const content = der(TAG.sequence, derOid(OID.data), der(contextTag(0), der(TAG.octetString, safe)));
  return der(TAG.sequence, derSmallInteger(3), content, ...mac);
}

/** The octets of the AuthenticatedSafe: what the MAC is over. */
export function contentOf(file: Uint8Array): Uint8Array {
  const [, info] = children(readDer(file));
  const [, wrapper] = children(info as DerNode);
  const [octets] = children(wrapper as DerNode);
  return (octets as DerNode).content;
}

const SALT = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

/**
 * The same file with the classic MAC over SHA-1, from node-forge.
 * @param password null for no password at all
 */
export function withForgeMac(file: Uint8Array, password: string | null): Uint8Array {
  const salt = forge.util.createBuffer(Buffer.from(SALT).toString('latin1'));
  const key = forge.pkcs12.generateKey(password, salt, 3, 100, 20);
  const mac = createHmac('sha1', Buffer.from(key.getBytes(), 'latin1')).update(contentOf(file)).digest();
  return closeP12(contentOf(file), macData(der(TAG.sequence, derOid('1.3.14.3.2.26'), der(TAG.null)), mac, 100));
}

/** The same file with PBMAC1 (RFC 9579). */
export function withPbmac1(file: Uint8Array, password: string): Uint8Array {
  const hmac = der(TAG.sequence, derOid('1.2.840.113549.2.9'), der(TAG.null));
  const parameters = der(TAG.sequence, der(TAG.octetString, SALT), derInteger(2_000), derSmallInteger(32), hmac);
  const derivation = der(TAG.sequence, derOid('1.2.840.113549.1.5.12'), parameters);
  const algorithm = der(TAG.sequence, derOid('1.2.840.113549.1.5.14'), der(TAG.sequence, derivation, hmac));
  const key = pbkdf2Sync(password, SALT, 2_000, 32, 'sha256');
  return closeP12(contentOf(file), macData(algorithm, createHmac('sha256', key).update(contentOf(file)).digest(), 1));
}

/** The same file with a MAC that asks for so many rounds and fits no password. */
export function withRounds(file: Uint8Array, rounds: number): Uint8Array {
  const sha1 = der(TAG.sequence, derOid('1.3.14.3.2.26'), der(TAG.null));
  return closeP12(contentOf(file), macData(sha1, new Uint8Array(20), rounds));
}

function macData(algorithm: Uint8Array, mac: Uint8Array, rounds: number): Uint8Array {
  const info = der(TAG.sequence, algorithm, der(TAG.octetString, mac));
  return der(TAG.sequence, info, der(TAG.octetString, SALT), derInteger(rounds));
}

function derInteger(value: number): Uint8Array {
  const octets = Buffer.alloc(5);
  octets.writeUInt32BE(value, 1);
  const first = octets.findIndex((octet, at) => octet !== 0 || (octets[at + 1] ?? 0x80) >= 0x80);
  return der(TAG.integer, octets.subarray(first));
}

/** BER as Windows and Java write it: lengths left open, and long octet strings in pieces. */
export function inBer(bytes: Uint8Array): Uint8Array {
  const node = readDer(bytes);
  const end = Uint8Array.of(0, 0);
  if ((node.tag & 0x20) !== 0) {
    return Buffer.concat([Uint8Array.of(node.tag, 0x80), ...children(node).map(({ whole }) => inBer(whole)), end]);
  }
  const octets = node.tag === TAG.octetString || node.tag === contextTag(0, false);
  if (!octets || node.content.length <= 100) return node.whole;
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < node.content.length; at += 100) {
    pieces.push(der(TAG.octetString, node.content.subarray(at, at + 100)));
  }
  return Buffer.concat([Uint8Array.of(node.tag | 0x20, 0x80), ...pieces, end]);
}
