import { describe, expect, it } from 'vitest';
import { checkSignable } from '#pdf/check-signable.ts';
import { makeSignable } from '#pdf/make-signable.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import { latin1 } from '#pdf/syntax/object-parser.ts';
import { readPages } from '#pdf/syntax/page-tree.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { letter, scan, sealAsAgency, signAsPerson, signedLetter, trust } from '#tests/support/signing-fixtures.ts';
import { untidyPdfs } from '#tests/support/untidy-pdfs.ts';

const textOf = async (bytes: Uint8Array): Promise<string[]> =>
  (await readPdfText(bytes)).pages.map(({ items }) => items.map(({ text }) => text).join(' '));

describe('mended before it has a number', () => {
  it.for(untidyPdfs)('$what', async ({ bytes, mends }) => {
    const { mended, pageCount } = await makeSignable(bytes);
    if (mended === null) throw new Error('it was not mended');
    expect(mended.mends).toEqual(mends);
    expect(pageCount).toBe(readPages(openPdf(mended.bytes)).length);
    expect(await textOf(mended.bytes)).toEqual(await textOf(bytes));
    const signed = await signAsPerson(mended.bytes);
    const { bytes: sealed } = await sealAsAgency(signed.bytes);
    expect(verifyPdf(sealed, { trust: trust(), now: new Date() })).toMatchObject({ verdict: 'VALID', findings: [] });
    // Nothing is left to do, and the same file is mended into the same bytes.
    expect(await makeSignable(mended.bytes)).toEqual({ pageCount, mended: null });
    expect((await makeSignable(bytes)).mended?.bytes).toEqual(mended.bytes);
  });

  it('takes out what nothing leads to, and keeps the data of streams byte for byte', async () => {
    const data = 'BT /F1 12 Tf 72 720 Td (So: 12) Tj ET %\x01\xff\n';
    const bytes = makePdf({ content: data, extra: ['<</S /JavaScript /JS (hidden)>>'], catalog: '/Lang (vi)' });
    const { mended } = await makeSignable(bytes);
    const text = latin1(mended?.bytes ?? new Uint8Array());
    expect(mended?.mends).toEqual(['structure']);
    expect(text).not.toContain('JavaScript');
    expect(text).toContain(`stream\n${data}\nendstream`);
    expect(text).toContain('/Lang (vi)');
  });

  it('gives a page that is listed twice, and notes of two pages, objects of their own', async () => {
    for (const { what, bytes } of untidyPdfs.filter(({ mends }) => mends.includes('pages'))) {
      const { mended } = await makeSignable(bytes);
      const [first, second] = readPages(openPdf(mended?.bytes ?? bytes));
      expect(first?.reference.num, what).not.toBe(second?.reference.num);
      expect(first?.dict.entries.get('Annots') ?? 1, what).not.toEqual(second?.dict.entries.get('Annots') ?? 2);
    }
  });
});

describe('left as it is', () => {
  it.for([
    ['a letter', letter],
    ['a scan', scan],
    ['a hybrid file', () => makePdf({ hybrid: true })],
    ['a signed and sealed letter', async () => (await signedLetter()).sealed.bytes],
  ] as const)('%s', async ([, make]) => {
    expect(await makeSignable(await make())).toMatchObject({ mended: null });
  });
});

