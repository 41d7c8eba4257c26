import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { contextTag, der, derOid, derSetOf, derSmallInteger, readDer, TAG } from '#pdf/crypto/der.ts';
import { hashParts } from '#pdf/crypto/hash.ts';
import { digestByOid, OID } from '#pdf/crypto/oids.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { dir, resign, signForeign } from '#tests/support/foreign-signature.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { testPki, trust } from '#tests/support/signing-fixtures.ts';

/**
 * Algorithms that other signers use and Electron's BoringSSL lacks, signed by openssl. `npm test` plays this file in Node and in
 * Electron: the first checks with OpenSSL, the second with our own.
 */

const openssl = (...args: readonly string[]): Buffer =>
  execFileSync('openssl', args, { stdio: ['pipe', 'pipe', 'ignore'] });
const identifier = (oid: string, ...parameters: Uint8Array[]): Uint8Array =>
  der(TAG.sequence, derOid(oid), ...parameters);
const sha3 = (bits: number): string => `2.16.840.1.101.3.4.2.${{ 224: 7, 256: 8, 384: 9, 512: 10 }[bits] ?? 0}`;

interface Kind {
  /** Options of `openssl genpkey`. */
  readonly key: readonly string[];
  /** The message digest. */
  readonly digest: string;
  readonly algorithm: Uint8Array;
  readonly sign: (key: string, data: string) => Buffer;
}

