import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { der, TAG } from '#pdf/crypto/der.ts';
import { extractRevision } from '#pdf/extract-revision.ts';
import type { SignedPdf } from '#pdf/sign-pdf.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { resign } from '#tests/support/foreign-signature.ts';
import { png } from '#tests/support/make-png.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { drawnPages, pdfsig, qpdf, qpdfCheck } from '#tests/support/other-readers.ts';
import {
  credential,
  letter,
  letterAnchor,
  scan,
  sealAsAgency,
  signAsPerson,
  signatureImage,
  signedLetter,
  testPki,
  trust,
} from '#tests/support/signing-fixtures.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-interop-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

function file(name: string, bytes: Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, bytes);
  return path;
}

function expectPrefix(whole: Uint8Array, prefix: Uint8Array): void {
  expect(Buffer.compare(whole.subarray(0, prefix.length), prefix)).toBe(0);
}

it('a seal that was scanned on white paper hides nothing of the page', async () => {
  const white = png(2, [
    [0, 255, 255, 255, 255, 0, 0],
    [0, 255, 255, 255, 255, 255, 255],
  ]);
  const page = makePdf({ content: 'BT /F1 20 Tf 72 720 Td (Chanh Van phong) Tj ET' });
  const rect = { page: 1, x: 60, y: 700, width: 200, height: 60 };
  const { bytes } = await signAsPerson(page, { appearance: { image: white, rect } });
  expect(verifyPdf(bytes, { trust: trust(), now: new Date() })).toMatchObject({ verdict: 'VALID', findings: [] });
  expect(darkPixels(page)).toBeGreaterThan(100);
  expect(darkPixels(bytes)).toBeGreaterThanOrEqual(darkPixels(page));
});

/** Black pixels of the first page as Poppler draws it. */
function darkPixels(pdf: Uint8Array): number {
  const pgm = execFileSync('pdftoppm', ['-gray', '-r', '60', '-singlefile', file('ink.pdf', pdf)], {
    maxBuffer: 1 << 26,
  });
  return pgm.subarray(-496 * 702).filter((value) => value < 80).length;
}

describe('the sample letter, signed and sealed', () => {
  let person: SignedPdf;
  let sealed: SignedPdf;
  beforeAll(async () => {
    ({ person, sealed } = await signedLetter());
  });

  it('every step only appends', () => {
    expectPrefix(person.bytes, letter());
    expectPrefix(sealed.bytes, person.bytes);
  });

  it('Poppler finds both signatures valid, qpdf finds the file clean', () => {
    expect(pdfsig(sealed.bytes)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
    expect(qpdfCheck(sealed.bytes)).toMatchObject({ status: 0 });
    expect(qpdfCheck(sealed.bytes).output).not.toMatch(/WARNING/i);
  });

  it('our verifier finds everything valid and knows who signed', () => {
    const report = verifyPdf(sealed.bytes, { trust: trust(), now: new Date() });
    expect(report).toMatchObject({ verdict: 'VALID', integrity: 'VALID', findings: [] });
    expect(report.signatures).toMatchObject([
      { role: 'person', signerName: 'Bùi Hồng Quý', signerTitle: 'Chánh Văn phòng', page: 2, verdict: 'VALID' },
      { role: 'seal', signerName: 'Văn phòng UBND tỉnh Đắk Lắk', page: 2, verdict: 'VALID', findings: [] },
    ]);
  });

  it('openssl verifies the CMS over the signed ranges, without signing-time', () => {
    const text = Buffer.from(sealed.bytes).toString('latin1');
    const ranges = [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)/g)].map((match) => match.slice(1).map(Number));
    expect(ranges).toHaveLength(2);
    for (const [before = 0, after = 0, length = 0] of ranges) {
      const hex = text.slice(before + 1, after - 1);
      const cms = Buffer.from(hex, 'hex');
      const size = 4 + cms.readUInt16BE(2);
      const signed = Buffer.concat([sealed.bytes.subarray(0, before), sealed.bytes.subarray(after, after + length)]);
      const cmsFile = file('cms.der', cms.subarray(0, size));
      const root = join(testPki().dir, 'root.pem');
      const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', cmsFile, '-content', file('signed', signed)];
      const { status, stderr } = spawnSync(
        'openssl',
        [...args, '-CAfile', root, '-purpose', 'any', '-cades', '-out', '/dev/null'],
        {
          encoding: 'utf8',
        },
      );
      expect({ status, stderr }).toMatchObject({ status: 0 });
      const printed = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', cmsFile], {
        encoding: 'utf8',
      });
      expect(printed).toContain('id-smime-aa-signingCertificateV2');
      expect(printed).not.toContain('signingTime');
    }
  });

  it('the signed revision is exactly what the person signed', () => {
    const revision = extractRevision(sealed.bytes, 0);
    expect(Buffer.compare(revision, person.bytes)).toBe(0);
    expect(() => extractRevision(sealed.bytes, 2)).toThrow(expect.objectContaining({ code: 'PDF_NO_SUCH_SIGNATURE' }));
  });

  it('the seal covers a third of the signature image on its left, in real size', () => {
    const [left, , right] = sealed.rect;
    const width = person.rect[2] - person.rect[0];
    expect(right - person.rect[0]).toBeCloseTo(width / 3, 1);
    expect(((right - left) / 72) * 25.4).toBeCloseTo(36, 1);
    expect((person.rect[0] + person.rect[2]) / 2).toBeCloseTo(letterAnchor.x + letterAnchor.width / 2, 1);
  });
});

