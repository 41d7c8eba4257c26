import { describe, expect, it } from 'vitest';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import type { PdfDocument } from '#pdf/syntax/document.ts';
import { IncrementalUpdate } from '#pdf/syntax/incremental-update.ts';
import { dict, isRef, name, ref } from '#pdf/syntax/objects.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { opensslCms, signForeign } from '#tests/support/foreign-signature.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { letter, scan, sealAsAgency, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';
import { revise } from './attacks.ts';

/**
 * Files that make other readers gather the objects by themselves: an object that was appended and taken back is then
 * shown. Whatever starts such a repair must never be green, and what is merely unusual must not be suspected.
 */

const verify = (bytes: Uint8Array): VerificationReport => verifyPdf(bytes, { trust: trust(), now: new Date() });
const sign = async (bytes: Uint8Array): Promise<Uint8Array> =>
  (await signAsPerson(bytes, { appearance: { image: null } })).bytes;
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

const EVIL = '4 0 obj\n<</Length 24>>\nstream\nBT (So tien: 9) Tj ET     \nendstream\nendobj\n';
const row = (offset: number, kind = 'n'): string => `${String(offset).padStart(10, '0')} 00000 ${kind} \n`;

interface Update {
  readonly rows: string;
  readonly trailer: string;
  readonly objects?: string;
  readonly root?: number;
}

/** Two updates: one replaces the page content, the next takes it back in the way under test. */
async function takenBack(how: (document: PdfDocument, previous: number) => Update): Promise<Uint8Array> {
  const signed = openPdf(await sign(makePdf()));
  const first = append(signed, { objects: EVIL, rows: `4 1\n${row(signed.bytes.length)}`, trailer: usual(signed) });
  const document = openPdf(first);
  return append(document, how(document, document.revisions.at(-1)?.xrefOffset ?? 0), signed);
}

const usual = (document: PdfDocument): string => `/Size 99 /Prev ${document.revisions.at(-1)?.xrefOffset ?? 0}`;

function append(document: PdfDocument, { rows, trailer, objects = '', root }: Update, signed = document): Uint8Array {
  const text = Buffer.from(document.bytes).toString('latin1') + objects;
  const [place = 0] = signed.span(4) ?? [];
  const old = document.trailer.entries.get('Root');
  const catalog = root ?? (isRef(old) ? old.num : 0);
  const table = `xref\n${rows.replace('BACK', row(place))}trailer\n<</Root ${catalog} 0 R ${trailer}>>`;
  return bytesOf(`${text}${table}\nstartxref\n${text.length}\n%%EOF\n`);
}

