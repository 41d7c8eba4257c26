import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { dark, inked } from '#tests/support/inked.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { letter, scan, sealAsAgency, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-corner-text-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

const cornerText = '12/QĐ-TTĐT; 2026-11-23T09:12:39+07:00';
const sign = async (bytes: Uint8Array, text = cornerText) =>
  (await sealAsAgency(bytes, { role: 'attachment', appearance: { image: null, cornerText: text } })).bytes;
const store = (bytes: Uint8Array): string => {
  const file = join(dir, 'signed.pdf');
  writeFileSync(file, bytes);
  return file;
};
/** Words of page 1 as Poppler reads them, with the signature's. */
const wordsOf = (bytes: Uint8Array): string =>
  execFileSync('pdftotext', ['-layout', '-l', '1', store(bytes), '-'], { encoding: 'utf8' });
const judged = (bytes: Uint8Array) => verifyPdf(bytes, { trust: trust(), now: new Date() });

const turned = [0, 90, 180, 270].flatMap((rotate) => [
  { rotate, crop: [0, 0, 595, 842], unit: 1 },
  { rotate, crop: [40, 60, 560, 800], unit: 1 },
  { rotate, crop: [-20, -30, 500, 700], unit: 1 },
]);

it.for([...turned, { rotate: 90, crop: [0, 0, 595, 842], unit: 2 }])(
  'stands upright at the top right of the page as it is shown, in size 10: %j',
  async ({ rotate, crop, unit }) => {
    const page = `/Rotate ${rotate} /CropBox [${crop.join(' ')}] /UserUnit ${unit}`;
    const blank = makePdf({ content: ' ', mediaBox: '[-50 -50 600 850]', page });
    const signed = await sign(blank);
    const [left = 0, bottom = 0, right = 0, top = 0] = crop;
    const width = ((rotate % 180 === 0 ? right - left : top - bottom) * unit * 25.4) / 72;
    const ink = inked(signed, dark, unit);
    // Capitals of size 10 are 2.33 mm high, on a baseline 9 mm below the edge; the "Q" reaches 0.6 mm below it.
    expect(Math.abs(width - ink.right - 15)).toBeLessThan(0.5);
    expect(Math.abs(ink.top - (9 - 2.33))).toBeLessThan(0.5);
    expect(Math.abs(ink.bottom - (9 + 0.6))).toBeLessThan(0.5);
    // 17.813 em by the widths of Times New Roman, less the white before "1" and after "0".
    expect(Math.abs(ink.right - ink.left - 62.35)).toBeLessThan(0.5);
    expect(judged(signed)).toMatchObject({ verdict: 'VALID', signatures: [{ role: 'seal', page: 1, findings: [] }] });
  },
);

it('is read as text, with the letters of Vietnamese', async () => {
  const text = 'SAO Y; ỦY BAN NHÂN DÂN XÃ ĐẮK Ơ; Người ký: Lữ Thuỵ Ỷ; 05a/TTr-ĐƯ&TƯ; 2026-02-01T00:00:00+07:00';
  const signed = await sign(makePdf({ content: ' ', mediaBox: '[0 0 842 595]' }), text.normalize('NFD'));
  expect(wordsOf(signed).trim()).toBe(text);
  expect(execFileSync('pdffonts', [store(signed)], { encoding: 'utf8' })).not.toMatch(/ no +(?:yes|no) +yes/u);
});

it('puts a question mark for what it cannot draw', async () => {
  expect(wordsOf(await sign(makePdf({ content: ' ' }), '7/日-X'))).toContain('7/?-X');
});

it('is broken where the page is too narrow, and never made smaller', async () => {
  const narrow = makePdf({ content: ' ', mediaBox: '[0 0 170 400]' });
  const lines = wordsOf(await sign(narrow))
    .trim()
    .split(/\s*\n\s*/u);
  expect(lines).toEqual(['12/QĐ-TTĐT;', '2026-11-23T09:12:39+07:00']);
  const ink = inked(await sign(narrow), dark);
  expect(Math.abs(ink.left - 5.1)).toBeLessThan(0.5);
  const tiny = makePdf({ content: ' ', mediaBox: '[0 0 60 200]' });
  expect(wordsOf(await sign(tiny)).replace(/\s/gu, '')).toBe(cornerText.replace(' ', ''));
});

it.for([
  ['a letter', letter],
  ['a scan', scan],
] as const)('needs no signature of a person, and adds nothing to warn of: %s', async ([, make]) => {
  const signed = await sign(make());
  expect(Buffer.compare(signed.subarray(0, make().length), make())).toBe(0);
  expect(judged(signed)).toMatchObject({ verdict: 'VALID', findings: [] });
  execFileSync('qpdf', ['--check', store(signed)]);
  expect(execFileSync('pdfsig', ['-nocert', store(signed)], { encoding: 'utf8' })).toContain('Signature is Valid.');
});

it('leaves an earlier signature valid', async () => {
  const { bytes } = await signAsPerson(letter());
  const signed = await sign(bytes);
  expect(judged(signed)).toMatchObject({ verdict: 'VALID', signatures: [{ role: 'person' }, { role: 'seal' }] });
});