/** What openssl says of each signature's CMS over its ranges. */
function opensslVerify(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  return [...text.matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)/g)].map((match) => {
    const [before = 0, after = 0, length = 0] = match.slice(1).map(Number);
    const cms = Buffer.from(text.slice(before + 1, after - 1), 'hex');
    const signed = Buffer.concat([bytes.subarray(0, before), bytes.subarray(after, after + length)]);
    const input = [
      '-in',
      file('cms.der', cms.subarray(0, 4 + cms.readUInt16BE(2))),
      '-content',
      file('signed', signed),
    ];
    const trusted = ['-CAfile', join(testPki().dir, 'root.pem'), '-purpose', 'any', '-cades', '-out', '/dev/null'];
    const args = ['cms', '-verify', '-binary', '-inform', 'DER', ...input, ...trusted];
    return spawnSync('openssl', args, { encoding: 'utf8' }).stderr.trim();
  });
}

describe('certificates with serial numbers of other kinds', () => {
  it.for([
    ['below zero', 'ee2b3debd421de14', '-11D4C2142BDE21EC'],
    ['the same octets above zero', '00ee2b3debd421de14', 'EE2B3DEBD421DE14'],
    ['zero', '00', '00'],
    ['minus one', 'ff', '-01'],
  ] as const)('%s: kept as it is, here and elsewhere', async ([, octets, serial]) => {
    const number = der(TAG.integer, Buffer.from(octets, 'hex'));
    const own = resign(testPki().certificate('person'), (fields) => fields.with(1, number), { key: 'issuing.key' });
    const { chain, signData } = credential('person');
    const { bytes } = await signAsPerson(letter(), { credential: { chain: [own, ...chain.slice(1)], signData } });
    expect(opensslVerify(bytes)).toEqual(['CAdES Verification successful']);
    expect(pdfsig(bytes)).toEqual(['Signature is Valid.']);
    const report = verifyPdf(bytes, { trust: trust(), now: new Date() });
    expect(report).toMatchObject({ verdict: 'VALID', signatures: [{ serial }] });
    if (octets.length <= 2) return;
    // Another number is another certificate: openssl does not find it, and neither do we.
    const hex = Buffer.from(number).toString('hex');
    const places = [...Buffer.from(bytes).toString('latin1').matchAll(new RegExp(hex, 'gi'))];
    // In the certificate, where the signer is identified, and in the attribute that binds the certificate.
    expect(places).toHaveLength(3);
    const at = places[1]?.index ?? 0;
    const changed = Buffer.from(bytes);
    changed.write('7f', at + 4, 'latin1');
    expect(opensslVerify(changed)[0]).toContain('signer certificate not found');
    expect(
      verifyPdf(changed, { trust: trust(), now: new Date() }).signatures[0]?.findings.map(({ code }) => code),
    ).toContain('SIGNER_CERT_MISSING');
  });
});

