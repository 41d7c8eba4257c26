import { generateKeyPairSync, sign } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { judgeCertificate } from '#pdf/crypto/certification-path.ts';
import { contextTag, der, DerError, derOid, derSmallInteger, TAG } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';
import { Budget } from '#pdf/syntax/budget.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import { checkCms } from '#pdf/verify/check-cms.ts';
import { makePdf } from '#tests/support/make-pdf.ts';

/** Small inputs that would cost minutes of time or end in an exception nobody expects. */

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ecdsa = der(TAG.sequence, derOid(OID.ecdsaWithSha256));
const sha256 = der(TAG.sequence, derOid(OID.sha256));
const time = (text: string): Uint8Array => der(TAG.utcTime, Buffer.from(text));
const attribute = (type: string, value: Uint8Array): Uint8Array => der(TAG.sequence, derOid(type), der(TAG.set, value));

function distinguishedName(text: string): Uint8Array {
  const pair = der(TAG.sequence, derOid(OID.commonName), der(TAG.utf8String, Buffer.from(text)));
  return der(TAG.sequence, der(TAG.set, pair));
}

function certificate(serial: number, subject: string, algorithm = ecdsa): Uint8Array {
  const constraints = der(TAG.sequence, der(TAG.boolean, Uint8Array.of(255)));
  const extension = der(TAG.sequence, derOid(OID.basicConstraints), der(TAG.octetString, constraints));
  const tbs = der(
    TAG.sequence,
    der(contextTag(0), derSmallInteger(2)),
    derSmallInteger(serial),
    algorithm,
    distinguishedName('Issuer'),
    der(TAG.sequence, time('200101000000Z'), time('400101000000Z')),
    distinguishedName(subject),
    new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    der(contextTag(3), der(TAG.sequence, extension)),
  );
  const signature = der(TAG.bitString, Uint8Array.of(0), new Uint8Array(sign('sha256', tbs, privateKey)));
  return der(TAG.sequence, tbs, algorithm, signature);
}

it('certificates that all issue each other', () => {
  const pool = Array.from({ length: 30 }, (_, i) => readCertificate(certificate(i + 1, 'Issuer')));
  const signer = readCertificate(certificate(99, 'Signer'));
  const findings = judgeCertificate(
    signer,
    'document',
    { anchors: [], pool, lists: [], answers: [] },
    { at: new Date(), known: new Date() },
  );
  expect(findings.map(({ code }) => code)).toContain('CERT_UNTRUSTED');
});

it('malformed parameters of a signature algorithm make the certificate unreadable, not the check of its issuer', () => {
  const pss = der(TAG.sequence, derOid(OID.rsaPss), der(TAG.sequence, der(contextTag(0))));
  expect(() => readCertificate(certificate(1, 'Signer', pss))).toThrow(DerError);
});

it('signed attributes of any length', () => {
  const attributes = der(
    contextTag(0),
    attribute(OID.contentType, derOid(OID.data)),
    attribute(OID.messageDigest, der(TAG.octetString, new Uint8Array(32))),
    attribute('1.2.3.4', der(TAG.octetString, new Uint8Array(400_000))),
  );
  const issuerAndSerial = der(TAG.sequence, distinguishedName('Issuer'), derSmallInteger(1));
  const signature = der(TAG.octetString, new Uint8Array(64));
  const signer = der(TAG.sequence, derSmallInteger(1), issuerAndSerial, sha256, attributes, ecdsa, signature);
  const content = der(TAG.sequence, derOid(OID.data));
  const signedData = der(TAG.sequence, derSmallInteger(1), der(TAG.set, sha256), content, der(TAG.set, signer));
  const cms = der(TAG.sequence, derOid(OID.signedData), der(contextTag(0), signedData));
  const codes = checkCms(cms, [new Uint8Array(3)], 'cades').findings.map(({ code }) => code);
  expect(codes).toEqual(['DIGEST_MISMATCH', 'SIGNER_CERT_MISSING']);
});

it('a cross-reference stream that lists the same objects again and again', () => {
  const rounds = 10;
  const rows = deflateSync(Buffer.alloc(rounds * 1_000_000, 1));
  const index = '0 1000000 '.repeat(rounds);
  const head = '%PDF-1.7\n';
  const dictionary = `9 0 obj\n<</Type /XRef /W [0 1 0] /Index [${index}] /Filter /FlateDecode /Length ${rows.length}>>\n`;
  const end = `\nendstream\nendobj\nstartxref\n${head.length}\n%%EOF\n`;
  const file = Buffer.concat([Buffer.from(`${head}${dictionary}stream\n`), rows, Buffer.from(end)]);
  expect(() => openPdf(new Uint8Array(file), new Budget(300))).toThrow(
    expect.objectContaining({ code: 'PDF_TOO_COMPLEX' }),
  );
});

it.each([2, 100, 5_000])('%i streams whose lengths stand in each other', (count) => {
  const stream = (length: string): string => `<</Length ${length}>>\nstream\n\nendstream`;
  const links = Array.from({ length: count }, (_, i) => stream(i === count - 1 ? '0' : `${11 + i} 0 R`));
  const document = openPdf(makePdf({ extra: links }));
  const refusal = count === 2 ? { code: 'PDF_BROKEN' } : { code: 'PDF_TOO_COMPLEX', params: { limit: 'depth' } };
  expect(() => document.resolve({ kind: 'ref', num: 10, gen: 0 })).toThrow(expect.objectContaining(refusal));
});
