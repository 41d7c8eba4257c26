import { describe, expect, it } from 'vitest';
import type { Finding, VerificationReport } from '#shared/domain/verification.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import type { PdfDocument } from '#pdf/syntax/document.ts';
import { dict, isDict, name, ref, withEntries } from '#pdf/syntax/objects.ts';
import type { PdfDict, PdfObject } from '#pdf/syntax/objects.ts';
import { textString, writeObject } from '#pdf/syntax/write-object.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { metadataOf } from '#scripts/attacks/clean-file.ts';
import { writeRevision } from '#scripts/attacks/pdf-writer.ts';
import { signForeign } from '#scripts/attacks/sign-foreign.ts';
import { archive } from '#scripts/attacks/signed-file.ts';
import { Update } from '#scripts/attacks/update.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import type { SmallPdf } from '#tests/support/make-pdf.ts';
import { sealAsAgency, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';
import { contentStream, page, revise, rootRef } from './attacks.ts';

/** Faults that generated attacks found: what other readers see otherwise, and what nothing but a link leads to. */

const verify = (bytes: Uint8Array): VerificationReport => verifyPdf(bytes, { trust: trust(), now: new Date() });
const signedWith = (options: SmallPdf): Uint8Array => signForeign(makePdf(options));
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

function dictionary(document: PdfDocument, num: number): PdfDict {
  const value = document.resolve(ref(num));
  if (!isDict(value)) throw new Error(`object ${num} is no dictionary`);
  return value;
}

function change(bytes: Uint8Array, num: number, entries: Record<string, PdfObject>): Uint8Array {
  return revise(bytes, (update, document) => {
    update.set(ref(num), withEntries(dictionary(document, num), entries));
  });
}

/** Rewrites an object with other text. */
function respell(bytes: Uint8Array, num: number, from: string, to: string): Uint8Array {
  return revise(bytes, (update, document) => {
    const body = writeObject(document.resolve(ref(num))).toString('latin1');
    if (!body.includes(from)) throw new Error(`no ${from}`);
    update.setRaw(ref(num), Buffer.from(body.replace(from, to), 'latin1'));
  });
}

const findings = (report: VerificationReport): Finding[] => [
  ...report.findings,
  ...report.signatures.flatMap((signature) => signature.findings),
];

function expectUnusual(report: VerificationReport, note: string): void {
  expect(report.integrity).toBe('WARN');
  expect(report.findings).toMatchObject([{ code: 'FILE_UNUSUAL', params: { notes: note } }]);
}

describe('numbers that must be integers', () => {
  const note = '<</Type /Annot /Subtype /Square /Rect [0 0 99 99] /F 2 /CA 1>>';

  it.for(['90.0', '90.', '+90'])('a page is turned by %s: some readers turn it, some do not', (written) => {
    const bytes = respell(signedWith({ page: '/Rotate 90' }), 3, '/Rotate 90', `/Rotate ${written}`);
    expect(verify(bytes).verdict).toBe('INVALID');
  });

  it('a hidden note has flags that some readers do not read', () => {
    const bytes = respell(signedWith({ page: '/Annots [10 0 R]', extra: [note] }), 10, '/F 2', '/F 2.0');
    expect(verify(bytes).verdict).toBe('WARN');
  });

  it('the number stands elsewhere', () => {
    const signed = signedWith({ page: '/Rotate 10 0 R', extra: ['90'] });
    expect(verify(revise(signed, (update) => update.setRaw(ref(10), Buffer.from('90.0')))).verdict).toBe('INVALID');
    expect(verify(revise(signed, (update) => update.setRaw(ref(10), Buffer.from('90')))).verdict).toBe('VALID');
  });

  it('a measure may be written either way', () => {
    const signed = signedWith({ page: '/UserUnit 1 /Annots [10 0 R]', extra: [note] });
    expect(verify(respell(signed, 3, '/UserUnit 1', '/UserUnit 1.0')).verdict).toBe('VALID');
    expect(verify(respell(signed, 10, '/CA 1', '/CA 1.0')).verdict).toBe('VALID');
  });

  it('what was written oddly before it was signed stays so when our own signer rewrites the page', async () => {
    const odd = makePdf({ page: '/Rotate 90.0 /Annots []' });
    const { bytes } = await sealAsAgency((await signAsPerson(signForeign(odd))).bytes);
    expect(verify(bytes).verdict).toBe('VALID');
  });
});

describe('what makes other readers gather objects by themselves', () => {
  it('a reference that leads to a mere reference', () => {
    const bytes = revise(signedWith({}), (update) => update.add(ref(4)));
    expectUnusual(verify(bytes), 'REFERENCE_CHAIN');
  });

  it.for([
    'trailer\n<</Root 20 0 R>>\n',
    'startxref\n0\n%%EOF\n',
    '4 %\n0 %\nobj\n<<>>\nendobj\n',
    '0000000000004 0 obj\n<<>>\nendobj\n',
    'x',
  ])('foreign bytes between the parts of a revision: %j', (between) => {
    const update = new Update(signedWith({}));
    update.add(dict({ A: 1 }));
    const report = verify(update.finish('table', { between }));
    expect(report.integrity).toBe('WARN');
    expect(report.findings).toMatchObject([{ params: { notes: /FOREIGN_BYTES|OBJECT_UNLISTED/ } }]);
  });

  it.for(['% comment 4 0 x\n', '\n\n \t\n', '%\r'])('comments and white space between them are not: %j', (between) => {
    const update = new Update(signedWith({}));
    update.add(dict({ A: 1 }));
    expect(verify(update.finish('table', { between }))).toMatchObject({ verdict: 'VALID', findings: [] });
  });

  it.for(['table', 'hybrid'] as const)('an object goes back to an older definition, by a %s', (layout) => {
    const signed = signedWith({});
    const [place = 0] = openPdf(signed).span(4) ?? [];
    const first = new Update(signed);
    first.set(ref(4), contentStream('BT (9) Tj ET'));
    const second = new Update(first.finish('table'));
    second.add(7);
    const rows = `4 1\n${String(place).padStart(10, '0')} 00000 n \n`;
    expectUnusual(verify(second.finish(layout, { rows })), 'OBJECT_TAKEN_BACK');
  });

  it('an object that is taken out of use, or written again as it was, is none', () => {
    const first = new Update(signedWith({}));
    const added = first.add(7);
    const second = new Update(first.finish('table'));
    second.free(added);
    second.change(ref(3), {});
    expect(verify(second.finish('table'))).toMatchObject({ verdict: 'VALID', findings: [] });
  });

  it('an object stream holds what no table lists', () => {
    const update = new Update(signedWith({}));
    update.change(ref(3), { Rotate: 90 });
    update.add(dict({ A: 1 }));
    expectUnusual(verify(update.finish('packed', { unlisted: new Set([3]) })), 'OBJECT_UNLISTED');
  });

  it.for<[string, string, number, 'VALID' | 'WARN']>([
    ['in the order of its header', '80 0 81 9 <</A 1>> <</B 1>>', 10, 'VALID'],
    ['twice', '80 0 80 9 <</A 1>> <</B 1>>', 10, 'WARN'],
    ['in another order', '80 9 81 0 <</B 1>> <</A 1>>', 10, 'WARN'],
    ['one in the other', '80 0 81 5 <</A <</B 1>>>>', 10, 'WARN'],
  ])('an object stream holds its objects %s', ([, text, First, verdict]) => {
    const update = new Update(signForeign(streamed(), { layout: 'stream' }));
    const entries = dict({ Type: name('ObjStm'), N: 2, First });
    const { num } = update.add({ kind: 'stream', dict: entries, raw: bytesOf(text) });
    const numbers = [...new Set([...text.slice(0, First).matchAll(/8\d/g)].map(([number]) => Number(number)))];
    const rows = numbers.map((number, index) => [number, 2, num, index] as const);
    expect(verify(appendRows(update.finish('stream'), rows)).verdict).toBe(verdict);
  });

  /** A small letter without tables. */
  function streamed(): Uint8Array {
    const bodies = [
      '<</Type /Catalog /Pages 2 0 R>>',
      '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>',
    ];
    const objects = bodies.map((body, i) => ({ num: i + 1, gen: 0, body: Buffer.from(body), packable: false }));
    const head = bytesOf('%PDF-1.7\n');
    return new Uint8Array(Buffer.concat([head, writeRevision(head.length, objects, [['Root', '1 0 R']], 'stream', 4)]));
  }

  function appendRows(bytes: Uint8Array, rows: readonly (readonly [number, number, number, number])[]): Uint8Array {
    const document = openPdf(bytes);
    const data = Buffer.alloc((rows.length + 1) * 7);
    [...rows, [90, 1, bytes.length, 0] as const].forEach(([, type, first, second], index) => {
      data.writeUInt8(type, index * 7);
      data.writeUInt32BE(first, index * 7 + 1);
      data.writeUInt16BE(second, index * 7 + 5);
    });
    const index = [...rows.map(([num]) => num), 90].map((num) => `${num} 1`).join(' ');
    const entries = `/Size 99 /W [1 4 2] /Index [${index}] /Root 1 0 R /Prev ${document.sections[0]?.offset ?? 0}`;
    const head = `90 0 obj\n<</Type /XRef ${entries} /Length ${data.length}>>\nstream\n`;
    const end = `\nendstream\nendobj\nstartxref\n${bytes.length}\n%%EOF\n`;
    return new Uint8Array(Buffer.concat([bytes, bytesOf(head), data, bytesOf(end)]));
  }

  it.for(['/W [1 4] /Index [90 1]', '/W [1 4 0] /Index [90 1 7]', '/W [] /Index [90 1]'])(
    'a cross-reference stream of other fields than three, or half a subsection: %s',
    (shape) => {
      const signed = signedWith({});
      const data = Buffer.from([1, 0, 0, 0, 0]);
      data.writeUInt32BE(signed.length, 1);
      const previous = openPdf(signed).sections[0]?.offset ?? 0;
      const update = (entries: string): VerificationReport => {
        const head = `90 0 obj\n<</Type /XRef /Size 99 ${entries} /Root 1 0 R /Prev ${previous} /Length 5>>\nstream\n`;
        const end = `\nendstream\nendobj\nstartxref\n${signed.length}\n%%EOF\n`;
        return verify(new Uint8Array(Buffer.concat([signed, bytesOf(head), data, bytesOf(end)])));
      };
      expect(update('/W [1 4 0] /Index [90 1]').verdict).toBe('VALID');
      expect(update(shape).verdict).toBe('INVALID');
    },
  );

  it.for([
    ['an offset of 0', 1, 0, 'XREF_OFFSET_ZERO'],
    ['a type that there is not', 7, 15, 'XREF_ENTRY'],
  ] as const)('a cross-reference stream with %s', ([, type, first, note]) => {
    expectUnusual(verify(appendRows(signedWith({}), [[80, type, first, 0]])), note);
  });
});

describe('a second definition of an object, in the revision that is signed', () => {
  const second = '4 0 obj\n<</Length 3>>\nstream\nq Q\nendstream\nendobj\n';
  const withSecond = (place: (text: string) => number): Uint8Array => {
    const text = Buffer.from(makePdf()).toString('latin1');
    const at = place(text);
    const rows = text.slice(text.lastIndexOf('xref\n0 ')).replaceAll(/(\d{10}) 00000 n/g, (_, offset: string) => {
      const moved = Number(offset) + (Number(offset) >= at ? second.length : 0);
      return `${String(moved).padStart(10, '0')} 00000 n`;
    });
    const body = text.slice(0, at) + second + text.slice(at, text.lastIndexOf('xref\n0 '));
    return signForeign(bytesOf(body + rows.replace(/(?<=startxref\n)\d+/, String(body.length))));
  };

  it('stands behind the one that counts: a reader that repairs shows it', () => {
    expectUnusual(verify(withSecond((text) => text.lastIndexOf('xref\n0 '))), 'OBJECT_UNLISTED');
  });

  it('stands before it, as some programs leave the old one', () => {
    expect(verify(withSecond((text) => text.indexOf('1 0 obj')))).toMatchObject({ verdict: 'VALID', findings: [] });
  });

  it('stands in the data of a stream', () => {
    const file = signedWith({ extra: [`<</Length ${second.length}>>\nstream\n${second}\nendstream`] });
    expect(verify(file)).toMatchObject({ verdict: 'VALID', findings: [] });
  });
});

describe('links to what nothing else leads to', () => {
  it.for<[string, SmallPdf, Record<string, PdfObject>]>([
    [
      'a popup to its note',
      {
        page: '/Annots [10 0 R]',
        extra: ['<</Subtype /Popup /Rect [0 0 9 9] /Parent 11 0 R>>', '<</Subtype /Text /Contents (a)>>'],
      },
      { Contents: textString('b') },
    ],
    [
      'a widget to a field of no form',
      {
        page: '/Annots [10 0 R]',
        extra: ['<</Subtype /Widget /Rect [0 0 9 9] /Parent 11 0 R>>', '<</FT /Tx /V (1)>>'],
      },
      { V: textString('9') },
    ],
    [
      'a field to another one than it stands below',
      {
        catalog: '/AcroForm <</Fields [10 0 R]>>',
        extra: ['<</T (a) /Parent 11 0 R>>', '<</FT /Tx /V (1)>>'],
      },
      { V: textString('9') },
    ],
  ])('%s', ([, options, entries]) => {
    const signed = signedWith(options);
    expect(verify(signed).verdict).toBe('VALID');
    expect(verify(signForeign(signed)).verdict).toBe('VALID');
    expect(verify(change(signed, 11, entries)).verdict).not.toBe('VALID');
  });

  it('a page to a node that it does not stand below', () => {
    const plain = makePdf({ extra: ['<</Type /Pages /Rotate 0>>'] });
    const signed = signForeign(
      bytesOf(
        Buffer.from(plain)
          .toString('latin1')
          .replace('/Parent 2 0', '/Parent 10 0')
          .replace(/(?<=MediaBox \[0 0 595) /, ''),
      ),
    );
    expect(verify(signed).verdict).toBe('VALID');
    expect(verify(change(signed, 10, { Rotate: 90 })).verdict).toBe('INVALID');
  });
});

describe('the list of notes', () => {
  it.for<[string, PdfObject]>([
    ['null', null],
    ['a number', 7],
    ['nothing', ref(99)],
    ['a note', dict({ Subtype: name('Stamp') })],
  ])('is %s where there was none', ([, value]) => {
    const signed = signedWith({
      extra: ['<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>'],
      kids: ['3 0 R', '10 0 R'],
    });
    expect(verify(change(signed, 10, { Annots: value })).verdict).toBe('WARN');
    expect(verify(change(signed, 10, { Annots: [] })).verdict).toBe('VALID');
  });
});

describe('what a later revision makes of the catalog', () => {
  const setCatalog = (bytes: Uint8Array, entries: Record<string, PdfObject>): Uint8Array =>
    revise(bytes, (update, document) => {
      update.set(rootRef(document), withEntries(document.catalog, entries));
    });

  it.for<[Record<string, PdfObject>, 'VALID' | 'INVALID']>([
    [{ Version: name('2.0') }, 'VALID'],
    [{ Version: name('9.9') }, 'INVALID'],
    [{ Version: null }, 'INVALID'],
    [{ Version: 2 }, 'INVALID'],
    [{ Extensions: dict({}) }, 'VALID'],
    [{ Extensions: [] }, 'INVALID'],
    [{ DSS: dict({}) }, 'VALID'],
    [{ DSS: null }, 'INVALID'],
    [{ DSS: [] }, 'INVALID'],
  ])('%j is %s', ([entries, verdict]) => {
    expect(verify(setCatalog(signedWith({}), entries)).verdict).toBe(verdict);
  });

  it.for<[string, PdfObject]>([
    ['nothing', null],
    ['an empty one', dict({})],
    ['one without its lists', dict({ Certs: 7, CRLs: [] })],
  ])('a security store becomes %s', ([, store]) => {
    const archived = archive(signedWith({}), 'table');
    expect(verify(archived).verdict).toBe('VALID');
    expect(verify(setCatalog(archived, { DSS: store })).verdict).toBe('INVALID');
  });

  it('an older version than the one it had', () => {
    const signed = signedWith({ catalog: '/Version /1.7' });
    expect(verify(setCatalog(signed, { Version: name('1.4') })).verdict).toBe('INVALID');
  });

  it.for<[PdfObject, 'VALID' | 'INVALID']>([
    [3, 'VALID'],
    [1, 'VALID'],
    [0, 'INVALID'],
    [null, 'INVALID'],
    [textString('3'), 'INVALID'],
  ])('flags of signatures become %j', ([SigFlags, verdict]) => {
    expect(verify(signForeign(signedWith({}), { form: { SigFlags } })).verdict).toBe(verdict);
  });
});

describe('descriptions in metadata', () => {
  const metadata = (text: string): PdfObject => ({
    kind: 'stream',
    dict: dict({ Type: name('Metadata'), Subtype: name('XML') }),
    raw: Buffer.from(text, 'utf8'),
  });
  const describedBy = (text: string): Uint8Array =>
    signForeign(
      revise(makePdf(), (update, document) => {
        update.set(rootRef(document), withEntries(document.catalog, { Metadata: update.add(metadata(text)) }));
      }),
    );
  const later = (bytes: Uint8Array, text: string): VerificationReport =>
    verify(
      revise(bytes, (update, document) => {
        update.set(rootRef(document), withEntries(document.catalog, { Metadata: update.add(metadata(text)) }));
      }),
    );

  it.for<[string, string]>([
    ['another title', metadataOf('Khác', '2026-01-01')],
    ['another title under another prefix', metadataOf('Khác', '2026-01-01').replaceAll('dc:', 'x:')],
    ['a title as attribute', '<rdf:Description dc:title="Khác"/>'],
    ['a title in a section of its own', metadataOf('<![CDATA[Khác]]>', '2026-01-01')],
  ])('%s is said', ([, text]) => {
    const report = later(describedBy(metadataOf('Quyết định', '2026-01-01')), text);
    expect(report.verdict).toBe('WARN');
    expect(findings(report)).toContainEqual(
      expect.objectContaining({ code: 'DOCUMENT_CHANGED', params: { key: 'Metadata title' } }),
    );
  });

  it.for<[string, string]>([
    ['a date', metadataOf('Quyết định', '2027-01-01')],
    ['the same in other words', metadataOf('Quy&#x1EBF;t   &#273;ịnh', '2026-01-01')],
    ['less', '<x:xmpmeta/>'],
  ])('%s is not', ([, text]) => {
    expect(later(describedBy(metadataOf('Quyết định', '2026-01-01')), text).verdict).toBe('VALID');
  });

  it('a title that metadata bring for the first time is said unless /Info has it', () => {
    const informed = bytesOf(
      Buffer.from(makePdf({ extra: ['<</Title (Quyet dinh)>>'] }))
        .toString('latin1')
        .replace('/Root 1 0 R', '/Root 1 0 R /Info 10 0 R'),
    );
    expect(later(signForeign(informed), metadataOf('Quyet dinh', '2026-01-01')).verdict).toBe('VALID');
    expect(later(signForeign(informed), metadataOf('Khac', '2026-01-01')).verdict).toBe('WARN');
  });

  it('a million tags are read in time', () => {
    const text = '<dc:title>'.repeat(300_000);
    expect(later(describedBy(text), `${text}<`).verdict).toBe('VALID');
  });
});

describe('signature fields', () => {
  const template = (rect: string): SmallPdf => ({
    page: '/Annots [10 0 R]',
    catalog: '/AcroForm <</Fields [10 0 R]>>',
    extra: [`<</Type /Annot /Subtype /Widget /FT /Sig /T (Ky) /Rect [${rect}] /P 3 0 R>>`],
  });
  const picture = '0 0 99 99 re f';
  const person2 = { signer: 'person2' } as const;

  it.for([
    ['20 20 580 800', 'WARN'],
    ['320 50 470 120', 'VALID'],
  ] as const)('an empty field of %s is signed: %s', ([rect, verdict]) => {
    const bytes = signForeign(signedWith(template(rect)), {
      into: ref(10),
      rect: [0, 0, 99, 99],
      picture,
      cms: person2,
    });
    expect(verify(bytes).verdict).toBe(verdict);
  });

  it.for<[string, PdfObject]>([
    ['five numbers', [0, 0, 595, 842, 0]],
    ['three', [0, 0, 595]],
    ['a text', textString('0 0 595 842')],
  ])('a place of %s is taken for a large one', ([, Rect]) => {
    const bytes = signForeign(signedWith({}), { rect: [0, 0, 9, 9], picture, field: { Rect }, cms: person2 });
    expect(findings(verify(bytes)).map(({ code }) => code)).toContain('SIGNATURE_COVERS_PAGE');
  });

  it('a new one has no parent that it was not reached through', () => {
    const text = ['<</FT /Tx /T (tien) /V (1) /DA (/F1 9 Tf)>>'];
    const signed = signedWith({ catalog: '/AcroForm <</Fields [10 0 R]>>', extra: text });
    const add = (Parent: (field: PdfObject) => PdfObject): Uint8Array =>
      signForeign(signed, {
        kid: true,
        rect: [0, 0, 99, 99],
        cms: person2,
        also: (update, widget) =>
          update.change(widget, { Parent: Parent(update.dictionary(widget).entries.get('Parent') ?? null) }),
      });
    expect(verify(add((field) => field)).verdict).toBe('VALID');
    expect(verify(add(() => ref(10))).verdict).toBe('INVALID');
  });

  it('an empty one is not added where nothing may change', () => {
    const certified = '/Reference[<</TransformMethod/DocMDP/TransformParams<</P 1/V/1.2>>>>]';
    const bytes = revise(signForeign(makePdf(), { dictionary: certified }), (update, document) => {
      const usual = { Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig'), T: textString('Moi') };
      const field = update.add(dict({ ...usual, Rect: [70, 650, 420, 690] }));
      const { reference, dict: target } = page(document, 1);
      update.set(reference, withEntries(target, { Annots: [...document.getArray(target, 'Annots'), field] }));
      const form = document.getDict(document.catalog, 'AcroForm') ?? dict({});
      const fields = withEntries(form, { Fields: [...document.getArray(form, 'Fields'), field] });
      update.set(rootRef(document), withEntries(document.catalog, { AcroForm: fields }));
    });
    expect(findings(verify(bytes)).map(({ code }) => code)).toContain('CHANGE_NOT_PERMITTED');
    expect(verify(bytes).verdict).toBe('INVALID');
  });

  it('a content stream of its own changes nothing', () => {
    expect(verify(revise(signedWith({}), (update) => update.add(contentStream('q Q')))).verdict).toBe('VALID');
  });
});
