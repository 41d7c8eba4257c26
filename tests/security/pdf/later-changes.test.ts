import { beforeAll, describe, expect, it } from 'vitest';
import type { Finding, FindingCode, SignatureReport, VerificationReport } from '#shared/domain/verification.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import type { PdfDocument } from '#pdf/syntax/document.ts';
import type { IncrementalUpdate } from '#pdf/syntax/incremental-update.ts';
import { dict, isDict, name, ref, withEntries } from '#pdf/syntax/objects.ts';
import type { PdfDict, PdfObject } from '#pdf/syntax/objects.ts';
import { textString } from '#pdf/syntax/write-object.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { opensslCms, signForeign, timestampToken } from '#tests/support/foreign-signature.ts';
import type { ForeignFile } from '#tests/support/foreign-signature.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import type { SmallPdf } from '#tests/support/make-pdf.ts';
import { trust } from '#tests/support/signing-fixtures.ts';
import { contentStream, firstSignature, page, revise, rootRef, setCatalog } from './attacks.ts';

/** What may come after a signature, by kind: each with the forms it takes, and the genuine ones that look like it. */

const verify = (bytes: Uint8Array): VerificationReport => verifyPdf(bytes, { trust: trust(), now: new Date() });
const sign = (bytes: Uint8Array, how: ForeignFile = {}, id: 'person' | 'person2' = 'person'): Uint8Array =>
  signForeign(bytes, 'ETSI.CAdES.detached', opensslCms(id, '-cades'), how);
const doubts = ({ findings }: SignatureReport): Finding[] => findings.filter(({ severity }) => severity !== 'info');
const codes = (report: VerificationReport): Set<FindingCode> =>
  new Set(report.signatures.flatMap(doubts).map(({ code }) => code));

/** Object 10 on: what `makePdf` gets as extra. */
const signedWith = (options: SmallPdf): Uint8Array => sign(makePdf(options));

function change(bytes: Uint8Array, num: number, entries: Record<string, PdfObject>): Uint8Array {
  return revise(bytes, (update, document) => {
    update.set(ref(num), withEntries(dictionary(document, num), entries));
  });
}

function dictionary(document: PdfDocument, num: number): PdfDict {
  const value = document.resolve(ref(num));
  if (!isDict(value)) throw new Error(`object ${num} is no dictionary`);
  return value;
}

function annotate(update: IncrementalUpdate, document: PdfDocument, list: (old: PdfObject[]) => PdfObject[]): void {
  const { reference, dict: target } = page(document, 1);
  update.set(reference, withEntries(target, { Annots: list([...document.getArray(target, 'Annots')]) }));
}

const picture = (update: IncrementalUpdate): PdfDict => dict({ N: update.add(contentStream('0 0 99 99 re f')) });

