import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding, VerificationReport } from '#shared/domain/verification.ts';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { buildSignedAttributes, buildSignedData } from '#pdf/crypto/cms.ts';
import { children, contextTag, der, derOid, derSetOf, readDer, TAG } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { dir, opensslCms, resign, signForeign, timestampToken } from '#tests/support/foreign-signature.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { credential, testPki, trust } from '#tests/support/signing-fixtures.ts';
import { rebuildSignedData } from '../../security/pdf/attacks.ts';

/** What is written otherwise than DER and PAdES ask, by programs that mean no harm, and by others. */

const verify = (bytes: Uint8Array, lists = trust().crls): VerificationReport =>
  verifyPdf(bytes, { trust: { ...trust(), crls: lists }, now: new Date() });

const doubts = (report: VerificationReport): Finding[] =>
  report.signatures.flatMap(({ findings }) => findings.filter(({ severity }) => severity !== 'info'));

const text = (tag: number, value: string): Uint8Array => der(tag, Buffer.from(value));
const attribute = (oid: string, value: Uint8Array): Uint8Array => der(TAG.sequence, derOid(oid), der(TAG.set, value));

/** CMS over a file by the test person, with more signed attributes, or another certificate for the same key. */
async function ownCms(
  content: Uint8Array,
  { more = [], certificate }: { more?: readonly Uint8Array[]; certificate?: Uint8Array },
): Promise<Buffer> {
  const person = credential('person');
  const [own, ...issuers] = person.chain.map(readCertificate);
  const signer = certificate ? readCertificate(certificate) : own;
  if (!signer) throw new Error('no certificate');
  const usual = buildSignedAttributes(createHash('sha256').update(content).digest(), signer);
  const attributes = derSetOf(TAG.set, [...children(readDer(usual)).map(({ whole }) => whole), ...more]);
  return Buffer.from(buildSignedData([signer, ...issuers], attributes, await person.signData(attributes)));
}

/** `signForeign` with a CMS that takes time to make: the first round shows what is signed. */
async function signOwn(options: Parameters<typeof ownCms>[1]): Promise<Uint8Array> {
  let content = Buffer.alloc(0);
  signForeign(makePdf(), 'adbe.pkcs7.detached', (path) => {
    content = readFileSync(path);
    return Buffer.alloc(1);
  });
  const cms = await ownCms(content, options);
  return signForeign(makePdf(), 'adbe.pkcs7.detached', () => cms);
}

describe('times and extensions that are not DER', () => {
  it.for([
    [TAG.utcTime, '260105090000+0700'],
    [TAG.utcTime, '2601050200Z'],
    [TAG.generalizedTime, '20260105090000+0700'],
    [TAG.generalizedTime, '20260105020000.5Z'],
  ] as const)('signing time %i %s', async ([tag, time]) => {
    const report = verify(await signOwn({ more: [attribute(OID.signingTime, text(tag, time))] }));
    expect(doubts(report)).toEqual([]);
    expect(report.signatures[0]?.claimedTime).toBe('2026-01-05T02:00:00.000Z');
  });

  it('a signing time that names no moment is malformed', async () => {
    const report = verify(await signOwn({ more: [attribute(OID.signingTime, text(TAG.utcTime, '260105090000'))] }));
    expect(report.integrity).toBe('INVALID');
  });

  const reissued = (change: (fields: Uint8Array[]) => Uint8Array[]): Uint8Array =>
    resign(testPki().certificate('person'), change, { key: 'issuing.key' });
  const withExtension = (critical: boolean, octets: Uint8Array): Uint8Array =>
    reissued((fields) => {
      const [list] = children(readDer(fields.at(-1) ?? new Uint8Array()));
      const flag = critical ? [der(TAG.boolean, Uint8Array.of(0xff))] : [];
      const added = der(TAG.sequence, derOid('1.2.840.1.99'), ...flag, der(TAG.octetString, octets));
      return [...fields.slice(0, -1), der(contextTag(3), der(TAG.sequence, list?.content ?? added, added))];
    });
  const validFor = (from: Uint8Array, to: Uint8Array): Uint8Array =>
    reissued((fields) => fields.map((field, i) => (i === 4 ? der(TAG.sequence, from, to) : field)));

  it.for([
    ['offset', () => validFor(text(TAG.utcTime, '200101000000+0700'), text(TAG.utcTime, '490101000000+0700'))],
    ['no seconds', () => validFor(text(TAG.utcTime, '2001010000Z'), text(TAG.generalizedTime, '204901010000Z'))],
    ['private extension of plain text', () => withExtension(false, Buffer.from('Can bo cap 2'))],
    ['empty private extension', () => withExtension(false, Buffer.alloc(0))],
  ] as const)('certificate with %s', async ([, make]) => {
    expect(doubts(verify(await signOwn({ certificate: make() })))).toEqual([]);
  });

  it('a critical extension nobody knows still counts against the certificate', async () => {
    const report = verify(await signOwn({ certificate: withExtension(true, Buffer.from('Can bo cap 2')) }));
    expect(doubts(report)).toMatchObject([{ code: 'CERT_CHAIN_INVALID' }]);
  });

  it('an expired certificate is expired in any spelling', async () => {
    const certificate = validFor(text(TAG.utcTime, '200101000000+0700'), text(TAG.utcTime, '2101010000-0100'));
    expect(doubts(verify(await signOwn({ certificate })))).toMatchObject([
      { code: 'CERT_EXPIRED', params: { date: '2021-01-01T01:00:00.000Z' } },
    ]);
  });
});

