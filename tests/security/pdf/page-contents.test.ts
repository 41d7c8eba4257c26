import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { bombPdfs } from '#tests/support/bomb-pdfs.ts';
import { makePdf } from '#tests/support/make-pdf.ts';

const tooComplex = expect.objectContaining({ code: 'PDF_TOO_COMPLEX', params: { limit: 'content' } });

it.each(['a page of two hundred megabytes', 'a string without end'])(
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