describe('signature fields without signature', () => {
  /** An empty field 10 on the page and in the form, as templates have it. */
  const template = (field = ''): SmallPdf => ({
    page: '/Annots [10 0 R]',
    catalog: '/AcroForm <</Fields [10 0 R]>>',
    extra: [`<</Type /Annot /Subtype /Widget /FT /Sig /T (Dau) /Rect [50 50 150 150] /P 3 0 R ${field}>>`],
  });

  it.for<[string, Record<string, PdfObject>]>([
    ['a picture', { AP: dict({ N: ref(4) }) }],
    ['a coloured ground', { MK: dict({ BG: [1, 1, 1] }) }],
    ['another place', { Rect: [0, 0, 500, 500] }],
    ['a script', { AA: dict({ PO: dict({ S: name('JavaScript'), JS: textString('1') }) }) }],
    ['flags', { F: 4 }],
    ['a signature that is none', { V: dict({ Type: name('Sig') }) }],
  ])('that was there gets %s', ([, entries]) => {
    expect(verify(change(signedWith(template()), 10, entries)).verdict).toBe('INVALID');
  });

  it('that was there is signed, with a picture', () => {
    const field = { AP: dict({ N: ref(4) }), F: 132 };
    const bytes = sign(signedWith(template()), { into: 10, field }, 'person2');
    expect(verify(bytes)).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
  });

  it.for<[string, Record<string, PdfObject>]>([
    ['a place of its own', { Rect: [0, 0, 500, 500] }],
    ['a link', { A: dict({ S: name('URI'), URI: textString('http://x') }) }],
  ])('that was there is signed and gets %s too', ([, field]) => {
    const report = verify(sign(signedWith(template()), { into: 10, field }, 'person2'));
    expect(report.signatures[0]?.verdict).toBe('INVALID');
  });

  it('that is locked by FieldMDP is not even signed', () => {
    const lock =
      '/Reference[<</TransformMethod/FieldMDP/Data 1 0 R/TransformParams<</Type/TransformParams/Action/All/V/1.2>>>>]';
    const locked = sign(makePdf(template()), { dictionary: lock });
    expect(verify(locked).verdict).toBe('VALID');
    expect(verify(sign(locked, {}, 'person2')).verdict).toBe('VALID');
    expect(verify(sign(locked, { into: 10 }, 'person2')).signatures[0]?.verdict).toBe('INVALID');
  });

  const added = (entries: Record<string, PdfObject>): Uint8Array =>
    revise(signedWith({}), (update, document) => {
      const usual = { Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig'), T: textString('Moi') };
      const field = update.add(dict({ ...usual, Rect: [70, 650, 420, 690], P: ref(3), ...entries }));
      annotate(update, document, (old) => [...old, field]);
      const form = document.getDict(document.catalog, 'AcroForm');
      const fields = [...(form ? document.getArray(form, 'Fields') : []), field];
      const changed = withEntries(form ?? dict({}), { Fields: fields });
      update.set(rootRef(document), withEntries(document.catalog, { AcroForm: changed }));
    });

  it.for<[string, Record<string, PdfObject>]>([
    ['white', { MK: dict({ BG: [1, 1, 1] }) }],
    ['framed', { MK: dict({ BC: [1, 0, 0] }) }],
    ['captioned', { MK: dict({ CA: textString('9.999.999') }) }],
    ['with a border', { BS: dict({ W: 20 }) }],
    ['with a picture', { AP: dict({ N: ref(4) }) }],
    ['with a script at opening', { AA: dict({ PO: dict({ S: name('JavaScript') }) }) }],
    ['with an action', { A: dict({ S: name('Launch') }) }],
    ['with a foreign value', { V: textString('ký rồi') }],
  ])('that is new and %s', ([, entries]) => {
    expect(verify(added(entries)).verdict).toBe('INVALID');
  });

  it.for<[string, Record<string, PdfObject>]>([
    ['empty', {}],
    ['turned', { MK: dict({ R: 90 }) }],
    ['without room', { Rect: [0, 0, 0, 0], AP: dict({ N: ref(4) }) }],
  ])('that is new and %s is for a later signer', ([, entries]) => {
    expect(verify(added(entries)).verdict).toBe('VALID');
  });
});

describe('the picture of a signature', () => {
  const PAGE_PART = 80;

  it('has one place: more widgets tile the page', () => {
    const kids = (count: number): Uint8Array =>
      sign(
        signedWith({}),
        {
          also: (update, document, field) => {
            const widgets = Array.from({ length: count }, (_, i) =>
              update.add(
                dict({
                  Type: name('Annot'),
                  Subtype: name('Widget'),
                  Parent: field,
                  P: ref(3),
                  Rect: [0, i * PAGE_PART, 400, (i + 1) * PAGE_PART],
                  AP: picture(update),
                }),
              ),
            );
            const holder = { FT: name('Sig'), T: textString('Nhieu'), V: ref(field.num - 1), Kids: widgets };
            update.set(field, dict(holder));
            annotate(update, document, (old) => [...old, ...widgets]);
          },
        },
        'person2',
      );
    expect(verify(kids(1)).verdict).toBe('VALID');
    expect(verify(kids(2)).signatures[0]?.verdict).toBe('INVALID');
  });

  const visible = (rect: number[]): ForeignFile => ({ field: { Rect: rect, AP: dict({ N: ref(4) }) } });

  it('of ten signers side by side is usual; many that cover the page together are not', () => {
    let bytes = signedWith({});
    for (let i = 0; i < 9; i += 1) bytes = sign(bytes, visible([i * 60, 0, i * 60 + 170, 85]), 'person2');
    expect(verify(bytes).verdict).toBe('VALID');
    for (let i = 0; i < 4; i += 1) bytes = sign(bytes, visible([0, i * 120, 500, (i + 1) * 120]), 'person2');
    expect(codes(verify(bytes))).toContain('SIGNATURE_COVERS_PAGE');
  });

  it.for([
    ['on another page too', [0, 1]],
    ['twice on its page', [0, 0]],
  ] as const)('of an earlier signature %s', ([, pages]) => {
    const two = makePdf({ extra: ['<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>>'] });
    const tree = change(two, 2, { Kids: [ref(3), ref(10)], Count: 2 });
    const signed = sign(tree, visible([50, 50, 150, 100]));
    const again = revise(signed, (update, document) => {
      const { field } = firstSignature(document);
      const target = page(document, (pages[1] ?? 0) + 1);
      const old = document.getArray(target.dict, 'Annots');
      update.set(target.reference, withEntries(target.dict, { Annots: [...old, field] }));
    });
    expect(verify(again).verdict).toBe('INVALID');
  });
});

describe('links and identity', () => {
  const note = (text: string, more = ''): string =>
    `<</Type /Annot /Subtype /FreeText /Rect [0 0 99 99] /Contents (${text}) ${more}>>`;
  let notes: Uint8Array;
  beforeAll(() => {
    notes = signedWith({ page: '/Annots [10 0 R 11 0 R]', extra: [note('a'), note('b')] });
  });

  it.for<[string, (old: PdfObject[]) => PdfObject[]]>([
    ['in another order', ([a = null, b = null, ...rest]) => [b, a, ...rest]],
    ['with another generation', ([, b = null, ...rest]) => [ref(10, 1), b, ...rest]],
    ['with one left out', ([, ...rest]) => rest],
    ['with null in between', ([a = null, ...rest]) => [a, null, ...rest]],
    ['with one behind a new one', ([a = null, ...rest]) => [a, ref(4), ...rest]],
    ['with one written out', ([, ...rest]) => [dict({ Subtype: name('FreeText') }), ...rest]],
    ['with one repeated', (old) => [...old, ref(10)]],
  ])('notes %s', ([, reorder]) => {
    const bytes = revise(notes, (update, document) => {
      annotate(update, document, reorder);
    });
    const report = verify(bytes);
    expect(report.verdict).not.toBe('VALID');
    expect(report.signatures[0]?.findings).toContainEqual(
      expect.objectContaining({ code: 'ANNOTATION_CHANGED', params: { page: 1 } }),
    );
  });

  const field = (more: string, value = 1): string => `<</FT /Tx /T (tien) /V (${value}) /DA (/F1 9 Tf) ${more}>>`;
  const form: SmallPdf = {
    page: '/Annots [11 0 R]',
    catalog: '/AcroForm <</Fields [10 0 R]>>',
    extra: [
      field('/Kids [11 0 R]'),
      '<</Type /Annot /Subtype /Widget /Rect [0 0 9 9] /Parent 10 0 R /P 3 0 R>>',
      field('', 9),
    ],
  };

  it.for<[string, number, Record<string, PdfObject>]>([
    ['widget to a foreign field', 11, { Parent: ref(12) }],
    ['widget to a foreign generation', 11, { Parent: ref(10, 1) }],
    ['widget to another page', 11, { P: ref(2) }],
    ['widget to no field', 11, { Parent: null }],
    ['field to another widget', 10, { Kids: [ref(12)] }],
    ['field to no widget', 10, { Kids: null }],
    ['field to one widget more', 10, { Kids: [ref(11), ref(12)] }],
  ])('of a %s', ([, num, entries]) => {
    expect(verify(signedWith(form)).verdict).toBe('VALID');
    expect(verify(change(signedWith(form), num, entries)).verdict).toBe('INVALID');
  });

  it('a widget moved below a new field of the same name', () => {
    const single: SmallPdf = {
      page: '/Annots [10 0 R]',
      catalog: '/AcroForm <</Fields [10 0 R]>>',
      extra: [field('/Type /Annot /Subtype /Widget /Rect [0 0 9 9]')],
    };
    const bytes = revise(signedWith(single), (update, document) => {
      const parent = update.add(dict({ FT: name('Tx'), T: textString('tien'), V: textString('9'), Kids: [ref(10)] }));
      update.set(ref(10), withEntries(dictionary(document, 10), { Parent: parent }));
      const old = document.getDict(document.catalog, 'AcroForm') ?? dict({});
      const fields = [parent, ...document.getArray(old, 'Fields')];
      update.set(rootRef(document), withEntries(document.catalog, { AcroForm: withEntries(old, { Fields: fields }) }));
    });
    expect(verify(bytes).verdict).toBe('INVALID');
  });

  it.for<[string, number, Record<string, PdfObject>]>([
    ['a page to a foreign node', 3, { Parent: ref(10) }],
    ['a page to no node', 3, { Parent: null }],
    ['what pages inherit', 2, { Resources: dict({}) }],
    ['a node’s own parent', 2, { Parent: ref(10) }],
  ])('%s', ([, num, entries]) => {
    const bytes = signedWith({ extra: ['<</Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90>>'] });
    expect(verify(change(bytes, num, entries)).verdict).toBe('INVALID');
  });
});

describe('null, absent and doubled entries', () => {
  it.for(['Kids', 'Resources', 'Contents', 'Group', 'Rotate', 'UserUnit'])('a page gets /%s null', (key) => {
    expect(verify(change(signedWith({}), 3, { [key]: null })).verdict).toBe('INVALID');
  });

  it('a null that was signed lets through what it hides from us alone', () => {
    const signed = change(makePdf(), 3, { Resources: null });
    expect(verify(change(sign(signed), 2, { Resources: dict({ Font: dict({}) }) })).verdict).toBe('INVALID');
  });

  it.for(['/Contents 4 0 R /Contents 4 0 R', '/Rotate 0 /Rotate 0'])('a page names twice: %s', (entries) => {
    const bytes = revise(signedWith({}), (update, document) => {
      const { reference } = page(document, 1);
      const [start, end] = document.span(reference.num) ?? [0, 0];
      const text = Buffer.from(document.bytes.subarray(start, end)).toString('latin1');
      const body = text.slice(text.indexOf('<<'), text.lastIndexOf('>>'));
      update.setRaw(reference, Buffer.from(`${body} ${entries}>>`, 'latin1'));
    });
    expect(verify(bytes).verdict).toBe('INVALID');
  });

  it('equal because of a loop is not equal for good', () => {
    // The catalog asks first for 10: it agrees only as far as 11, which differs, agrees.
    const extra = ['<</Next 11 0 R /A 1>>', '<</Next 10 0 R /A 1>>'];
    const signed = signedWith({ catalog: '/Dests 10 0 R', page: '/B 11 0 R', extra });
    const report = verify(change(signed, 11, { A: 2 }));
    expect(codes(report)).toEqual(new Set(['PAGE_CONTENT_CHANGED', 'DOCUMENT_CHANGED']));
  });
});

describe('permissions', () => {
  const docMdp = (level: number): string =>
    `/Reference[<</TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P ${level}/V/1.2>>>>]`;
  const visible = { Rect: [70, 650, 420, 690], AP: dict({ N: ref(4) }) };

  it.for<[string, ForeignFile]>([
    ['its own transform', { dictionary: docMdp(1) }],
    ['the lock of its field', { field: { Lock: dict({ Action: name('All'), P: 1 }) } }],
  ])('an approval forbids everything by %s', ([, how]) => {
    const signed = sign(makePdf(), how);
    expect(verify(signed).verdict).toBe('VALID');
    const report = verify(sign(signed, {}, 'person2'));
    expect(report.signatures.map(doubts)[0]).toMatchObject([{ code: 'CHANGE_NOT_PERMITTED', params: { level: 1 } }]);
    expect(report.signatures[1]?.verdict).toBe('VALID');
  });

  it('an approval that allows signatures is signed again, but takes no notes', () => {
    const signed = sign(makePdf(), { dictionary: docMdp(2) });
    expect(verify(sign(signed, { field: visible }, 'person2')).verdict).toBe('VALID');
    const noted = revise(signed, (update, document) => {
      annotate(update, document, (old) => [...old, update.add(dict({ Subtype: name('Stamp') }))]);
    });
    expect(verify(noted).verdict).toBe('INVALID');
  });

  const token = (bytes: Uint8Array, field: Record<string, PdfObject> = {}): Uint8Array =>
    signForeign(
      bytes,
      'ETSI.RFC3161',
      timestampToken((content) => content),
      { type: 'DocTimeStamp', field },
    );

  it('where nothing may change, a document time stamp may come, unseen', () => {
    const signed = sign(makePdf(), { dictionary: docMdp(1) });
    expect(verify(token(signed)).verdict).toBe('VALID');
    expect(verify(token(signed, visible)).signatures[0]?.verdict).toBe('INVALID');
  });

  it('what only calls itself a time stamp is a signature', () => {
    const signed = sign(makePdf(), { dictionary: docMdp(1) });
    const report = verify(sign(signed, { type: 'DocTimeStamp', field: visible }, 'person2'));
    expect(report.signatures[0]?.verdict).toBe('INVALID');
  });
});

describe('a signature that is taken away', () => {
  const withoutForm = (bytes: Uint8Array, entries: Record<string, PdfObject> = {}): Uint8Array =>
    revise(bytes, (update, document) => {
      annotate(update, document, () => []);
      update.set(ref(4), contentStream('BT (9) Tj ET'));
      const old = document.catalog.entries.get('AcroForm');
      update.set(rootRef(document), withEntries(document.catalog, { AcroForm: old ? dict({}) : null, ...entries }));
    });
  const victims = (): { bytes: Uint8Array; value: PdfObject } => {
    const bytes = signedWith({});
    return { bytes, value: firstSignature(openPdf(bytes)).value };
  };

  it.for<[string, (value: PdfObject) => Record<string, PdfObject>]>([
    ['alone', () => ({})],
    ['and kept as certification', (value) => ({ Perms: dict({ DocMDP: value }) })],
    ['and kept as usage rights', (value) => ({ Perms: dict({ UR3: value }) })],
    ['and kept somewhere', (value) => ({ PieceInfo: dict({ X: value }) })],
  ])('%s, with another signature on top', ([, entries]) => {
    const { bytes, value } = victims();
    const report = verify(sign(withoutForm(bytes, entries(value)), {}, 'person2'));
    expect(report.findings.map(({ code }) => code)).toContain('SIGNATURE_REMOVED');
    expect(report.verdict).toBe('INVALID');
  });

  it.for([
    ['a text of the document', (text: string) => ({ extra: [`(${text})`] })],
    ['the page content', (text: string) => ({ content: `BT (${text}) Tj ET` })],
    ['a title', (text: string) => ({ extra: [`<</Title (${text})>>`] })],
  ] as const)('"/ByteRange" in %s is none', ([, make]) => {
    const options = make('cach dat /ByteRange [0 1 2 3]');
    expect(verify(signedWith(options))).toMatchObject({ verdict: 'VALID', findings: [] });
  });

  it('"/ByteRange" in a text that a later revision replaced is none', () => {
    const replaced = change(makePdf({ extra: ['<</Title (/ByteRange)>>'] }), 10, { Title: textString('x') });
    expect(verify(sign(replaced))).toMatchObject({ verdict: 'VALID', findings: [] });
  });
});

describe('what only looks like a change', () => {
  it('a signature dictionary whose transform covers the catalog', () => {
    const data =
      '/Reference[<</Type/SigRef/TransformMethod/FieldMDP/Data 1 0 R/TransformParams<</Action/All/V/1.2>>>>]';
    expect(verify(sign(sign(makePdf(), { dictionary: data }), {}, 'person2')).verdict).toBe('VALID');
  });

  it('a signature dictionary that stands in its field', () => {
    const signed = sign(makePdf(), { direct: true });
    expect(verify(signed)).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
    expect(verify(sign(signed, {}, 'person2')).verdict).toBe('VALID');
    expect(verify(sign(signed, { direct: true }, 'person2')).verdict).toBe('VALID');
    const { field } = firstSignature(openPdf(sign(makePdf())));
    expect(verify(change(signed, field.num - 1, { F: 4 })).verdict).toBe('INVALID');
  });

  it('thousands of bookmarks in a row', () => {
    const count = 6_000;
    const outlines = Array.from({ length: count }, (_, i) => {
      const links = [i > 0 ? `/Prev ${10 + i} 0 R` : '', i < count - 1 ? `/Next ${12 + i} 0 R` : ''];
      return `<</Title (Muc ${i}) /Parent 10 0 R /Dest [3 0 R /Fit] ${links.join(' ')}>>`;
    });
    const root = `<</Type /Outlines /First 11 0 R /Last ${10 + count} 0 R>>`;
    const signed = signedWith({ catalog: '/Outlines 10 0 R', extra: [root, ...outlines] });
    expect(verify(sign(signed, {}, 'person2')).verdict).toBe('VALID');
    expect(codes(verify(change(signed, 10 + count, { Title: textString('khác') })))).toContain('DOCUMENT_CHANGED');
  });

  it('one page listed twice', () => {
    const twice = change(makePdf(), 2, { Kids: [ref(3), ref(3)], Count: 2 });
    expect(verify(sign(sign(twice), {}, 'person2')).verdict).toBe('VALID');
    const once = change(sign(twice), 2, { Kids: [ref(3)], Count: 1 });
    expect(verify(once).verdict).toBe('INVALID');
  });

  it.for<[string, ForeignFile]>([
    ['default appearance', { form: { DA: textString('/Helv 0 Tf 0 g') } }],
    ['default resources', { form: { DR: dict({ Font: dict({ Helv: ref(5) }) }) } }],
    ['pictures that need no drawing', { form: { NeedAppearances: false } }],
    ['drawing where nothing is to draw', { form: { NeedAppearances: true } }],
    ['its field before the others', { first: true }],
  ])('a second signer adds %s', ([, how]) => {
    expect(verify(sign(signedWith({}), how, 'person2')).verdict).toBe('VALID');
  });

  const textForm = (form: string, field = '/DA (/Goc 9 Tf)'): Uint8Array =>
    signedWith({
      catalog: `/AcroForm <</Fields [10 0 R] ${form}>>`,
      extra: [`<</FT /Tx /T (tien) /V (1) ${field}>>`],
    });

  it.for<[string, string, Record<string, PdfObject>, string]>([
    ['resources nobody asked for', '', { DR: dict({ Font: dict({ Khac: ref(5) }) }) }, 'VALID'],
    ['the resource that was missing', '', { DR: dict({ Font: dict({ Goc: ref(5) }) }) }, 'WARN'],
    ['other resources', '/DR <</Font <</Goc 5 0 R>>>>', { DR: dict({ Font: dict({ Goc: ref(4) }) }) }, 'INVALID'],
    ['drawing anew', '', { NeedAppearances: true }, 'WARN'],
    ['another default appearance', '/DA (/Goc 9 Tf)', { DA: textString('/Goc 99 Tf') }, 'INVALID'],
    ['a default appearance nobody needs', '', { DA: textString('/Goc 99 Tf') }, 'VALID'],
    ['an XFA form', '', { XFA: textString('<xdp/>') }, 'INVALID'],
  ])('where there is text to draw, %s', ([, form, entries, verdict]) => {
    const [first] = verify(sign(textForm(form), { form: entries }, 'person2')).signatures;
    expect(first?.verdict).toBe(verdict);
  });

  it('many values filled in are named, each once, in time', () => {
    const count = 3_000;
    const numbers = Array.from({ length: count }, (_, i) => 10 + i);
    const extra = numbers.map((num) => `<</FT /Tx /T (o${num}) /V (1)>>`);
    const catalog = `/AcroForm <</Fields [${numbers.map((num) => `${num} 0 R`).join(' ')}]>>`;
    const filled = revise(signedWith({ catalog, extra }), (update, document) => {
      for (const num of numbers) update.set(ref(num), withEntries(dictionary(document, num), { V: textString('2') }));
    });
    const report = verify(filled);
    expect(report.verdict).toBe('WARN');
    expect(report.signatures.map(doubts)[0]).toHaveLength(count);
  });

  it.for([
    ['Title', 'WARN'],
    ['Author', 'WARN'],
    ['ModDate', 'VALID'],
    ['Producer', 'VALID'],
  ] as const)('/Info %s rewritten is %s', ([key, verdict]) => {
    const informed = Buffer.from(makePdf({ extra: ['<</Title (a) /Author (b) /ModDate (c) /Producer (d)>>'] }))
      .toString('latin1')
      .replace('/Root 1 0 R', '/Root 1 0 R /Info 10 0 R');
    const signed = sign(new Uint8Array(Buffer.from(informed, 'latin1')));
    expect(verify(change(signed, 10, { [key]: textString('khác') })).verdict).toBe(verdict);
  });
});

describe('the structure tree of a tagged document', () => {
  const tagged: SmallPdf = {
    catalog: '/MarkInfo <</Marked true>> /StructTreeRoot 10 0 R',
    page: '/StructParents 0',
    extra: [
      '<</Type /StructTreeRoot /K 11 0 R /ParentTree 12 0 R /ParentTreeNextKey 1>>',
      '<</Type /StructElem /S /Document /P 10 0 R /K [13 0 R]>>',
      '<</Nums [0 [13 0 R]]>>',
      '<</Type /StructElem /S /P /P 11 0 R /Pg 3 0 R /K 0>>',
    ],
  };

  interface Tags {
    readonly element?: Record<string, PdfObject>;
    readonly kids?: (added: PdfObject) => PdfObject[];
    readonly numbers?: (added: PdfObject) => PdfObject[];
    readonly target?: PdfObject;
  }

  /** A second signer that tags its widget, as Acrobat does. */
  const signTagged = ({ element = {}, kids, numbers, target }: Tags): VerificationReport =>
    verify(
      sign(
        signedWith(tagged),
        {
          field: { StructParent: 1 },
          also: (update, document, field) => {
            const reference = dict({ Type: name('OBJR'), Obj: target ?? field, Pg: ref(3) });
            const usual = { Type: name('StructElem'), S: name('Form'), P: ref(11), K: reference };
            const added = update.add(dict({ ...usual, ...element }));
            update.set(ref(11), withEntries(dictionary(document, 11), { K: kids?.(added) ?? [ref(13), added] }));
            update.set(ref(12), dict({ Nums: numbers?.(added) ?? [0, [ref(13)], 1, added] }));
            update.set(ref(10), withEntries(dictionary(document, 10), { ParentTreeNextKey: 2 }));
          },
        },
        'person2',
      ),
    );

  it('grows by the widget of a second signer', () => {
    expect(signTagged({})).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
  });

  it.for<[string, Tags]>([
    ['what is read aloud', { element: { ActualText: textString('9.999.999') } }],
    ['another description', { element: { Alt: textString('9.999.999') } }],
    ['marked content of the page', { element: { K: 0 } }],
    ['an old note', { target: ref(4) }],
    ['an element before the others', { kids: (added) => [added, ref(13)] }],
    ['an element in place of another', { kids: (added) => [added] }],
    ['another entry for the page', { numbers: (added) => [0, [added], 1, added] }],
    ['no entry for the page', { numbers: (added) => [1, added] }],
    ['a number twice', { numbers: (added) => [0, [ref(13)], 0, [added], 1, added] }],
  ])('does not grow by %s', ([, tags]) => {
    expect(signTagged(tags).signatures[0]?.verdict).toBe('INVALID');
  });

  it('does not change where it was', () => {
    const report = verify(change(signedWith(tagged), 13, { ActualText: textString('9.999.999') }));
    expect(codes(report)).toEqual(new Set(['DOCUMENT_CHANGED']));
    expect(verify(setCatalog(signedWith(tagged), { StructTreeRoot: null })).verdict).toBe('INVALID');
  });
});