const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
const ec = (curve: string): string[] => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`];
const digested =
  (digest: string, ...options: string[]) =>
  (key: string, data: string): Buffer =>
    openssl('dgst', `-${digest}`, '-sign', key, ...options.flatMap((option) => ['-sigopt', option]), data);
const raw = (key: string, data: string): Buffer => openssl('pkeyutl', '-sign', '-rawin', '-inkey', key, '-in', data);

/** The two numbers of an ECDSA-Sig-Value at their full length, one after the other. */
function plain(signature: Uint8Array, octets: number): Buffer {
  const { content } = readDer(signature);
  const first = readDer(content);
  const numbers = [first.content, readDer(content.subarray(first.whole.length)).content];
  return Buffer.concat(
    numbers.map((one) =>
      Buffer.from(
        Buffer.from(one)
          .toString('hex')
          .padStart(octets * 2 + 2, '0')
          .slice(-octets * 2),
        'hex',
      ),
    ),
  );
}

function pss(oid: string, salt: number): Uint8Array {
  const digest = identifier(oid);
  const fields = [digest, identifier(OID.mgf1, digest), derSmallInteger(salt)];
  return identifier(OID.rsaPss, der(TAG.sequence, ...fields.map((field, at) => der(contextTag(at), field))));
}

const kinds: Readonly<Record<string, Kind>> = {
  Ed448: {
    key: ['-algorithm', 'ED448'],
    digest: '2.16.840.1.101.3.4.2.12',
    algorithm: identifier(OID.ed448),
    sign: raw,
  },
  Ed25519: {
    key: ['-algorithm', 'ED25519'],
    digest: '2.16.840.1.101.3.4.2.3',
    algorithm: identifier(OID.ed25519),
    sign: raw,
  },
  ...Object.fromEntries(
    [256, 384, 512].flatMap((bits): [string, Kind][] => [
      [
        `RSA with SHA3-${bits}`,
        {
          key: rsa,
          digest: sha3(bits),
          algorithm: identifier(`2.16.840.1.101.3.4.3.${{ 256: 14, 384: 15 }[bits] ?? 16}`),
          sign: digested(`sha3-${bits}`),
        },
      ],
      [
        `RSA-PSS with SHA3-${bits}`,
        {
          key: rsa,
          digest: sha3(bits),
          algorithm: pss(sha3(bits), bits / 8),
          sign: digested(`sha3-${bits}`, 'rsa_padding_mode:pss', 'rsa_pss_saltlen:digest'),
        },
      ],
      [
        `P-${bits === 512 ? 521 : bits} with SHA3-${bits}`,
        {
          key: ec(`P-${bits === 512 ? 521 : bits}`),
          digest: sha3(bits),
          algorithm: identifier(`2.16.840.1.101.3.4.3.${{ 256: 10, 384: 11 }[bits] ?? 12}`),
          sign: digested(`sha3-${bits}`),
        },
      ],
      [
        `brainpoolP${bits}r1`,
        {
          key: ec(`brainpoolP${bits}r1`),
          digest: OID.sha256,
          algorithm: identifier(OID.ecdsaWithSha256),
          sign: digested('sha256'),
        },
      ],
      [
        `plain ECDSA on brainpoolP${bits}r1`,
        {
          key: ec(`brainpoolP${bits}r1`),
          digest: OID.sha256,
          algorithm: identifier('0.4.0.127.0.7.1.1.4.1.3'),
          sign: (key, data) => plain(digested('sha256')(key, data), bits / 8),
        },
      ],
    ]),
  ),
  'plain ECDSA on P-256': {
    key: ec('P-256'),
    digest: OID.sha256,
    algorithm: identifier('0.4.0.127.0.7.1.1.4.1.3'),
    sign: (key, data) => plain(digested('sha256')(key, data), 32),
  },
  'plain ECDSA on P-521 with SHA3-512': {
    key: ec('P-521'),
    digest: sha3(512),
    algorithm: identifier('0.4.0.127.0.7.1.1.4.1.11'),
    sign: (key, data) => plain(digested('sha3-512')(key, data), 66),
  },
};

/** A file signed by a fresh key, certified by the test authority in the test person's name. */
function signedBy(
  { key, digest, algorithm, sign }: Kind,
  spoil: (signature: Buffer) => Buffer = (same) => same,
): Uint8Array {
  const keyFile = join(dir, `${key.join('-').replaceAll(':', '-')}.key`);
  if (!existsSync(keyFile)) writeFileSync(keyFile, openssl('genpkey', ...key));
  const spki = openssl('pkey', '-in', keyFile, '-pubout', '-outform', 'DER');
  const certificate = resign(
    testPki().certificate('person'),
    (fields) => fields.map((field, at) => (at === 6 ? spki : field)),
    { key: 'issuing.key' },
  );
  const { issuerDn, serialNumber } = readCertificate(certificate);
  return signForeign(makePdf(), 'ETSI.CAdES.detached', (content) => {
    const attribute = (oid: string, value: Uint8Array): Uint8Array =>
      der(TAG.sequence, derOid(oid), der(TAG.set, value));
    const name = digestByOid.get(digest) ?? '';
    // By openssl, so that a digest of ours is compared with another's.
    const size = name === 'shake256' ? ['-xoflen', '64'] : [];
    const hashed = openssl('dgst', `-${name}`, ...size, '-binary', content);
    const bound = der(TAG.octetString, hashParts('sha256', [certificate]));
    const attributes = derSetOf(TAG.set, [
      attribute(OID.contentType, derOid(OID.data)),
      attribute(OID.messageDigest, der(TAG.octetString, hashed)),
      attribute(OID.signingCertificateV2, der(TAG.sequence, der(TAG.sequence, der(TAG.sequence, bound)))),
    ]);
    const data = join(dir, 'attributes');
    writeFileSync(data, attributes);
    const signerInfo = der(
      TAG.sequence,
      derSmallInteger(1),
      der(TAG.sequence, issuerDn, serialNumber),
      identifier(digest),
      Buffer.concat([Uint8Array.of(contextTag(0)), attributes.subarray(1)]),
      algorithm,
      der(TAG.octetString, spoil(sign(keyFile, data))),
    );
    const certificates = [certificate, testPki().certificate('issuing')];
    const inner = der(
      TAG.sequence,
      derSmallInteger(1),
      der(TAG.set, identifier(digest)),
      der(TAG.sequence, derOid(OID.data)),
      derSetOf(contextTag(0), certificates),
      der(TAG.set, signerInfo),
    );
    return Buffer.from(der(TAG.sequence, derOid(OID.signedData), der(contextTag(0), inner)));
  });
}

const verify = (bytes: Uint8Array): VerificationReport => verifyPdf(bytes, { trust: trust(), now: new Date() });
const doubts = (report: VerificationReport): string[] =>
  report.signatures.flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity !== 'info').map(({ code }) => code),
  );

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  it('is checked, and a forged one found', () => {
    expect(doubts(verify(signedBy(kind)))).toEqual([]);
    const flipped = verify(
      signedBy(kind, (signature) => {
        signature[signature.length - 3] = (signature.at(-3) ?? 0) ^ 1;
        return signature;
      }),
    );
    expect(doubts(flipped)).toEqual(['SIGNATURE_MISMATCH']);
    expect(doubts(verify(signedBy(kind, (signature) => signature.subarray(0, -1))))).toEqual(['SIGNATURE_MISMATCH']);
  });
});

it('a digest that is not the one of the signature is a contradiction', () => {
  const kind = kinds['P-256 with SHA3-256'];
  if (!kind) throw new Error('no such kind');
  expect(doubts(verify(signedBy({ ...kind, digest: OID.sha256 })))).toEqual(['ALGORITHM_MISMATCH']);
});

it('a kind of key that fits no algorithm here is not judged', () => {
  const kind = {
    key: ['-algorithm', 'X448'],
    digest: OID.sha256,
    algorithm: identifier(OID.ed448),
    sign: () => Buffer.alloc(114),
  };
  expect(doubts(verify(signedBy({ ...kind, digest: '2.16.840.1.101.3.4.2.12' })))).toSatisfy((codes: string[]) =>
    ['ALGORITHM_UNSUPPORTED', 'ALGORITHM_MISMATCH'].includes(codes[0] ?? ''),
  );
});