describe('an object appended and taken back', () => {
  it.for([
    ['real /Prev', 'TRAILER_NUMBER', (previous: number) => `/Size 99 /Prev ${previous}.0`],
    ['/Prev with a sign', 'TRAILER_NUMBER', (previous: number) => `/Size 99 /Prev +${previous}`],
    ['real /Size', 'TRAILER_NUMBER', (previous: number) => `/Size 99. /Prev ${previous}`],
    ['no /Size', 'TRAILER_SIZE', (previous: number) => `/Prev ${previous}`],
    ['small /Size', 'TRAILER_SIZE', (previous: number) => `/Size 4 /Prev ${previous}`],
    ['/Size that is no number', 'TRAILER_SIZE', (previous: number) => `/Size null /Prev ${previous}`],
    ['two /Prev', 'DUPLICATE_KEY', (previous: number) => `/Size 99 /Prev 9 /Prev ${previous}`],
  ] as const)('%s', async ([, note, trailer]) => {
    const bytes = await takenBack((_, previous) => ({ rows: '4 1\nBACK', trailer: trailer(previous) }));
    expectUnusual(verify(bytes), note);
  });

  it.for([
    ['object 0 in use', 'OBJECT_ZERO', `0 1\n${row(15)}4 1\nBACK`],
    ['an entry with offset 0', 'XREF_OFFSET_ZERO', `4 1\nBACK90 1\n${row(0)}`],
  ] as const)('by rows: %s', async ([, note, rows]) => {
    expectUnusual(verify(await takenBack((document) => ({ rows, trailer: usual(document) }))), note);
  });

  it('a subsection from 1 that begins with a free row', async () => {
    const bytes = await takenBack((document) => ({
      objects: `97 0 obj\n${Buffer.from(document.bytes)
        .toString('latin1', ...(document.span(1) ?? []))
        .slice(8, -7)}\nendobj\n`,
      rows: `1 1\n${row(0, 'f')}4 1\nBACK97 1\n${row(document.bytes.length)}`,
      trailer: usual(document),
      root: 97,
    }));
    expectUnusual(verify(bytes), 'XREF_SUBSECTION');
  });

  it('line ends that push startxref out of sight', async () => {
    const bytes = await takenBack((document) => ({ rows: '4 1\nBACK', trailer: usual(document) }));
    expectUnusual(verify(Buffer.concat([bytes, Buffer.alloc(2_000, '\n')])), 'STARTXREF_FAR');
  });

  it('comments that push startxref out of sight', async () => {
    const bytes = await takenBack((document) => ({ rows: '4 1\nBACK', trailer: usual(document) }));
    const text = Buffer.from(bytes).toString('latin1');
    const at = text.lastIndexOf('%%EOF');
    expect(
      verify(bytesOf(`${text.slice(0, at)}${`%${'x'.repeat(99)}\n`.repeat(20)}${text.slice(at)}`)).verdict,
    ).not.toBe('VALID');
  });

  it('a hidden stream that lists what its table takes away', async () => {
    const bytes = await takenBack((document) => hybrid(document, `4 1\n${row(0, 'f')}`));
    expectUnusual(verify(bytes), 'HYBRID_CONFLICT');
  });

  it('a hidden stream that lists another place than its table', async () => {
    const bytes = await takenBack((document) => hybrid(document, '4 1\nBACK'));
    expectUnusual(verify(bytes), 'HYBRID_CONFLICT');
  });
});

/** A stream that lists object 4 where the newest revision has it, and a table of other opinion. */
function hybrid(document: PdfDocument, rows: string): Update {
  const [place = 0] = document.span(4) ?? [];
  const data = Buffer.alloc(7);
  data.writeUInt8(1, 0);
  data.writeUInt32BE(place, 1);
  const head = '<</Type /XRef /Size 99 /W [1 4 2] /Index [4 1] /Length 7>>';
  const objects = `98 0 obj\n${head}\nstream\n${data.toString('latin1')}\nendstream\nendobj\n`;
  return { rows, objects, trailer: `${usual(document)} /XRefStm ${document.bytes.length}` };
}

function expectUnusual(report: VerificationReport, note: string): void {
  expect(report.integrity).not.toBe('VALID');
  expect(report.findings).toContainEqual(
    expect.objectContaining({ code: 'FILE_UNUSUAL', params: { notes: expect.stringContaining(note) } }),
  );
}

describe('references and keys read two ways', () => {
  it('a reference with a foreign generation', async () => {
    const signed = await sign(makePdf({ page: '/Annots [10 0 R]', extra: ['<</Type /Annot /Subtype /Text>>'] }));
    const bytes = revise(signed, (update, document) => {
      update.set(ref(20), dict({ Note: ref(10, 1) }));
      expect(document.hasGeneration(ref(10, 1))).toBe(false);
    });
    expectUnusual(verify(bytes), 'GENERATION');
  });

  it.for(['<</A 1 /A 1>>', '<</B [<</A 1 /A 2>>]>>', '<</A 1 /#41 2>>'])('a key named twice: %s', async (body) => {
    const signed = await sign(makePdf());
    const bytes = revise(signed, (update) => update.setRaw(ref(20), Buffer.from(body)));
    expectUnusual(verify(bytes), 'DUPLICATE_KEY');
  });
});