describe('a PKCS#7 that does not name its certificate', () => {
  /** Puts another certificate for the same key, issuer and number in the signer's place. */
  const swapped = (change: (tbs: Uint8Array[]) => Uint8Array[], key: string) => (content: string) =>
    Buffer.from(
      rebuildSignedData(opensslCms('person')(content), (fields) =>
        fields.map((field) => {
          if (field[0] !== contextTag(0)) return field;
          const all = children(readDer(field)).map(({ whole }) => whole);
          const own = Buffer.from(testPki().certificate('person'));
          return der(contextTag(0), ...all.map((one) => (own.equals(one) ? resign(one, change, { key }) : one)));
        }),
      ),
    );
  const chairman = der(
    TAG.sequence,
    der(TAG.set, der(TAG.sequence, derOid(OID.commonName), text(TAG.utf8String, 'Chủ tịch UBND tỉnh'))),
  );
  const renamed = (fields: Uint8Array[]): Uint8Array[] => fields.map((field, i) => (i === 5 ? chairman : field));

  it.for(['person.key', 'root.key'])('another name, signed by %s, is not believed', (key) => {
    const report = verify(signForeign(makePdf(), 'adbe.pkcs7.detached', swapped(renamed, key)));
    expect(doubts(report).map(({ code }) => code)).toContain('SIGNING_CERT_ABSENT');
    expect(report.integrity).toBe('WARN');
  });

  it('neither is one without its issuer', () => {
    const alone = (content: string): Buffer =>
      Buffer.from(
        rebuildSignedData(opensslCms('person')(content), (fields) =>
          fields.map((field) =>
            field[0] === contextTag(0) ? der(contextTag(0), testPki().certificate('person')) : field,
          ),
        ),
      );
    expect(verify(signForeign(makePdf(), 'adbe.pkcs7.detached', alone)).integrity).toBe('WARN');
  });

  it('one by the enclosed issuer is', () => {
    expect(doubts(verify(signForeign(makePdf(), 'adbe.pkcs7.detached', opensslCms('person'))))).toEqual([]);
  });
});

