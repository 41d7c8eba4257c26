import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { bookForm } from '#core/books/book-form.ts';
import type { BookEntry } from '#shared/contract/books.ts';
import { bookColumnsOf } from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { givenEntry, pdfReader, printer } from '#tests/support/print.ts';

const reader = pdfReader();
afterAll(() => rm(reader.folder, { recursive: true, force: true }));

const look = { cover: true, pageSums: true, runningSums: true, signatures: true, volume: '03' };
const book = {
  name: 'Văn bản đi',
  isCommon: true,
  year: 2026,
  office: { parentAgency: 'Ủy ban nhân dân tỉnh Đắk Lắk', agency: 'Văn phòng UBND tỉnh Đắk Lắk' },
  look,
  madeAt: new Date('2026-11-28T03:00:00Z'),
};
const formOf = (direction: Direction, entries: readonly BookEntry[]) => bookForm({ ...book, direction }, entries);
const numbered = (count: number): readonly BookEntry[] =>
  Array.from({ length: count }, (_, at) => ({ ...givenEntry, number: at + 1, codeText: `${at + 1}/VPUBND-NNMT` }));
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Millimetres of the page: binding margin of 25, 262 of table. */
const MM = 72 / 25.4;

describe('a printed register', () => {
  it.each(['incoming', 'outgoing'] as const)(
    'has the columns of Phụ lục IV with their numbers: %s',
    async (direction) => {
      const form = { ...formOf(direction, []), sums: null, signatures: [] };
      const { bytes } = await printer.form(form);
      let x = 25;
      const found = form.columns.map(({ width }) => {
        const heading = reader.crop(bytes, 2, { x: x * MM, y: 52, width: width * MM, height: 67 });
        x += width;
        return heading;
      });
      expect(Math.round(x)).toBe(287);
      const titles = bookColumnsOf(direction).map(({ title, number }) => `${title} (${number})`);
      expect(found).toEqual(titles);
      expect(found).toHaveLength(10);
    },
  );

  it('is whole, in embedded fonts, on A4 landscape, and the same bytes for the same rows', async () => {
    const form = formOf('outgoing', numbered(30));
    const { bytes, pages } = await printer.form(form);
    expect(reader.check(bytes)).toContain('No syntax or stream encoding errors');
    expect(reader.fonts(bytes)).toHaveLength(3);
    for (const font of reader.fonts(bytes)) expect(font).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
    expect(reader.facts(bytes)).toMatch(new RegExp(`Pages:\\s+${pages}\\b`));
    expect(reader.facts(bytes)).toMatch(/Page size:\s+841\.89 x 595\.276 pts \(A4\)/);
    expect((await printer.form(form)).bytes).toEqual(bytes);
  });

  it('has a cover, its heading and number on every page, and places to sign on the last alone', async () => {
    const { bytes, pages } = await printer.form(formOf('outgoing', numbered(40)));
    const [cover = '', ...others] = reader.pages(bytes);
    expect(flat(cover)).toBe(
      'ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK VĂN PHÒNG UBND TỈNH ĐẮK LẮK SỔ ĐĂNG KÝ VĂN BẢN ĐI Năm: 2026 ' +
        'Từ ngày 20/05/2026 đến ngày 20/05/2026 Từ số 01 đến số 40 Quyển số: 03',
    );
    expect(others).toHaveLength(pages - 1);
    for (const [at, text] of others.entries()) {
      expect(text).toContain('SỔ ĐĂNG KÝ VĂN BẢN ĐI');
      expect(text).toContain('(10)');
      expect(text).toContain(`Trang ${at + 1}/${others.length}`);
      expect(text.includes('VĂN THƯ')).toBe(at === others.length - 1);
    }
    for (let number = 1; number <= 40; number += 1) {
      expect(others.filter((text) => new RegExp(`^ *${number}/VPUBND`, 'm').test(text))).toHaveLength(1);
    }
  });

  it('keeps the row of a cancelled and of a dropped number, with day, person and reason', async () => {
    const ended = { at: '2026-05-25T02:00:00Z', by: 'H’Linh Mlô' };
    const form = formOf('outgoing', [
      { ...givenEntry, cancelled: true, reason: 'sai thể thức', ended, copies: null },
      {
        ...givenEntry,
        number: 8,
        state: 'void',
        reason: 'không ban hành',
        ended,
        documentId: null,
        codeText: '',
        fields: {},
        copies: null,
      },
    ]);
    const text = flat(
      reader.crop((await printer.form(form)).bytes, 2, { x: 259 * MM, y: 118, width: 28 * MM, height: 150 }),
    );
    expect(text).toBe('Hủy số 25/05/2026 · H’Linh Mlô: sai thể thức Bỏ số 25/05/2026 · H’Linh Mlô: không ban hành');
    expect(form.rows.map(({ struck }) => struck)).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
    ]);
  });

  it('goes on over pages with a subject that is longer than one, and breaks a word that is longer than its column', async () => {
    const words = Array.from({ length: 1_500 }, (_, at) => `từ${at}`);
    const fields = { ...givenEntry.fields, abstract: words.join(' '), signerName: 'Ngườikýtêndàikhôngdấucáchnàocả' };
    const { bytes } = await printer.form(
      formOf('outgoing', [
        { ...givenEntry, fields },
        { ...givenEntry, number: 8 },
      ]),
    );
    const pages = reader.pages(bytes).slice(1);
    expect(pages.length).toBeGreaterThan(3);
    const read = new Set(flat(pages.join(' ')).split(' '));
    expect(words.filter((word) => !read.has(word))).toEqual([]);
    for (const text of pages.slice(1).filter((each) => /từ\d/.test(each))) expect(text).toContain('(tiếp)');
    expect(flat(pages.at(-1) ?? '')).toContain('Cộng dồn từ số 07: 2 số, 2 phát hành');
    const signer = reader.crop(bytes, 2, { x: 133 * MM, y: 118, width: 23 * MM, height: 60 });
    expect(signer.replaceAll(' ', '')).toBe('Ngườikýtêndàikhôngdấucáchnàocả');
  });

  it('adds up on every page, for any rows', async () => {
    const entry = fc.record({
      words: fc.integer({ min: 1, max: 120 }),
      copies: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: null }),
      fate: fc.constantFrom('given', 'cancelled', 'void'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 60 }), async (made) => {
        const entries = made.map(({ words, copies, fate }, at): BookEntry => ({
          ...givenEntry,
          number: at + 1,
          state: fate === 'void' ? 'void' : 'given',
          cancelled: fate === 'cancelled',
          copies: fate === 'given' ? copies : null,
          fields: { ...givenEntry.fields, abstract: 'lời '.repeat(words) },
        }));
        const pages = reader
          .pages((await printer.form(formOf('outgoing', entries))).bytes)
          .slice(1)
          .map(flat);
        const sums = pages.map((text) => sumsIn(text, 'Cộng trang'));
        const running = pages.map((text) => sumsIn(text, 'Cộng dồn từ số 01'));
        let before = [0, 0];
        for (const [at, [numbers = 0, copies = 0]] of sums.entries()) {
          before = [(before[0] ?? 0) + numbers, (before[1] ?? 0) + copies];
          expect(running[at]).toEqual(before);
        }
        expect(before).toEqual([entries.length, entries.reduce((sum, { copies }) => sum + (copies ?? 0), 0)]);
      }),
      { numRuns: 25 },
    );
  });
});

/** Numbers and copies of a line of sums. */
function sumsIn(page: string, label: string): readonly number[] {
  const line = new RegExp(`${label}: ([\\d.]+) số(?:, [\\d.]+ (?:phát hành|hủy|bỏ))* ([\\d.]+)`).exec(page);
  return [line?.[1], line?.[2]].map((text) => Number((text ?? 'x').replaceAll('.', '')));
}