describe('unusual but harmless', () => {
  it.for([
    ['iText', '%iText-7.2.5\n'],
    ['two programs', '%PDF-XChange\r\n%ExifTool 12\n'],
    ['an empty comment', '%\n'],
  ] as const)('a comment before startxref, as by %s', async ([, comment]) => {
    const text = Buffer.from(makePdf()).toString('latin1');
    const { bytes } = await sealAsAgency(await sign(bytesOf(text.replace('startxref', `${comment}startxref`))));
    const report = verify(bytes);
    expect(report).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
    expect(report.findings).toEqual([]);
  });

  it('a comment in the signed revision itself', async () => {
    const document = openPdf(await sign(makePdf()));
    const update = append(document, { rows: '', trailer: usual(document) });
    const text = Buffer.from(update).toString('latin1');
    const at = text.lastIndexOf('startxref');
    const bytes = bytesOf(`${text.slice(0, at)}%iText-Core-8.0.3\n${text.slice(at)}`);
    expect(openPdf(bytes).revisions).toHaveLength(3);
    expect(verify(bytes).integrity).toBe('VALID');
  });

  it('an end mark is no comment: what follows it is no part of the revision', async () => {
    const text = Buffer.from(await sign(makePdf())).toString('latin1');
    const at = text.lastIndexOf('startxref');
    expect(verify(bytesOf(`${text.slice(0, at)}%%EOF\n${text.slice(at)}`)).integrity).not.toBe('VALID');
  });

  it.for(['\n', '\r', '\r\n'])('startxref that points to the line end %j before the table', async (lineEnd) => {
    const text = Buffer.from(makePdf()).toString('latin1');
    const at = text.lastIndexOf('xref\n0 ');
    const moved = `${text.slice(0, at)}${lineEnd}${text.slice(at)}`;
    const report = verify(await sign(bytesOf(moved)));
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('VALID');
  });

  it('startxref that points to more than a line end', () => {
    const text = Buffer.from(makePdf()).toString('latin1');
    const at = text.lastIndexOf('xref\n0 ');
    const moved = bytesOf(`${text.slice(0, at)}\n\n   \n${text.slice(at)}`);
    const signed = signForeign(moved, 'ETSI.CAdES.detached', opensslCms('person', '-cades'));
    expectUnusual(verify(signed), 'XREF_OFFSET');
  });

  it('classic, scanned and hybrid files stay green', async () => {
    for (const bytes of [letter(), scan(), makePdf({ hybrid: true })]) {
      expect(verify((await sealAsAgency(await sign(bytes))).bytes)).toMatchObject({ verdict: 'VALID', findings: [] });
    }
  });

  it('a /Size far beyond the objects: signing numbers on after the last one, where every reader follows', async () => {
    const huge = bytesOf(
      Buffer.from(makePdf())
        .toString('latin1')
        .replace(/\/Size \d+/, '/Size 99999999'),
    );
    const { bytes } = await sealAsAgency(await sign(huge));
    expect(Math.max(...openPdf(bytes).entries.keys())).toBeLessThan(100);
    expect(verify(bytes)).toMatchObject({ verdict: 'VALID', findings: [] });
  });

  it('an update by a cross-reference stream stays green', async () => {
    const stream = new IncrementalUpdate(openPdf(await sign(streamed())));
    stream.add(dict({ Type: name('Nothing') }));
    expect(verify(new Uint8Array(stream.finish().bytes))).toMatchObject({ verdict: 'VALID', findings: [] });
  });
});

/** The small file with its table as a stream. */
function streamed(): Uint8Array {
  const text = Buffer.from(makePdf()).toString('latin1');
  const body = text.slice(0, text.lastIndexOf('xref\n0 '));
  const offsets = new Map([...body.matchAll(/(?<=\n)(\d+) 0 obj/g)].map((match) => [Number(match[1]), match.index]));
  offsets.set(6, body.length);
  const rows = Buffer.alloc(7 * 7);
  for (const [num, offset] of offsets) {
    rows.writeUInt8(1, num * 7);
    rows.writeUInt32BE(offset, num * 7 + 1);
  }
  const head = '<</Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length 49>>';
  const stream = `6 0 obj\n${head}\nstream\n${rows.toString('latin1')}\nendstream\nendobj\n`;
  return bytesOf(`${body}${stream}startxref\n${body.length}\n%%EOF\n`);
}