describe('weak cryptography', () => {
  it.for([
    [512, 'INDET'],
    [1024, 'WARN'],
    [2048, 'VALID'],
  ] as const)('a key of RSA %i bits is %s', ([bits, integrity]) => {
    const at = (file: string): string => join(dir, file);
    const subject = ['-subj', '/CN=Nguoi ky', '-days', '30'];
    const options = ['-newkey', `rsa:${bits}`, '-nodes', '-keyout', at('weak.key'), '-out', at('weak.pem')];
    execFileSync('openssl', ['req', '-x509', ...options, ...subject], { stdio: 'ignore' });
    const cms = (content: string): Buffer => {
      const files = ['-in', content, '-signer', at('weak.pem'), '-inkey', at('weak.key'), '-out', at('weak.der')];
      execFileSync('openssl', ['cms', '-sign', '-binary', '-outform', 'DER', ...files]);
      return readFileSync(at('weak.der'));
    };
    expect(verify(signForeign(makePdf(), 'adbe.pkcs7.detached', cms)).integrity).toBe(integrity);
  });

  it('a document time stamp over MD5 proves nothing', () => {
    const token = timestampToken((content) => content, 'md5');
    const report = verify(signForeign(makePdf(), 'ETSI.RFC3161', token, { type: 'DocTimeStamp' }));
    expect(doubts(report)).toMatchObject([{ code: 'ALGORITHM_WEAK', params: { algorithm: 'MD5' } }]);
    expect(report.integrity).toBe('INVALID');
  });

  it.for([
    ['md5', '1.2.840.113549.1.1.4'],
    ['sha1', '1.2.840.113549.1.1.5'],
  ] as const)('a revocation list signed with %s clears nobody', ([digest, oid]) => {
    const algorithm = der(TAG.sequence, derOid(oid), der(TAG.null));
    const [root] = trust().crls;
    const list = resign(testPki().crl('issuing'), (fields) => fields.map((f, i) => (i === 1 ? algorithm : f)), {
      key: 'issuing.key',
      digest,
      algorithm,
    });
    const report = verify(signForeign(makePdf(), 'ETSI.CAdES.detached', opensslCms('person', '-cades')), [
      root ?? list,
      list,
    ]);
    expect(report.verdict).toBe('INDET');
    expect(doubts(report)).toMatchObject([{ code: 'REVOCATION_NOT_CHECKED' }]);
  });

  it('CAdES without signed attributes is none', () => {
    const report = verify(signForeign(makePdf(), 'ETSI.CAdES.detached', opensslCms('person', '-noattr')));
    expect(report.integrity).toBe('INVALID');
  });
});

describe('time stamps of a signature', () => {
  /** Adds unsigned attributes to the only signer. */
  const withUnsigned = (cms: Uint8Array, ...attributes: readonly Uint8Array[]): Buffer =>
    Buffer.from(
      rebuildSignedData(cms, (fields) => {
        const [signer] = children(readDer(fields.at(-1) ?? cms));
        if (!signer) throw new Error('no signer');
        const parts = [...children(signer).map(({ whole }) => whole), der(contextTag(1), ...attributes)];
        return [...fields.slice(0, -1), der(TAG.set, der(TAG.sequence, ...parts))];
      }),
    );
  const valueOf = (cms: Uint8Array): Uint8Array => {
    const [, wrapper] = children(readDer(cms));
    const [data] = wrapper ? children(wrapper) : [];
    const [signer] = data ? children(children(data).at(-1) ?? data) : [];
    return (signer ? children(signer).at(-1)?.content : undefined) ?? new Uint8Array();
  };
  const stamped =
    (over: (cms: Uint8Array) => Uint8Array, times = 1) =>
    (content: string) => {
      const cms = opensslCms('person')(content);
      const value = join(dir, 'value');
      writeFileSync(value, over(cms));
      const token = timestampToken(() => value)(content);
      return withUnsigned(cms, ...Array.from({ length: times }, () => attribute(OID.signatureTimeStamp, token)));
    };
  const sign = (makeCms: (content: string) => Buffer): VerificationReport =>
    verify(signForeign(makePdf(), 'adbe.pkcs7.detached', makeCms));

  it('its own one', () => {
    const report = sign(stamped(valueOf));
    expect(doubts(report)).toEqual([]);
    expect(report.signatures[0]?.findings).toEqual([]);
    expect(report.signatures[0]?.provenTime).toMatch(/^\d{4}-/);
  });

  it('several unsigned attributes of one type are allowed', () => {
    expect(doubts(sign(stamped(valueOf, 2)))).toEqual([]);
  });

  it('one of another signature takes the time away, not the signature', () => {
    const report = sign(stamped(() => Buffer.from('the value of another signature')));
    expect(doubts(report)).toMatchObject([{ code: 'TIMESTAMP_MISMATCH', severity: 'warn' }]);
  });

  it('what is no token is none', () => {
    const broken = (content: string): Buffer =>
      withUnsigned(opensslCms('person')(content), attribute(OID.signatureTimeStamp, der(TAG.sequence)));
    expect(doubts(sign(broken))).toMatchObject([{ code: 'TIMESTAMP_MISMATCH' }]);
  });
});