describe('refused, because it would look different or was signed', () => {
  const code = (value: string, notes?: string): unknown =>
    expect.objectContaining(notes === undefined ? { code: value } : { code: value, params: { notes } });
  const layers = (configuration: string, group = ''): Uint8Array =>
    makePdf({
      catalog: `/OCProperties <</OCGs [10 0 R] /D <<${configuration}>>>>`,
      extra: [`<</Type /OCG /Name (lop) ${group}>>`],
    });

  it.for<[string, Uint8Array, unknown]>([
    ['a layer that is off', layers('/OFF [10 0 R]'), code('SIGN_WOULD_WARN', 'SHADOW_LAYERS')],
    ['layers that are off unless named', layers('/BaseState /OFF'), code('SIGN_WOULD_WARN', 'SHADOW_LAYERS')],
    [
      'a layer of the screen alone',
      layers('', '/Usage <</Print <</PrintState /OFF>>>>'),
      code('SIGN_WOULD_WARN', 'SHADOW_LAYERS'),
    ],
    [
      'a form that is drawn by XFA alone',
      makePdf({ catalog: '/NeedsRendering true /AcroForm <</XFA (x)>>' }),
      code('SIGN_WOULD_WARN', 'SHADOW_XFA'),
    ],
    [
      'a stream in another file',
      makePdf({ catalog: '/X 10 0 R', extra: ['<</Length 0 /F (other)>>\nstream\n\nendstream'] }),
      code('SIGN_WOULD_WARN', 'SHADOW_EXTERNAL'),
    ],
    [
      'a key with two values of which one turns the page',
      makePdf({ page: '/Rotate 0 /Rotate 90' }),
      code('SIGN_WOULD_WARN', 'DUPLICATE_KEY'),
    ],
    [
      'a page whose content has another generation, which some show and some do not',
      makePdf({ page: '/Contents 4 1 R' }),
      code('SIGN_WOULD_WARN', 'GENERATION, DUPLICATE_KEY'),
    ],
    [
      'a value that its picture does not show',
      makePdf({
        page: '/Annots [10 0 R]',
        catalog: '/AcroForm <</Fields [10 0 R] /NeedAppearances true>>',
        extra: [
          '<</Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [0 0 9 9] /V (9.999) /AP <</N 11 0 R>>>>',
          '<</Subtype /Form /BBox [0 0 9 9] /Length 0>>\nstream\n\nendstream',
        ],
      }),
      code('SIGN_WOULD_WARN', 'SHADOW_VALUES'),
    ],
    [
      'a value without a picture beside one with another',
      makePdf({
        page: '/Annots [10 0 R 12 0 R]',
        catalog: '/AcroForm <</Fields [10 0 R 12 0 R] /NeedAppearances true>>',
        extra: [
          '<</Subtype /Widget /FT /Tx /T (a) /Rect [0 0 9 9] /V (9.999) /AP <</N 11 0 R>>>>',
          '<</Subtype /Form /BBox [0 0 9 9] /Length 0>>\nstream\n\nendstream',
          '<</Subtype /Widget /FT /Tx /T (b) /Rect [0 0 9 9] /V (8.888)>>',
        ],
      }),
      code('SIGN_WOULD_WARN', 'SHADOW_VALUES'),
    ],
    [
      'two pictures under one number, of which the table names the first',
      Buffer.concat([
        makePdf({ page: '/Rotate 0 /Rotate 0', extra: ['(one)'] }),
        Buffer.from('10 0 obj\n(other)\nendobj\n'),
      ]),
      code('SIGN_WOULD_WARN', 'OBJECT_UNLISTED'),
    ],
    ['no page at all', makePdf({ kids: [] }), code('PDF_BROKEN')],
    ['not a PDF', new Uint8Array(Buffer.from('hello')), code('PDF_NOT_PDF')],
    ['a trailer that was cut off', makePdf().subarray(0, makePdf().length - 40), code('PDF_BROKEN')],
    ['nothing', new Uint8Array(), code('PDF_EMPTY')],
    [
      'a password',
      new Uint8Array(Buffer.from(latin1(makePdf()).replace('/Root', '/Encrypt 5 0 R /Root'))),
      code('PDF_ENCRYPTED'),
    ],
    [
      'a password behind a broken table',
      new Uint8Array(
        Buffer.from(
          latin1(makePdf())
            .replace(/startxref\n\d+/, 'startxref\n7')
            .replace('/Root', '/Encrypt 5 0 R /Root'),
        ),
      ),
      code('PDF_ENCRYPTED'),
    ],
  ])('%s', async ([, bytes, refusal]) => {
    await expect(makeSignable(bytes)).rejects.toEqual(refusal);
  });

  it('one that is signed is never written anew', async () => {
    const { bytes } = await signAsPerson(makePdf());
    const damaged = new Uint8Array(Buffer.from(`\n${latin1(bytes)}`, 'latin1'));
    await expect(makeSignable(damaged)).rejects.toMatchObject({ code: 'PDF_BROKEN' });
  });

  it('a signed one that the seal could not go over', async () => {
    const changed = new Uint8Array((await signAsPerson(makePdf())).bytes);
    changed[changed.length - 700] = (changed[changed.length - 700] ?? 0) ^ 1;
    expect(() => checkSignable(changed)).not.toThrow();
    await expect(makeSignable(changed)).rejects.toMatchObject({ code: 'SIGN_INVALID_EXISTING' });
  });
});

describe('an attachment', () => {
  const cornerText = '1/TB-VP; 2026-11-23T09:12:39+07:00';
  const sealed = async (bytes: Uint8Array) =>
    (await sealAsAgency(bytes, { role: 'attachment', appearance: { image: null, cornerText } })).bytes;
  const judged = (bytes: Uint8Array) => verifyPdf(bytes, { trust: trust(), now: new Date() });

  it.for(untidyPdfs)('$what: mended like a letter, and then signed by the agency alone', async ({ bytes, mends }) => {
    const { mended } = await makeSignable(bytes, 'attachment');
    if (mended === null) throw new Error('it was not mended');
    expect(mended.mends).toEqual(mends);
    expect(judged(await sealed(mended.bytes))).toMatchObject({ verdict: 'VALID', findings: [] });
  });

  it.for([
    ['a scan', scan],
    ['one that a person signed', async () => (await signAsPerson(letter())).bytes],
    ['one that the agency signed', () => sealed(letter())],
  ] as const)('%s is signed as it is', async ([, make]) => {
    const bytes = await make();
    expect(await makeSignable(bytes, 'attachment')).toMatchObject({ mended: null });
    expect(judged(await sealed(bytes))).toMatchObject({ verdict: 'VALID' });
  });

  it('that is signed and damaged, or whose signature is broken, is refused', async () => {
    const { bytes } = await signAsPerson(makePdf());
    const damaged = new Uint8Array(Buffer.from(`\n${latin1(bytes)}`, 'latin1'));
    await expect(makeSignable(damaged, 'attachment')).rejects.toMatchObject({ code: 'PDF_BROKEN' });
    const changed = new Uint8Array(bytes);
    changed[changed.length - 700] = (changed[changed.length - 700] ?? 0) ^ 1;
    await expect(makeSignable(changed, 'attachment')).rejects.toMatchObject({ code: 'SIGN_INVALID_EXISTING' });
  });
});
