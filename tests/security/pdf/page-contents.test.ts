import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { bombPdfs } from '#tests/support/bomb-pdfs.ts';
import { makePdf } from '#tests/support/make-pdf.ts';

const tooComplex = expect.objectContaining({ code: 'PDF_TOO_COMPLEX', params: { limit: 'content' } });

it.each(['a page of two hundred megabytes', 'a string without end', 'forms within forms'])(
  '%s is refused before it is drawn',
  async (name) => {
    await expect(readPdfText(bombPdfs[name]?.() ?? new Uint8Array(0))).rejects.toEqual(tooComplex);
  },
);

/** A page whose contents are one stream, named so often. */
function repeated(times: number, size: number): Uint8Array {
  const part = deflateSync(Buffer.alloc(size, 'BT ET ')).toString('latin1');
  const stream = `<</Length ${part.length} /Filter /FlateDecode>>\nstream\n${part}\nendstream`;
  const text = Buffer.from(makePdf({ extra: [stream] })).toString('latin1');
  const named = text.replace('/Contents 4 0 R', `/Contents [4 0 R ${'10 0 R '.repeat(times)}]`);
  // Objects behind the page moved; the number after startxref and the table are made anew.
  const grown = named.length - text.length;
  const page = named.indexOf('3 0 obj');
  const moved = named.replace(/(\d{10}) 00000 n/g, (row, at: string) =>
    Number(at) > page ? row.replace(at, String(Number(at) + grown).padStart(10, '0')) : row,
  );
  const end = moved.replace(/startxref\n(\d+)/, (_, at: string) => `startxref\n${Number(at) + grown}`);
  return new Uint8Array(Buffer.from(end, 'latin1'));
}

it('one stream that a page is drawn by again and again counts each time', async () => {
  expect((await readPdfText(repeated(2, 100_000))).pages[0]?.items.map(({ text }) => text)).toEqual(['So:', '12']);
  await expect(readPdfText(repeated(300, 100_000))).rejects.toEqual(tooComplex);
});

/** A page that draws a form so often, which says "Số" once; the form draws itself as well when it is `circular`. */
function withForm(times: number, circular = false): Uint8Array {
  const content = `BT /F1 1 Tf (a) Tj ET ${' '.repeat(50_000)}${circular ? '/X Do' : ''}`;
  const form = `<</Type /XObject /Subtype /Form /BBox [0 0 1 1] /Length ${content.length}>>\nstream\n${content}\nendstream`;
  const drawn = '/X Do '.repeat(times);
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Kids [3 0 R] /Count 1 /Resources <</Font <</F1 6 0 R>> /XObject <</X 5 0 R>>>>>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>',
    `<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream`,
    form,
    '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>',
  ];
  let text = '%PDF-1.7\n';
  let rows = '0000000000 65535 f \n';
  objects.forEach((body, at) => {
    rows += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${at + 1} 0 obj\n${body}\nendobj\n`;
  });
  return Buffer.from(`${text}xref\n0 7\n${rows}trailer\n<</Size 7 /Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`);
}

it('a form counts as often as it is drawn, with the resources that it inherits, and one that draws itself once', async () => {
  expect((await readPdfText(withForm(3))).pageCount).toBe(1);
  expect((await readPdfText(withForm(3, true))).pageCount).toBe(1);
  await expect(readPdfText(withForm(600))).rejects.toEqual(tooComplex);
});
