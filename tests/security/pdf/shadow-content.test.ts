import { describe, expect, it } from 'vitest';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { checkSignable } from '#pdf/check-signable.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { opensslCms, signForeign } from '#tests/support/foreign-signature.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import type { SmallPdf } from '#tests/support/make-pdf.ts';
import { letter, scan, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';

/** Documents that can look different without any change: signed like that by others, not signed by us. */

const verify = (bytes: Uint8Array): VerificationReport => verifyPdf(bytes, { trust: trust(), now: new Date() });
const sign = (options: SmallPdf): Uint8Array =>
  signForeign(makePdf(options), 'ETSI.CAdES.detached', opensslCms('person', '-cades'));

const field = (more: string): SmallPdf => ({
  page: '/Annots [10 0 R]',
  catalog: '/AcroForm <</Fields [10 0 R] /NeedAppearances true>>',
  extra: [`<</Type /Annot /Subtype /Widget /FT /Tx /T (tien) /Rect [0 0 99 20] ${more}>>`, drawn('(1.000.000) Tj')],
});
function drawn(operators: string): string {
  const content = `BT /F1 9 Tf ${operators} ET`;
  return `<</Subtype /Form /BBox [0 0 99 20] /Length ${content.length}>>\nstream\n${content}\nendstream`;
}

const doubtful: [string, string, SmallPdf][] = [
  ['SHADOW_LAYERS', 'layers', { catalog: '/OCProperties <</OCGs [10 0 R] /D <<>>>>', extra: ['<</Type /OCG>>'] }],
  ['SHADOW_SCRIPT', 'a script at opening', { catalog: '/OpenAction <</S /JavaScript /JS (1)>>' }],
  [
    'SHADOW_SCRIPT',
    'a named script',
    { catalog: '/Names <</JavaScript <</Names [(a) 10 0 R]>>>>', extra: ['<</JS (1)>>'] },
  ],
  ['SHADOW_SCRIPT', 'a script of the page', { page: '/AA <</O <</S /JavaScript /JS 10 0 R>>>>', extra: ['(1)'] }],
  ['SHADOW_SCRIPT', 'a script after a link', { page: '/Annots [<</A <</S /URI /Next [<</S /JavaScript>>]>>>>]' }],
  ['SHADOW_XFA', 'an XFA form', { catalog: '/AcroForm <</Fields [] /XFA (x)>>' }],
  ['SHADOW_EXTERNAL', 'a stream in another file', { extra: ['<</Length 0 /F (other)>>\nstream\n\nendstream'] }],
  ['SHADOW_VALUES', 'a value that its picture does not show', field('/V (9.999.999) /AP <</N 11 0 R>>')],
  [
    'SHADOW_PAGES',
    'a page tree that is not shown',
    { extra: ['<</Type /Pages /Kids [11 0 R] /Count 1>>', '<</Type /Page /Parent 10 0 R>>'] },
  ],
];

describe('warned of, refused for signing', () => {
  it.for(doubtful)('%s: %s', async ([code, , options]) => {
    const report = verify(sign(options));
    expect(report.findings).toMatchObject([{ code, severity: 'warn' }]);
    expect(report).toMatchObject({ verdict: 'WARN', integrity: 'WARN' });
    const refusal = { code: 'SIGN_WOULD_WARN', params: { notes: code } };
    expect(() => checkSignable(makePdf(options))).toThrow(expect.objectContaining(refusal));
    await expect(signAsPerson(makePdf(options))).rejects.toMatchObject(refusal);
  });

  it('rows of 19 bytes are refused before the first signature', async () => {
    const rows = Buffer.from(makePdf()).toString('latin1').replaceAll(' n \n', ' n\n').replaceAll(' f \n', ' f\n');
    const bytes = new Uint8Array(Buffer.from(rows, 'latin1'));
    expect(() => checkSignable(bytes)).toThrow(expect.objectContaining({ code: 'SIGN_WOULD_WARN' }));
    await expect(signAsPerson(bytes)).rejects.toMatchObject({ params: { notes: 'XREF_ENTRY' } });
  });
});

describe('not suspected', () => {
  it.for<[string, SmallPdf]>([
    ['no layer in the list of layers', { catalog: '/OCProperties <</OCGs [] /D <<>>>>' }],
    ['a link', { page: '/Annots [<</Subtype /Link /A <</S /URI /URI (http://x)>>>>]' }],
    ['a text about JavaScript', { content: 'BT (JavaScript) Tj ET', extra: ['(JavaScript)'] }],
    ['a value its picture shows', field('/V (1.000.000) /AP <</N 11 0 R>>')],
    ['a value without picture', field('/V (1.000.000)')],
    ['a picture without value', field('/AP <</N 11 0 R>>')],
    ['a file specification', { extra: ['<</Type /Filespec /F (a.pdf)>>'] }],
  ])('%s', ([, options]) => {
    expect(verify(sign(options))).toMatchObject({ verdict: 'VALID', findings: [] });
    expect(checkSignable(makePdf(options))).toEqual({ pageCount: 1 });
  });

  it('a value that its picture shows in pieces', () => {
    const [widget = ''] = field('/V (1.000.000 dong) /AP <</N 11 0 R>>').extra ?? [];
    const options = { ...field(''), extra: [widget, drawn('[(1.000) -5 (.000)] TJ <20646f6e67> Tj')] };
    expect(verify(sign(options))).toMatchObject({ verdict: 'VALID', findings: [] });
  });

  it('letters and scans', () => {
    expect(checkSignable(letter())).toEqual({ pageCount: 2 });
    expect(checkSignable(scan()).pageCount).toBeGreaterThan(0);
  });

  it('a page that an editor took out and left behind', () => {
    const options = { extra: ['<</Type /Page /Parent 2 0 R>>'] };
    expect(verify(sign(options))).toMatchObject({ verdict: 'VALID', findings: [] });
  });
});

describe('text that is painted over', () => {
  const amount = 'BT /F1 20 Tf 72 660 Td (So tien: 9.999.999) Tj ET';
  const image = (more = ''): string =>
    `<</Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 ${more}>>\nstream\nx\nendstream`;
  const withImage = (content: string, more?: string): SmallPdf => ({
    content,
    resources: '/XObject <</Im 10 0 R>>',
    extra: [image(more), '0'],
  });
  const withState = (content: string, parameters: string): SmallPdf => ({
    content,
    resources: `/ExtGState <</G <<${parameters}>>>>`,
  });
  const form = (content: string, more = ''): SmallPdf => ({
    content: `${amount} /Fm Do`,
    resources: '/XObject <</Fm 10 0 R>>',
    extra: [`<</Subtype /Form /BBox [0 0 595 842] ${more} /Length ${content.length}>>\nstream\n${content}\nendstream`],
  });
  const note = (more: string): SmallPdf => ({
    content: amount,
    page: '/Annots [10 0 R]',
    extra: [
      `<</Type /Annot /Subtype /Stamp /Rect [60 640 460 700] /AP <</N 11 0 R>> ${more}>>`,
      '<</Subtype /Form /BBox [0 0 40 6] /Length 17>>\nstream\n1 g 0 0 40 6 re f\nendstream',
    ],
  });

  it.for<[string, SmallPdf]>([
    ['by a white box', { content: `${amount} 1 g 60 640 400 60 re f` }],
    ['and other text put there', { content: `${amount} 1 g 60 640 400 60 re f ${amount.replace('9.999', '1.000')}` }],
    ['by a closed path', { content: `${amount} 60 640 m 460 640 l 460 700 l 60 700 l h B` }],
    ['by a box of a turned page', { content: `${amount} q 0 1 -1 0 500 600 cm 0 0 200 480 re f* Q` }],
    ['by boxes beside each other', { content: `${amount} 60 640 200 60 re 300 640 9 60 re f` }],
    ['by an image', withImage(`${amount} q 400 0 0 60 60 640 cm /Im Do Q`)],
    ['by a form', form('60 640 400 60 re f')],
    ['by a form that is moved', form('0 0 400 60 re f', '/Matrix [1 0 0 1 60 640]')],
    ['in a form', { ...form(amount), content: '/Fm Do 1 g 60 640 400 60 re f' }],
    ['by a note', note('')],
    ['drawn as an outline', { content: `BT 1 Tr /F1 20 Tf 72 660 Td (So tien: 9.999.999) Tj ET 60 640 400 60 re f` }],
    ['in pieces', { content: 'BT /F1 20 Tf 1 0 0 1 72 660 Tm [(So) -200 (tien)] TJ T* ET 60 640 400 60 re f' }],
    ['after an inline image', { content: `BI /W 1 /H 1 /BPC 8 /CS /G ID \x01 EI ${amount} 60 640 400 60 re f` }],
  ])('%s', async ([, options]) => {
    const report = verify(sign(options));
    expect(report.findings).toMatchObject([{ code: 'SHADOW_COVERED', severity: 'warn', params: { pages: '1' } }]);
    expect(report.verdict).toBe('WARN');
    const refusal = { code: 'SIGN_TEXT_COVERED', params: { pages: '1' } };
    expect(() => checkSignable(makePdf(options))).toThrow(expect.objectContaining(refusal));
    await expect(signAsPerson(makePdf(options))).rejects.toMatchObject(refusal);
  });

  it.for<[string, SmallPdf]>([
    ['the box stands below it', { content: `1 g 60 640 400 60 re f 0 g ${amount}` }],
    ['the same text is drawn again', { content: `${amount} 1 g 60 640 400 60 re f 0 g ${amount}` }],
    ['a box that lets it shine through', withState(`${amount} /G gs 60 640 400 60 re f`, '/ca 0.5')],
    ['a marker pen', withState(`${amount} /G gs 1 1 0 rg 60 640 400 60 re f`, '/BM /Multiply')],
    ['a mask', withState(`${amount} /G gs 60 640 400 60 re f`, '/SMask <</S /Alpha>>')],
    ['a pattern', { content: `${amount} /Pattern cs /P scn 60 640 400 60 re f` }],
    ['a box that is only outlined', { content: `${amount} 60 640 400 60 re S` }],
    ['a line under it', { content: `${amount} 60 658 400 3 re f` }],
    ['a frame of two boxes', { content: `${amount} 50 630 420 80 re 60 640 400 60 re f*` }],
    ['a round shape', { content: `${amount} 60 640 m 460 640 460 700 60 700 c f` }],
    ['a box whose clip lies elsewhere', { content: `${amount} q 60 100 400 60 re W n 60 640 400 60 re f Q` }],
    ['text that a clip keeps from showing', { content: `q 60 100 99 9 re W n ${amount} Q 60 640 400 60 re f` }],
    ['text that shows nothing', { content: `BT 3 Tr /F1 20 Tf 72 660 Td (So tien) Tj ET 60 640 400 60 re f` }],
    ['the dots of a form', { content: `BT /F1 20 Tf 72 660 Td (..........) Tj ET 60 640 400 60 re f` }],
    ['a transparent image', withImage(`${amount} q 400 0 0 60 60 640 cm /Im Do Q`, '/SMask 11 0 R')],
    ['a scan over what was recognised', withImage(`${amount} q 595 0 0 842 0 0 cm /Im Do Q`)],
    ['a note that is hidden', note('/F 2')],
    ['a content that breaks off', { content: `${amount} 60 640 400 60 re f [` }],
  ])('is not suspected: %s', ([, options]) => {
    expect(verify(sign(options))).toMatchObject({ verdict: 'VALID', findings: [] });
    expect(checkSignable(makePdf(options))).toEqual({ pageCount: 1 });
  });
});
