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
});
