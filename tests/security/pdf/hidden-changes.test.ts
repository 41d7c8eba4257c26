import { expect, it } from 'vitest';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import type { PdfDocument } from '#pdf/syntax/document.ts';
import { dict, isDict, isRef, name, ref, withEntries } from '#pdf/syntax/objects.ts';
import type { PdfObject } from '#pdf/syntax/objects.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { opensslCms, signForeign } from '#tests/support/foreign-signature.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { letter, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';
import { revise } from './attacks.ts';

/** Letters made so that a later change hides where nobody compares, or where this reader and a viewer see differently. */

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const sign = async (bytes: Uint8Array): Promise<Uint8Array> =>
  (await signAsPerson(bytes, { appearance: { image: null } })).bytes;

function verify(bytes: Uint8Array): VerificationReport {
  return verifyPdf(bytes, { trust: trust(), now: new Date() });
}

const picture = (text: string): string =>
  `<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length ${text.length}>>\nstream\n${text}\nendstream`;
const otherPicture: PdfObject = {
  kind: 'stream',
  dict: dict({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 595, 842] }),
  raw: Buffer.from('0 0 99 99 re f'),
};

/** Replaces text in a one-page PDF and writes its table anew. */
function remake(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1').replace(from, to);
  const body = text.slice(0, text.lastIndexOf('xref\n0 '));
  const offsets = new Map([...body.matchAll(/(?<=\n)(\d+) 0 obj/g)].map((match) => [Number(match[1]), match.index]));
  const size = Math.max(...offsets.keys()) + 1;
  const rows = Array.from({ length: size - 1 }, (_, i) => offsets.get(i + 1));
  const table = rows.map((at) => (at === undefined ? '0000000000 00000 f \n' : entry(at))).join('');
  const trailer = `trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`;
  return bytesOf(`${body}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`);
}

const entry = (offset: number): string => `${String(offset).padStart(10, '0')} 00000 n \n`;
const RESOURCES = '/Resources <</Font <</F1 5 0 R>>>>';

it.each([
  [
    'page tree',
    () => {
      const plain = makePdf({ content: '/X Do', extra: [picture('good')] });
      return remake(remake(plain, RESOURCES, '/Resources <</XObject 2 0 R>>'), '/Count 1', '/Count 1 /X 10 0 R');
    },
  ],
  [
    'form field',
    () => {
      const catalog = '/AcroForm <</Fields [11 0 R]>>';
      const plain = makePdf({ content: '/P Do', catalog, extra: [picture('good'), '<</FT /Tx /T (a) /P 10 0 R>>'] });
      return remake(plain, RESOURCES, '/Resources <</XObject 11 0 R>>');
    },
  ],
])('a picture found through a %s that poses as resources does not change unseen', async (_, make) => {
  const signed = await sign(make());
  expect(verify(signed).verdict).toBe('VALID');
  const report = verify(revise(signed, (update) => update.set(ref(10), otherPicture)));
  expect(report.verdict).toBe('INVALID');
});

it('a page content that is also listed as a note is no note', async () => {
  const signed = await sign(makePdf({ page: '/Annots [4 0 R]' }));
  expect(verify(revise(signed, (update) => update.set(ref(4), otherPicture))).verdict).toBe('INVALID');
});

it('a page with an empty list of kids is a page', async () => {
  const extra = ['<</Type /Page /Parent 2 0 R /Kids [] /MediaBox [0 0 595 842] /Contents 11 0 R>>', picture('good')];
  const signed = await sign(remake(makePdf({ extra }), '/Kids [3 0 R] /Count 1', '/Kids [3 0 R 10 0 R] /Count 2'));
  expect(verify(revise(signed, (update) => update.set(ref(11), otherPicture))).verdict).toBe('INVALID');
});

it('a smaller page count hides pages', async () => {
  const signed = await sign(letter());
  const shorter = revise(signed, (update, document) => {
    const pages = document.catalog.entries.get('Pages');
    const tree = document.resolve(pages);
    if (!isRef(pages) || !isDict(tree)) throw new Error('no page tree');
    update.set(pages, withEntries(tree, { Count: 1 }));
  });
  expect(verify(shorter).verdict).toBe('INVALID');
});

/** Appends objects as text and a table of the given rows. */
function append(document: PdfDocument, objects: string, rows: (start: number) => string, extra = ''): Uint8Array {
  const text = Buffer.from(document.bytes).toString('latin1');
  const start = text.length + objects.length;
  const root = document.trailer.entries.get('Root');
  const previous = document.revisions.at(-1)?.xrefOffset ?? 0;
  const trailer = `trailer\n<</Size 99 /Root ${isRef(root) ? root.num : 0} 0 R /Prev ${previous} ${extra}>>`;
  return bytesOf(`${text}${objects}xref\n${rows(text.length)}${trailer}\nstartxref\n${start}\n%%EOF\n`);
}

const EVIL = `4 0 obj\n${picture('evil')}\nendobj\n`;

it('an object listed twice in one table is seen, because viewers take the other one', async () => {
  const document = openPdf(await sign(makePdf()));
  const [place = 0] = document.span(4) ?? [];
  const report = verify(append(document, EVIL, (start) => `4 1\n${entry(start)}4 1\n${entry(place)}`));
  expect(report.verdict).toBe('WARN');
  expect(report.findings[0]).toMatchObject({
    code: 'FILE_UNUSUAL',
    params: { notes: expect.stringContaining('XREF_DUPLICATE') },
  });
});

it.for<[string, boolean, string]>([
  ['behind it', true, 'WARN'],
  ['before it', false, 'VALID'],
])('a second definition of an object in the signed file, %s', ([, behind, verdict]) => {
  const plain = makePdf();
  const second = '4 0 obj\n<</Length 2>>\nstream\nq \nendstream\nendobj';
  // The table names the last one.
  const both = Buffer.from(remake(plain, '\n5 0 obj', `\n${second}\n5 0 obj`)).toString('latin1');
  const [first, last] = [both.indexOf('\n4 0 obj') + 1, both.lastIndexOf('\n4 0 obj') + 1];
  const bytes = bytesOf(behind ? both.replace(entry(last), entry(first)) : both);
  const signed = signForeign(bytes, 'ETSI.CAdES.detached', opensslCms('person', '-cades'));
  const report = verify(signed);
  expect(report.verdict).toBe(verdict);
  expect(report.findings.map(({ params }) => params)).toEqual(behind ? [{ notes: 'OBJECT_UNLISTED' }] : []);
});

it('an appended object that no table lists is seen, because a repairing viewer shows it', async () => {
  const document = openPdf(await sign(makePdf()));
  const report = verify(append(document, EVIL, () => `0 1\n0000000000 65535 f \n`));
  expect(report.findings[0]).toMatchObject({ code: 'FILE_UNUSUAL', params: { notes: 'OBJECT_UNLISTED' } });
});

it('an entry that leads nowhere is seen, because it makes viewers repair the file', async () => {
  const document = openPdf(await sign(makePdf()));
  const report = verify(append(document, '', () => `90 1\n${entry(20)}`));
  expect(report.findings[0]).toMatchObject({ code: 'FILE_UNUSUAL', params: { notes: 'OBJECT_UNREADABLE' } });
});
