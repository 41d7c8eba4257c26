import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { makeSignable } from '#pdf/make-signable.ts';
import { stampText } from '#pdf/stamp-text.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { drawnPages, pdfsig, qpdf, qpdfCheck } from '#tests/support/other-readers.ts';
import { letter, scan, sealAsAgency, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';
import { untidyPdfs } from '#tests/support/untidy-pdfs.ts';

/** After import nothing about the file may stop number, signature or seal, by the word of other programs too. */
async function expectSignable(taken: Uint8Array): Promise<void> {
  const numbered = stampText(taken, [{ page: 1, x: 130, y: 700, text: '241' }]);
  const { bytes: signed } = await signAsPerson(numbered);
  const { bytes: sealed } = await sealAsAgency(signed);
  expect(verifyPdf(sealed, { trust: trust(), now: new Date() })).toMatchObject({
    verdict: 'VALID',
    integrity: 'VALID',
  });
  expect(pdfsig(sealed)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
  expect(qpdfCheck(sealed)).toMatchObject({ status: 0 });
}

describe('untidy drafts', () => {
  it.for(untidyPdfs)('$what', async ({ bytes, mends }) => {
    const { mended } = await makeSignable(bytes);
    const taken = mended?.bytes ?? bytes;
    expect(qpdfCheck(taken)).toMatchObject({ status: 0 });
    // Poppler draws a field in its own way where it is told to, with the same words.
    if (!mends.includes('values')) expect(drawnPages(taken)).toEqual(drawnPages(bytes));
    expect(drawnPages(taken).length).toBeGreaterThan(0);
    await expectSignable(taken);
  });
});

describe('drafts of other programs', () => {
  const saved = async (bytes: Uint8Array, useObjectStreams: boolean): Promise<Uint8Array> =>
    (await PDFDocument.load(bytes)).save({ useObjectStreams });
  const behindLine = (bytes: Uint8Array): Uint8Array => new Uint8Array(Buffer.concat([Buffer.from('\r\n'), bytes]));
  const producers: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>> = {
    'qpdf, linearized': () => qpdf(letter(), '--linearize'),
    'qpdf, object streams': () => qpdf(letter(), '--object-streams=generate'),
    'qpdf, linearized with object streams': () => qpdf(letter(), '--linearize', '--object-streams=generate'),
    'qpdf, for editors': () => qpdf(letter(), '--qdf'),
    'qpdf, object streams, with a line before it': () => behindLine(qpdf(letter(), '--object-streams=generate')),
    'qpdf, linearized, with a line before it': () => behindLine(qpdf(letter(), '--linearize')),
    'qpdf, PDF 1.3': () => qpdf(letter(), '--force-version=1.3', '--object-streams=disable'),
    'pdf-lib': () => saved(letter(), false),
    'pdf-lib, object streams': () => saved(letter(), true),
    'a scan with a line before it': () => behindLine(scan()),
  };

  it.for(Object.entries(producers))('%s', async ([, make]) => {
    const bytes = await make();
    const { mended } = await makeSignable(bytes);
    const taken = mended?.bytes ?? bytes;
    expect(drawnPages(taken)).toEqual(drawnPages(bytes));
    await expectSignable(taken);
  });

  const letters = join(import.meta.dirname, '../../fixtures/letters');
  it.for(readdirSync(letters).filter((name) => name.endsWith('.pdf')))('%s can be signed as it is', async (name) => {
    const bytes = new Uint8Array(readFileSync(join(letters, name)));
    expect(await makeSignable(bytes)).toMatchObject({ mended: null });
  });
});
