import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingCode, VerificationReport } from '#shared/domain/verification.ts';
import { children, contextTag, readDer } from '#pdf/crypto/der.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import { IncrementalUpdate } from '#pdf/syntax/incremental-update.ts';
import { dict, isRef, name, withEntries } from '#pdf/syntax/objects.ts';
import { readPages } from '#pdf/syntax/page-tree.ts';
import { textString } from '#pdf/syntax/write-object.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { sealAsAgency, signAsPerson, testPki, trust } from '#tests/support/signing-fixtures.ts';

const ROOM = 12_000;
const RANGE = '[0 ********** ********** **********]';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-foreign-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** Signs the way other programs do: the CMS comes from `makeCms`, the dictionary from here. */
function signForeign(
  input: Uint8Array,
  subFilter: string,
  makeCms: (content: string) => Buffer,
  type = 'Sig',
): Uint8Array {
  const document = openPdf(input);
  const update = new IncrementalUpdate(document);
  const signature = update.allocate();
  const zeros = '0'.repeat(ROOM * 2);
  update.setRaw(
    signature,
    Buffer.from(`<</Type/${type}/Filter/Adobe.PPKLite/SubFilter/${subFilter}/ByteRange ${RANGE}/Contents<${zeros}>>>`),
  );
  const [page] = readPages(document);
  const root = document.trailer.entries.get('Root');
  if (!page || !isRef(root)) throw new Error('no page');
  const field = update.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString(`Foreign${input.length}`),
      V: signature,
      Rect: [0, 0, 0, 0],
      P: page.reference,
    }),
  );
  update.set(page.reference, withEntries(page.dict, { Annots: [...document.getArray(page.dict, 'Annots'), field] }));
  const form = document.getDict(document.catalog, 'AcroForm');
  const fields = [...(form ? document.getArray(form, 'Fields') : []), field];
  update.set(root, withEntries(document.catalog, { AcroForm: dict({ Fields: fields, SigFlags: 3 }) }));
  const { bytes, offsets } = update.finish();
  const start = offsets.get(signature.num) ?? 0;
  const before = bytes.indexOf('/Contents<', start) + '/Contents'.length;
  const after = before + ROOM * 2 + 2;
  const range = `[0 ${before} ${after} ${bytes.length - after}]`.padEnd(RANGE.length);
  bytes.write(range, bytes.indexOf(RANGE, start), 'latin1');
  const content = join(dir, 'content');
  writeFileSync(content, Buffer.concat([bytes.subarray(0, before), bytes.subarray(after)]));
  bytes.write(makeCms(content).toString('hex'), before + 1, 'latin1');
  return new Uint8Array(bytes);
}

function opensslCms(id: string, ...options: readonly string[]): (content: string) => Buffer {
  return (content) => {
    const at = (file: string): string => join(testPki().dir, file);
    const signer = ['-signer', at(`${id}.pem`), '-inkey', at(`${id}.key`), '-certfile', at('issuing.pem')];
    const out = join(dir, 'cms.der');
    const args = ['cms', '-sign', '-binary', '-in', content, '-outform', 'DER', '-out', out, ...signer, ...options];
    execFileSync('openssl', args);
    return readFileSync(out);
  };
}

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
  /** A token over SHA-256 of the file, from an authority under the test root. */
  function token(of: (content: string) => string): (content: string) => Buffer {
    return (content) => {
      const at = (file: string): string => join(testPki().dir, file);
      const tsa = (file: string): string => join(dir, file);
      writeFileSync(tsa('tsa.cnf'), tsaConfiguration);
      writeFileSync(tsa('serial'), '01\n');
      const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', tsa('tsa.key'), '-out', tsa('tsa.csr')];
      execFileSync('openssl', ['req', '-new', ...key, '-config', tsa('tsa.cnf'), '-subj', '/C=VN/CN=Test TSA'], {
        stdio: 'ignore',
      });
      const ca = ['-CA', at('issuing.pem'), '-CAkey', at('issuing.key'), '-set_serial', '4711', '-days', '30'];
      const extensions = ['-extfile', tsa('tsa.cnf'), '-extensions', 'tsa_cert'];
      execFileSync('openssl', ['x509', '-req', '-in', tsa('tsa.csr'), ...ca, ...extensions, '-out', tsa('tsa.pem')], {
        stdio: 'ignore',
      });
      execFileSync('openssl', [
        'ts',
        '-query',
        '-data',
        of(content),
        '-sha256',
        '-cert',
        '-no_nonce',
        '-out',
        tsa('query'),
      ]);
      const reply = [
        'ts',
        '-reply',
        '-queryfile',
        tsa('query'),
        '-config',
        tsa('tsa.cnf'),
        '-section',
        'tsa',
        '-token_out',
      ];
      execFileSync('openssl', [...reply, '-out', tsa('token')], { cwd: dir, stdio: 'ignore' });
      return readFileSync(tsa('token'));
    };
  }

  it('a genuine one is valid after signature and seal', async () => {
    const { bytes } = await signAsPerson(makePdf());
    const stamped = signForeign(
      bytes,
      'ETSI.RFC3161',
      token((content) => content),
      'DocTimeStamp',
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
        token(() => other),
        'DocTimeStamp',
      ),
    );
    expect(codes(report)).toContain('TIMESTAMP_MISMATCH');
    expect(report.integrity).toBe('INVALID');
  });

  it('a person cannot make one', () => {
    const enclosing = opensslCms('person', '-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4');
    const report = verify(signForeign(makePdf(), 'ETSI.RFC3161', enclosing, 'DocTimeStamp'));
    expect(report.verdict).toBe('INVALID');
  });
});

const tsaConfiguration = `
[req]
distinguished_name = names
[names]
[tsa_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;
