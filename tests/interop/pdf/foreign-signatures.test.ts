import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FindingCode, VerificationReport } from '#shared/domain/verification.ts';
import { children, contextTag, readDer } from '#pdf/crypto/der.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { dir, opensslCms, signForeign, timestampToken } from '#tests/support/foreign-signature.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { sealAsAgency, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';

function verify(bytes: Uint8Array): VerificationReport {
  return verifyPdf(bytes, { trust: trust(), now: new Date() });
}

const codes = (report: VerificationReport): FindingCode[] =>
  report.signatures.flatMap((signature) => signature.findings.map((finding) => finding.code));

describe('signatures made by openssl', () => {
  it.for([
    ['PKCS#7 with signing time', 'adbe.pkcs7.detached', 'person', []],
    ['PKCS#7 without signed attributes', 'adbe.pkcs7.detached', 'person', ['-noattr']],
    ['PKCS#7, SHA-512', 'adbe.pkcs7.detached', 'person', ['-md', 'sha512']],
    ['PKCS#7, signer named by its key', 'adbe.pkcs7.detached', 'person', ['-keyid']],
    ['PKCS#7, PSS', 'adbe.pkcs7.detached', 'person', ['-keyopt', 'rsa_padding_mode:pss']],
    ['PKCS#7, P-256', 'adbe.pkcs7.detached', 'person-ec', []],
    ['PKCS#7, P-384 and SHA-384', 'adbe.pkcs7.detached', 'person-ec384', ['-md', 'sha384']],
    ['CAdES', 'ETSI.CAdES.detached', 'person', ['-cades']],
  ] as const)('%s is valid', ([, subFilter, id, options]) => {
    const report = verify(signForeign(makePdf(), subFilter, opensslCms(id, ...options)));
    expect(report.signatures[0]?.findings.filter((finding) => finding.severity !== 'info')).toEqual([]);
    expect(report.verdict).toBe('VALID');
  });

  it.for([
    ['SHA-1', 'adbe.pkcs7.detached', ['-md', 'sha1'], 'ALGORITHM_WEAK', 'INDET'],
    ['CAdES without certificate reference', 'ETSI.CAdES.detached', [], 'SIGNING_CERT_ABSENT', 'WARN'],
    ['content enclosed', 'adbe.pkcs7.detached', ['-nodetach'], 'CMS_MALFORMED', 'INVALID'],
    ['no certificates', 'adbe.pkcs7.detached', ['-nocerts'], 'SIGNER_CERT_MISSING', 'INVALID'],
    ['obsolete format', 'adbe.x509.rsa_sha1', [], 'SUBFILTER_OBSOLETE', 'INDET'],
    ['unknown format', 'Vendor.Own', [], 'SUBFILTER_UNKNOWN', 'INDET'],
  ] as const)('%s is not green', ([, subFilter, options, code, verdict]) => {
    const report = verify(signForeign(makePdf(), subFilter, opensslCms('person', ...options)));
    expect(codes(report)).toContain(code);
    expect(report.integrity).toBe(verdict);
  });

  it('lengths left open, as NSS writes them', () => {
    const open = (content: string): Buffer => {
      const cms = opensslCms('person')(content);
      const [oid, wrapper] = children(readDer(cms));
      const [signedData] = wrapper ? children(wrapper) : [];
      if (!oid || !signedData) throw new Error('no SignedData');
      const end = Buffer.alloc(2);
      const head = Buffer.from([0x30, 0x80]);
      const middle = Buffer.from([contextTag(0), 0x80, 0x30, 0x80]);
      return Buffer.concat([head, oid.whole, middle, signedData.content, end, end, end]);
    };
    const report = verify(signForeign(makePdf(), 'adbe.pkcs7.detached', open));
    expect(report.verdict).toBe('VALID');
    expect(report.signatures[0]?.findings).toMatchObject([{ code: 'PROFILE_DEVIATION', params: { attribute: 'BER' } }]);
  });

  it('a content digest of something else', () => {
    const other = join(dir, 'other');
    writeFileSync(other, 'other');
    const bytes = signForeign(makePdf(), 'adbe.pkcs7.detached', () => opensslCms('person')(other));
    expect(codes(verify(bytes))).toContain('DIGEST_MISMATCH');
    const plain = signForeign(makePdf(), 'adbe.pkcs7.detached', () => opensslCms('person', '-noattr')(other));
    expect(codes(verify(plain))).toContain('SIGNATURE_MISMATCH');
  });

  it('the agency seals what a person signed elsewhere, and both stay valid', async () => {
    const foreign = signForeign(makePdf(), 'adbe.pkcs7.detached', opensslCms('person'));
    const { bytes } = await sealAsAgency(foreign);
    expect(verify(bytes)).toMatchObject({ verdict: 'VALID' });
    const third = signForeign(bytes, 'adbe.pkcs7.detached', opensslCms('person2'));
    expect(verify(third).signatures.map((signature) => signature.verdict)).toEqual(['VALID', 'VALID', 'VALID']);
  });
});

describe('document timestamps made by openssl', () => {
  it('a genuine one is valid after signature and seal', async () => {
    const { bytes } = await signAsPerson(makePdf());
    const stamped = signForeign(
      bytes,
      'ETSI.RFC3161',
      timestampToken((content) => content),
      { type: 'DocTimeStamp' },
    );
    const report = verify(stamped);
    expect(report.signatures.map((signature) => signature.role)).toEqual(['person', 'timestamp']);
    expect(report).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
  });

  it('a copied one does not match', () => {
    const other = join(dir, 'other');
    writeFileSync(other, 'other');
    const report = verify(
      signForeign(
        makePdf(),
        'ETSI.RFC3161',
        timestampToken(() => other),
        { type: 'DocTimeStamp' },
      ),
    );
    expect(codes(report)).toContain('TIMESTAMP_MISMATCH');
    expect(report.integrity).toBe('INVALID');
  });

  it('a person cannot make one', () => {
    const enclosing = opensslCms('person', '-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4');
    const report = verify(signForeign(makePdf(), 'ETSI.RFC3161', enclosing, { type: 'DocTimeStamp' }));
    expect(report.verdict).toBe('INVALID');
  });
});
