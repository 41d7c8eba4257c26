import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPaginator, heightOf, type PageRoom } from '#office-files/print/paginate.ts';
import { wrapText } from '#office-files/print/wrap-text.ts';

const room: PageRoom = { height: 100, line: 10, padding: 5, end: 30 };

describe('rows on pages', () => {
  it('loses no line, fills no page over, and cuts only a row that no page holds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 }), (sizes) => {
        const paginator = createPaginator(room, sizes.length);
        const rows = sizes.map((size, row) => [Array.from({ length: size }, (_, line) => `${row}.${line}`), ['a']]);
        for (const [at, cells] of rows.entries()) paginator.add(at, cells);
        const pages = paginator.end();
        for (const [at, page] of pages.entries()) {
          const taken = page.reduce((sum, { cells }) => sum + heightOf(cells, room), 0);
          expect(taken).toBeLessThanOrEqual(room.height - (at === pages.length - 1 && page.length > 0 ? room.end : 0));
          if (pages.length > 1) expect(page.length).toBeGreaterThan(0);
        }
        const placed = pages.flat();
        expect(placed.flatMap(({ cells }) => cells[0] ?? [])).toEqual(rows.flatMap(([lines]) => lines ?? []));
        for (const [row, cells] of rows.entries()) {
          const parts = placed.filter((one) => one.row === row);
          expect(parts.map(({ continued }) => continued)).toEqual(parts.map((_, at) => at > 0));
          const fits = heightOf(cells, room) + (row === rows.length - 1 ? room.end : 0) <= room.height;
          if (fits) expect(parts).toHaveLength(1);
        }
      }),
    );
  });

  it('has a page where there are no rows', () => {
    expect(createPaginator(room, 0).end()).toEqual([[]]);
  });
});

describe('text in lines', () => {
  const one = (): number => 1;

  it('loses no letter and keeps to the width, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 12 }), (text, width) => {
        const lines = wrapText(text, width, one);
        for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(width);
        const letters = (value: string): string =>
          value.replaceAll(/[\s\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]/gu, '');
        expect(letters(lines.join(''))).toBe(letters(text.normalize('NFC')));
      }),
    );
  });

  it('breaks between words, then behind what joins a notation, then anywhere', () => {
    expect(wrapText('Sở Nội vụ', 6, one)).toEqual(['Sở Nội', 'vụ']);
    expect(wrapText('1520/VPUBND-NNMT', 12, one)).toEqual(['1520/VPUBND-', 'NNMT']);
    expect(wrapText('ngày 26/11/2026', 10, one)).toEqual(['ngày', '26/11/2026']);
    expect(wrapText('abcdefgh', 3, one)).toEqual(['abc', 'def', 'gh']);
  });
});
