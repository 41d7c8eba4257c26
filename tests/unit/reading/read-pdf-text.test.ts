import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { degrees, PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import type { PdfText } from '#core/ports/pdf-text.ts';
import { textOfPdf } from '#core/reading/text-of-pdf.ts';
import { PdfError } from '#pdf/pdf-error.ts';
import type { Glyph } from '#pdf/text/glyphs.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { joinWords } from '#pdf/text/words.ts';

const letter = join(import.meta.dirname, '../../../resources/demo/letters/cong-van-241.pdf');
const locked = join(import.meta.dirname, '../../fixtures/letters/bad/password.pdf');

async function codeOf(reading: Promise<PdfText>): Promise<string> {
  const error: unknown = await reading.then(
    () => new Error('was read'),
    (reason: unknown) => reason,
  );
  return error instanceof PdfError ? error.code : String(error);
}

function words(text: PdfText, page = 0): string {
  return (text.pages[page]?.items ?? []).map((item) => item.text).join(' ');
}

describe('readPdfText: what a file is refused for', () => {
  it('not a PDF, empty, encrypted, broken', async () => {
    const bytes = await readFile(letter);
    const encoder = new TextEncoder();
    expect(await codeOf(readPdfText(new Uint8Array()))).toBe('PDF_EMPTY');
    expect(await codeOf(readPdfText(encoder.encode('PK\u0003\u0004 a Word file')))).toBe('PDF_NOT_PDF');
    expect(await codeOf(readPdfText(await readFile(locked)))).toBe('PDF_ENCRYPTED');
    expect(await codeOf(readPdfText(encoder.encode('%PDF-1.7\nnothing else')))).toBe('PDF_BROKEN');
    expect(await codeOf(readPdfText(bytes.subarray(0, 3000)))).toBe('PDF_BROKEN');
  });

  it('a damaged file is read or refused with PDF_BROKEN, never anything else', async () => {
    const bytes = await readFile(letter);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = new Uint8Array(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        const code = await codeOf(readPdfText(damaged, { maxPages: 1 }));
        expect(['Error: was read', 'PDF_BROKEN', 'PDF_NOT_PDF', 'PDF_ENCRYPTED']).toContain(code);
      }),
      { numRuns: 15 },
    );
  });
});

describe('readPdfText: places', () => {
  it('leaves the bytes alone and joins words that are drawn in pieces of two fonts', async () => {
    const bytes = new Uint8Array(await readFile(letter));
    const copy = bytes.slice();
    const text = await readPdfText(bytes);
    expect(bytes).toEqual(copy);
    const plain = textOfPdf(text);
    expect(plain).toContain('thống nhất. Chủ trì phối hợp với Văn phòng');
    expect(plain).toContain('nhà nước, giảm thời gian luân');
    expect(plain).toContain('Thực hiện chủ trương cải cách hành chính, từng bước nâng cao hiệu quả giải');
    expect(plain).toBe(plain.normalize('NFC'));
  });

  it('gives points from the lower left of the visible page: crop box, turned page, nested form', async () => {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.TimesRomanBold);
    const draw = { x: 100, y: 700, size: 14, font };
    const plain = document.addPage([595, 842]);
    plain.drawText('CHANH VAN PHONG', draw);
    plain.drawText('ACROSS', { ...draw, y: 400, rotate: degrees(45) });
    const cropped = document.addPage([595, 842]);
    cropped.setCropBox(50, 100, 400, 700);
    cropped.drawText('CROPPED', draw);
    const turned = document.addPage([842, 595]);
    turned.setRotation(degrees(90));
    turned.drawText('TURNED', { x: 742, y: 100, size: 14, font, rotate: degrees(90) });
    const inner = await PDFDocument.create();
    inner
      .addPage([200, 200])
      .drawText('INNER', { x: 10, y: 20, size: 10, font: await inner.embedFont(StandardFonts.Helvetica) });
    const [embedded] = await document.embedPdf(await inner.save());
    if (embedded) document.addPage([595, 842]).drawPage(embedded, { x: 300, y: 300, xScale: 2, yScale: 2 });

    const text = await readPdfText(await document.save());
    const place = (page: number): unknown => {
      const item = text.pages[page]?.items[0];
      return item && [item.text, Math.round(item.x), Math.round(item.y), Math.round(item.fontSize)];
    };
    expect(text.pages.map(({ width, height }) => [width, height])).toEqual([
      [595, 842],
      [400, 700],
      [595, 842],
      [595, 842],
    ]);
    expect(words(text)).toBe('CHANH VAN PHONG');
    expect(text.pages[0]?.items.map((item) => item.bold)).toEqual([true, true, true]);
    expect([0, 1, 2, 3].map(place)).toEqual([
      ['CHANH', 100, 700, 14],
      ['CROPPED', 50, 600, 14],
      ['TURNED', 100, 100, 14],
      ['INNER', 320, 340, 20],
    ]);
    expect(text.pages[3]?.items[0]?.bold).toBe(false);
  });

  it('reads the first and the last pages of a long document', async () => {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.Helvetica);
    for (let page = 0; page < 12; page += 1)
      document.addPage().drawText(`page${page}`, { x: 50, y: 500, size: 12, font });
    const text = await readPdfText(await document.save(), { maxPages: 7 });
    expect(text.pageCount).toBe(12);
    expect(text.pages.map((page) => [page.page, page.items[0]?.text])).toEqual(
      [0, 1, 2, 8, 9, 10, 11].map((page) => [page, `page${page}`]),
    );
  });
});

describe('joinWords', () => {
  const glyph = (text: string, x: number, width = 7, y = 100): Glyph => ({
    text,
    x,
    y,
    width,
    fontSize: 14,
    bold: false,
    italic: false,
  });
  const texts = (glyphs: readonly Glyph[]): string[] => joinWords(glyphs).map((word) => word.text);

  it('pieces are put in their places, in whatever order they are drawn', () => {
    const pieces = [glyph('n', 10), glyph('c', 31), glyph(' ', 38, 3.5), glyph('g', 41.5), glyph('ướ', 17, 14)];
    expect(texts(pieces)).toEqual(['nước', 'g']);
    expect(texts(pieces.toReversed())).toEqual(['nước', 'g']);
  });

  it('a space hidden under a letter is none; a gap without a space is one', () => {
    expect(texts([glyph('a', 10), glyph(' ', 17, 7), glyph('b', 17)])).toEqual(['ab']);
    expect(texts([glyph('a', 10), glyph('b', 21)])).toEqual(['a', 'b']);
  });

  it('accents drawn by themselves join their letter, and letters drawn twice count once', () => {
    expect(texts([glyph('a', 10), glyph('\u0302', 17, 0), glyph('\u0301', 17, 0), glyph('y', 17)])).toEqual(['ấy']);
    expect(texts([glyph('A', 10), glyph('A', 10.3), glyph('B', 17), glyph('B', 17.3)])).toEqual(['AB']);
  });
});