describe('input kinds', () => {
  const rotated = (angle: number): Uint8Array => qpdf(letter(), `--rotate=${angle}`);
  const kinds: Record<string, () => Uint8Array> = {
    'cross-reference stream': () => qpdf(letter(), '--object-streams=generate'),
    'hybrid table and stream': () => makePdf({ hybrid: true }),
    'a scan': () => scan(),
    linearized: () => qpdf(letter(), '--linearize'),
    'linearized with object streams': () => qpdf(letter(), '--linearize', '--object-streams=generate'),
    'page turned by 90': () => rotated(90),
    'page turned by 180': () => rotated(180),
    'page turned by 270': () => rotated(270),
    'line end missing at the end': () => {
      const bytes = letter();
      return bytes.subarray(0, bytes.length - (bytes.at(-1) === 0x0a ? 1 : 0));
    },
  };

  it.for(Object.entries(kinds))('%s', async ([, make]) => {
    const input = make();
    const person = await signAsPerson(input);
    const sealed = await sealAsAgency(person.bytes);
    expectPrefix(sealed.bytes, input);
    expectPrefix(sealed.bytes, person.bytes);
    expect(pdfsig(sealed.bytes)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
    expect(qpdfCheck(sealed.bytes)).toMatchObject({ status: 0 });
    expect(verifyPdf(sealed.bytes, { trust: trust(), now: new Date() })).toMatchObject({ verdict: 'VALID' });
  });

  it.for(['person-ec', 'person-ec384'] as const)('key %s', async (id) => {
    const signed = await signAsPerson(letter(), { credential: credential(id) });
    expect(pdfsig(signed.bytes)).toEqual(['Signature is Valid.']);
    expect(verifyPdf(signed.bytes, { trust: trust(), now: new Date() })).toMatchObject({ verdict: 'VALID' });
  });

  it('ten signatures on one file', async () => {
    let { bytes } = await signAsPerson(letter(), { appearance: { image: signatureImage(), anchor: letterAnchor } });
    for (let i = 0; i < 9; i += 1) ({ bytes } = i === 4 ? await sealAsAgency(bytes) : await signAsPerson(bytes));
    const report = verifyPdf(bytes, { trust: trust(), now: new Date() });
    expect(report.verdict).toBe('VALID');
    expect(new Set(report.signatures.map((signature) => signature.fieldName)).size).toBe(10);
    expect(pdfsig(bytes)).toHaveLength(10);
    expect(new Set(pdfsig(bytes))).toEqual(new Set(['Signature is Valid.']));
  });
});

describe('a file that was not made to be signed', () => {
  const rect = { page: 2, x: 100, y: 300, width: 120, height: 60 };
  const appearance = { image: signatureImage(), rect };
  const sound = (bytes: Uint8Array): void => {
    expect(verifyPdf(bytes, { trust: trust(), now: new Date() })).toMatchObject({ verdict: 'VALID' });
    expect(pdfsig(bytes)).toEqual(Array.from(pdfsig(bytes), () => 'Signature is Valid.'));
    expect(qpdfCheck(bytes)).toMatchObject({ status: 0 });
  };

  it('shows the picture on the one page of several that share a list of notes, first and second signature', async () => {
    const page = '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots 11 0 R>>';
    const note = '<</Type /Annot /Subtype /Text /Rect [20 20 40 40] /Contents (x)>>';
    const input = makePdf({ kids: ['3 0 R', '10 0 R'], page: '/Annots 11 0 R', extra: [page, '[12 0 R]', note] });
    const signed = (await signAsPerson(input, { appearance })).bytes;
    sound(signed);
    const [before, after] = [drawnPages(input), drawnPages(signed)];
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    const sealed = (await sealAsAgency(signed)).bytes;
    sound(sealed);
    expect(drawnPages(sealed)[0]).toBe(before[0]);
  });

  const field = (more: string): Uint8Array =>
    makePdf({
      kids: ['3 0 R', '13 0 R'],
      page: '/Annots [10 0 R]',
      catalog: '/AcroForm <</Fields [10 0 R] /NeedAppearances true /DA (/F1 9 Tf 0 g) /DR <</Font <</F1 5 0 R>>>>>>',
      extra: [
        `<</Type /Annot /Subtype /Widget /FT /Tx /T (tien) /Rect [50 50 199 70] /DA (/F1 9 Tf 0 g) /V (1.000.000) ${more}>>`,
        '<</Subtype /Form /BBox [0 0 149 20] /Resources <</Font <</F1 5 0 R>>>> /Length 34>>\nstream\nBT /F1 9 Tf 2 5 Td(1.000.000)Tj ET\nendstream',
        'null',
        '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>',
      ],
    });

  it('is told that its fields are drawn, so that no viewer leaves out the picture of the signature', async () => {
    const signed = (await signAsPerson(field('/AP <</N 11 0 R>>'), { appearance })).bytes;
    sound(signed);
    expect(Buffer.from(signed).toString('latin1')).toMatch(/\/NeedAppearances false/);
    const bare = drawnPages(
      makePdf({
        kids: ['3 0 R', '10 0 R'],
        extra: ['<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>'],
      }),
    );
    expect(drawnPages(signed)[1]).not.toBe(bare[1]);
  });

  it('is refused where that would hide a value that nobody has drawn', async () => {
    await expect(signAsPerson(field(''), { appearance })).rejects.toMatchObject({
      code: 'SIGN_WOULD_WARN',
      params: { notes: 'NEED_APPEARANCES' },
    });
  });
});
