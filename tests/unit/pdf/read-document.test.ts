import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { checkSignable } from '#pdf/check-signable.ts';
import { Budget } from '#pdf/syntax/budget.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import { isDict } from '#pdf/syntax/objects.ts';
import { readPages } from '#pdf/syntax/page-tree.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { letter, trust } from '#tests/support/signing-fixtures.ts';

const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const code = (value: string): unknown => expect.objectContaining({ code: value });
const unsigned = (bytes: Uint8Array): unknown => verifyPdf(bytes, { trust: trust(), now: new Date() }).verdict;

describe('well-formed files', () => {
  it('the sample letter: one revision, two pages, nothing unusual', () => {
    const document = openPdf(letter());
    expect(document.revisions).toHaveLength(1);
    expect(readPages(document)).toHaveLength(2);
    expect(document.anomalies.size).toBe(0);
    expect(unsigned(letter())).toBe('UNSIGNED');
    expect(() => checkSignable(letter())).not.toThrow();
  });

  it('a hybrid file shows what its cross-reference stream hides', () => {
    const document = openPdf(makePdf({ hybrid: true }));
    expect(isDict(document.resolve({ kind: 'ref', num: 5, gen: 0 }))).toBe(true);
    expect(document.sections[0]?.kind).toBe('table');
  });

  it('strings, names and numbers in every notation', () => {
    const value = '<</A (a\\(b\\)\\101\\\n(c)) /B#20C <4 1 4> /D [-.5 +3 4. null true] /E 5 0 R>>';
    const document = openPdf(makePdf({ extra: [value] }));
    const object = document.resolve({ kind: 'ref', num: 10, gen: 0 });
    const entries = isDict(object) ? object.entries : new Map<string, unknown>();
    expect(entries.get('A')).toMatchObject({ bytes: ascii('a(b)A(c)'), hex: false });
    expect(entries.get('B C')).toMatchObject({ bytes: ascii('A@'), hex: true });
    expect(entries.get('D')).toEqual([-0.5, 3, 4, null, true]);
    expect(entries.get('E')).toEqual({ kind: 'ref', num: 5, gen: 0 });
  });

  it('a reference to nothing, or of another generation, is null', () => {
    const document = openPdf(makePdf());
    expect(document.resolve({ kind: 'ref', num: 999, gen: 0 })).toBeNull();
    expect(document.resolve({ kind: 'ref', num: 1, gen: 3 })).toBeNull();
  });
});

describe('files that are refused by name', () => {
  it.for([
    ['PDF_EMPTY', new Uint8Array(0)],
    ['PDF_NOT_PDF', ascii('PK\x03\x04 this is a zip file')],
    ['PDF_NOT_PDF', ascii('hello')],
    ['PDF_BROKEN', ascii('\xef\xbb\xbf%PDF-1.4\nstartxref\n0\n%%EOF')],
    ['PDF_BROKEN', ascii('%PDF-1.4\n')],
    ['PDF_BROKEN', ascii('%PDF-1.4\nstartxref\n999999\n%%EOF\n')],
    ['PDF_BROKEN', ascii('%PDF-1.4\nstartxref\n0\n%%EOF\n')],
  ] as const)('%s', ([expected, bytes]) => {
    expect(() => openPdf(bytes)).toThrow(code(expected));
    expect(() => verifyPdf(bytes, { trust: trust(), now: new Date() })).toThrow(code(expected));
    expect(() => checkSignable(bytes)).toThrow(code(expected));
  });

  it('too large', () => {
    const bytes = new Uint8Array(MAX_PDF_BYTES + 1);
    bytes.set(ascii('%PDF-1.7'));
    expect(() => openPdf(bytes)).toThrow(code('PDF_TOO_LARGE'));
  });

  it('cut off', () => {
    expect(() => openPdf(letter().subarray(0, 60_000))).toThrow(code('PDF_BROKEN'));
  });

  it('offsets shifted by an editor', () => {
    const shifted = ascii(text(letter()).replace('%PDF-1.6\n', '%PDF-1.6\n%inserted\n'));
    expect(() => checkSignable(shifted)).toThrow(code('PDF_BROKEN'));
  });

  it('an object of another number at its place', () => {
    expect(() => checkSignable(ascii(text(makePdf()).replace('3 0 obj', '7 0 obj')))).toThrow(code('PDF_BROKEN'));
  });
});

describe('files that attack the reader', () => {
  const withTrailer = (entries: string): Uint8Array =>
    ascii(text(makePdf()).replace('/Root 1 0 R', `/Root 1 0 R ${entries}`));

  it.for([
    ['trailer leads to itself', () => withTrailer(`/Prev ${text(makePdf()).indexOf('xref\n0')}`)],
    ['page tree leads to itself', () => ascii(text(makePdf()).replace('[3 0 R]', '[2 0 R]'))],
    ['length leads to itself', () => ascii(text(makePdf()).replace(/\/Length \d+/, '/Length 4 0 R'))],
    ['negative length', () => ascii(text(makePdf()).replace(/\/Length \d+/, '/Length -5'))],
    ['root is a number', () => ascii(text(makePdf()).replace('/Root 1 0 R', '/Root 12345'))],
  ] as const)('%s', ([, make]) => {
    expect(() => checkSignable(make())).toThrow(code('PDF_BROKEN'));
  });

  it('references in a circle', () => {
    const document = openPdf(makePdf({ extra: ['11 0 R', '10 0 R'] }));
    expect(() => document.resolve({ kind: 'ref', num: 10, gen: 0 })).toThrow(code('PDF_BROKEN'));
  });

  it('arrays without end', () => {
    const document = openPdf(makePdf({ extra: ['['.repeat(5_000)] }));
    expect(() => document.resolve({ kind: 'ref', num: 10, gen: 0 })).toThrow(code('PDF_TOO_COMPLEX'));
  });

  it('a table of a billion entries', () => {
    const bytes = ascii(text(makePdf()).replace(/xref\n0 \d+\n/, 'xref\n0 999999999\n'));
    expect(() => openPdf(bytes)).toThrow(code('PDF_TOO_COMPLEX'));
  });

  it('a compressed table that inflates without bound', () => {
    const bomb = deflateSync(Buffer.alloc(300 * 1024 * 1024), { level: 1 }).toString('latin1');
    const head = '%PDF-1.7\n';
    const dict = `<</Type /XRef /Size 9 /W [1 3 1] /Root 1 0 R /Filter /FlateDecode /Length ${bomb.length}>>`;
    const file = `${head}1 0 obj\n${dict}\nstream\n${bomb}\nendstream\nendobj\nstartxref\n${head.length}\n%%EOF\n`;
    expect(() => openPdf(ascii(file))).toThrow(code('PDF_TOO_COMPLEX'));
  });

  it('no time left', () => {
    expect(() => openPdf(letter(), new Budget(-1))).toThrow(code('PDF_TOO_COMPLEX'));
  });
});
