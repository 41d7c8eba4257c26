import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stampText } from '#pdf/stamp-text.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { blue, dark, inked, red } from '#tests/support/inked.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import {
  letter,
  sealAsAgency,
  sealImage,
  signAsPerson,
  signatureImage,
  trust,
} from '#tests/support/signing-fixtures.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-placement-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

const pages = [0, 90, 180, 270].flatMap((rotate) => [
  { rotate, crop: '', unit: 1 },
  { rotate, crop: '/CropBox [40 60 560 800]', unit: 1 },
  { rotate, crop: '/CropBox [-20 -30 500 700]', unit: 1 },
]);

it.for([...pages, { rotate: 90, crop: '', unit: 2 }])(
  'the seal stands upright, in real size, a third over the signature: %j',
  async ({ rotate, crop, unit }) => {
    const mediaBox = crop.includes('-20') ? '[-50 -50 600 850]' : '[0 0 595 842]';
    const blank = makePdf({ content: ' ', mediaBox, page: `/Rotate ${rotate} ${crop} /UserUnit ${unit}` });
    // The seal's picture stands in for the signature, so that both edges are sharp.
    const person = await signAsPerson(blank, { appearance: { image: sealImage() } });
    const signature = inked(person.bytes, red, unit);
    const sealed = await sealAsAgency(person.bytes);
    const both = inked(sealed.bytes, red, unit);
    const width = signature.right - signature.left;
    const sealLeft = both.left;
    expect(both.right).toBeCloseTo(signature.right, 0);
    // Its right edge lies a third into the signature: left edge = that point minus 36 mm.
    expect(Math.abs(sealLeft - (signature.left + width / 3 - 36))).toBeLessThan(0.5);
    expect(Math.abs(both.bottom - both.top - 36)).toBeLessThan(0.4);
    expect(Math.abs((both.top + both.bottom) / 2 - (signature.top + signature.bottom) / 2)).toBeLessThan(0.5);
    expect(verifyPdf(sealed.bytes, { trust: trust(), now: new Date() }).verdict).toBe('VALID');
  },
);

it.for([90, 180, 270])('the signature image is upright on a page turned by %i', async (rotate) => {
  const appearance = { image: signatureImage() };
  const upright = inked((await signAsPerson(makePdf({ content: ' ' }), { appearance })).bytes, blue);
  const page = makePdf({ content: ' ', page: `/Rotate ${rotate}` });
  const turned = inked((await signAsPerson(page, { appearance })).bytes, blue);
  expect(turned.centre[0]).toBeCloseTo(upright.centre[0], 1);
  expect(turned.centre[1]).toBeCloseTo(upright.centre[1], 1);
  // The image is far from symmetric, or the comparison would say nothing.
  expect(Math.abs(upright.centre[0] - 0.5) + Math.abs(upright.centre[1] - 0.5)).toBeGreaterThan(0.1);
});

it.for([0, 90, 180, 270])('a stamped number is upright and where it was asked for, page turned by %i', (rotate) => {
  // Content that leaves a scaled, moved coordinate system behind must not drag the stamp along.
  const blank = makePdf({ content: '3 0 0 3 50 50 cm', page: `/Rotate ${rotate}` });
  const stamped = stampText(blank, [{ page: 1, x: 200, y: 400, text: '241', size: 20 }]);
  const box = inked(stamped, dark);
  expect(box.right - box.left).toBeGreaterThan(box.bottom - box.top);
  const pt = 25.4 / 72;
  const expected =
    { 0: [200, 842 - 400], 90: [400, 200], 180: [595 - 200, 400], 270: [842 - 400, 595 - 200] }[rotate] ?? [];
  expect(Math.abs(box.left - (expected[0] ?? 0) * pt)).toBeLessThan(1);
  expect(Math.abs(box.bottom - (expected[1] ?? 0) * pt)).toBeLessThan(1);
});

it('the number of the sample letter is found in its text, and the stamped file can be signed', async () => {
  const stamped = stampText(letter(), [{ page: 1, x: 110, y: 742, text: '0987', size: 13 }]);
  expect(Buffer.compare(stamped.subarray(0, letter().length), letter())).toBe(0);
  const file = join(dir, 'stamped.pdf');
  writeFileSync(file, stamped);
  expect(execFileSync('pdftotext', ['-l', '1', file, '-'], { encoding: 'utf8' })).toContain('0987');
  execFileSync('qpdf', ['--check', file]);
  const { bytes } = await signAsPerson(stamped);
  expect(verifyPdf(bytes, { trust: trust(), now: new Date() }).verdict).toBe('VALID');
  expect(() => stampText(bytes, [{ page: 1, x: 0, y: 0, text: '1' }])).toThrow(
    expect.objectContaining({ code: 'STAMP_ALREADY_SIGNED' }),
  );
});

it('stamps that cannot be drawn are refused', () => {
  expect(() => stampText(letter(), [{ page: 3, x: 0, y: 0, text: '1' }])).toThrow(
    expect.objectContaining({ code: 'PDF_NO_SUCH_PAGE', params: { page: 3, pages: 2 } }),
  );
  expect(() => stampText(letter(), [{ page: 1, x: 0, y: 0, text: '12/QĐ' }])).toThrow(
    expect.objectContaining({ code: 'STAMP_TEXT_UNSUPPORTED' }),
  );
});
