import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '#tests/support/seed-properties.ts';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { findReferences } from '#core/reading/references.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { comparableCode } from '#shared/domain/notation.ts';

/** kind, number as it means, day; of each document that a text names. */
function read(text: string) {
  return findReferences(text).map(({ kind, codeText, date }) => [kind, comparableCode(codeText), date]);
}

describe('documents named in a text', () => {
  it('letter 241 names four', async () => {
    const pdf = await readFile(join(import.meta.dirname, '../../../resources/demo/letters/cong-van-241.pdf'));
    const { references } = proposeFields(await readPdfText(pdf));
    expect(references.map(({ kind, codeText, date }) => [kind, codeText, date])).toEqual([
      ['refers-to', '62/VPUBND-HCTC', '2017-02-13'],
      ['refers-to', '173/VPUBND-TTCB', null],
      ['refers-to', '38/2016/QĐ-UBND', '2016-11-29'],
      ['refers-to', '84/TB-UBND', '2017-05-11'],
    ]);
    expect(references[0]?.agencyName).toBe('Văn phòng UBND tỉnh');
  });

  it.each([
    ['Phúc đáp công văn số 62/VPUBND-HCTC ngày 13/02/2017 của Văn phòng UBND tỉnh', 'answers'],
    ['V/v trả lời Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'answers'],
    ['Sở Y tế trả lời đề nghị của Văn phòng UBND tỉnh tại Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'answers'],
    ['Phúc đáp đề nghị của Sở Văn hóa, Thể thao và Du lịch tại văn bản số 62/VPUBND-HCTC ngày 13/02/2017', 'answers'],
    ['Văn bản này thay thế Công văn số 62/VPUBND-HCTC ngày 13/02/2017.', 'replaces'],
    ['có hiệu lực kể từ ngày ký và thay thế cho các Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'replaces'],
    ['Huỷ bỏ toàn bộ nội dung Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'repeals'],
    ['Hủy bỏ Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'repeals'],
    ['V/v đính chính Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'corrects'],
    ['Sửa đổi, bổ sung khoản 1 Điều 2 của Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'corrects'],
    ['VỀ VIỆC THU HỒI CÔNG VĂN SỐ 62/VPUBND-HCTC NGÀY 13/02/2017', 'recalls'],
    ['Thực hiện Công văn số 1/A-B ngày 1/1/2017, Sở Y thu hồi Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'recalls'],
    ['Căn cứ Công văn số 62/VPUBND-HCTC ngày 13/02/2017;', 'refers-to'],
    ['Căn cứ Công văn sửa đổi Công văn số 62/VPUBND-HCTC ngày 13/02/2017;', 'refers-to'],
    ['đề nghị trả lời trước ngày 20/2/2017 theo Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'refers-to'],
    ['thu hồi đất theo Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'refers-to'],
    ['đã được thay thế bằng Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'refers-to'],
    ['Quyết định số 1/QĐ-A về việc thay thế Công văn số 62/VPUBND-HCTC ngày 13/02/2017', 'refers-to'],
  ])('%s', (text, kind) => {
    expect(read(text)).toContainEqual([kind, '62/VPUBND-HCTC', '2017-02-13']);
  });

  it.each([
    'Công văn số 62/VPUBND-\nHCTC ngày\n13/02/\n2017',
    'Công văn số\n62/VPUBND – HCTC, ngày 13 tháng 02 năm 2017',
    'Công văn 062 / VPUBND-HCTC (ngày 13.2.2017)',
    'Công văn số: 62/VPUBND\u2011HCTC ký ngày 13-02-17',
    'công văn số 62 /VPUBND- HCTC ban hành ngày 13/02/2017',
    'văn bản số\u00a062/VPUBND\u2013HCTC ngày 13/02/2017',
    'CV số 62/VPUBND-HCTC ngày13/2/2017',
    'Công văn số 62/VPUBND-HCTC ngày 13/02/2017; nhắc lại tại Công văn số 62/VPUBND-HCTC',
  ])('%j is number 62 of 13/02/2017', (text) => {
    expect(read(text)).toEqual([['refers-to', '62/VPUBND-HCTC', '2017-02-13']]);
  });

  it.each([
    ['Quyết định số 15/QÐ-UBND ngày 1/1/2020', '15/QĐ-UBND'],
    ['Quyết định số 15/QĐ-UBND ngày 1/1/2020'.normalize('NFD'), '15/QĐ-UBND'],
    ['Quyết định số 38/2016/QĐ-UBND ngày 1/1/2020', '38/2016/QĐ-UBND'],
    ['Nghị quyết số 18-NQ/TW ngày 1/1/2020', '18-NQ/TW'],
    ['Luật Tổ chức chính quyền địa phương số 65/2025/QH15 ngày 1/1/2020', '65/2025/QH15'],
    ['Quyết định số 09/2015/QĐ-TTg ngày 1/1/2020', '9/2015/QĐ-TTG'],
    ['Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP ngày 1/1/2020', '403/2017/NQLT-UBTVQH14-CP'],
    ['Nghị quyết số 5/HĐND&UBND ngày 1/1/2020', '5/HĐND&UBND'],
    ['Công văn số 241a/VPUBND-HCTC ngày 1/1/2020', '241A/VPUBND-HCTC'],
  ])('%s', (text, code) => {
    expect(read(text)).toEqual([['refers-to', code, '2020-01-01']]);
  });

  it('several in a list share the verb', () => {
    const text =
      'Phúc đáp các Công văn số 62/VPUBND-HCTC ngày 13/02/2017, số 173/VPUBND-TTCB ngày 20/3/2017 và Công văn số 201/VPUBND-TTCB';
    expect(read(text)).toEqual([
      ['answers', '62/VPUBND-HCTC', '2017-02-13'],
      ['answers', '173/VPUBND-TTCB', '2017-03-20'],
      ['answers', '201/VPUBND-TTCB', null],
    ]);
  });

  it.each([
    'tỷ lệ 24/24, ngày 13/02/2017, lúc 8 giờ 30/TB',
    'trú tại số 25/A2 đường Lê Duẩn',
    'Số:      /VPUBND-HCTC',
    'đạt 5/UBND',
    'Công văn số 62',
    'giai đoạn 2016-2020/Kế hoạch',
  ])('%s names none', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('a date that does not exist is none, and words after a dash are no notation', () => {
    expect(read('Công văn số 62/VPUBND - Văn phòng ngày 31/02/2017')).toEqual([['refers-to', '62/VPUBND', null]]);
  });

  it('the letter itself is no reference', () => {
    const own = comparableCode('062/VPUBND-HCTC');
    expect(
      findReferences('Số: 62/VPUBND-HCTC. Theo Công văn số 5/SNV-VP', own).map(({ codeText }) => codeText),
    ).toEqual(['5/SNV-VP']);
  });
});

describe('whatever the spelling', () => {
  const unit = fc.constantFrom('UBND', 'VPUBND', 'SNV', 'BNV', 'HĐND', 'HCTC', 'TTCB', 'TTg', 'QLĐT');
  const space = fc.constantFrom('', ' ', '\n', '\u00a0', '  ');
  const anyDash = fc.constantFrom('-', '–', '—', '\u2011', '\u2212');
  const anyD = fc.constantFrom('Đ', '\u00d0', '\u0189');
  const anyDay = fc.record({
    year: fc.integer({ min: 1990, max: 2026 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    style: fc.constantFrom('/', '-', '.', 'words'),
    padded: fc.boolean(),
  });
  const document = fc.record({
    number: fc.integer({ min: 1, max: 9999 }),
    zeros: fc.constantFrom('', '0', '00'),
    type: fc.constantFrom(['Công văn', null], ['Quyết định', 'QĐ'], ['Thông báo', 'TB'], ['văn bản', null]),
    units: fc.uniqueArray(unit, { minLength: 1, maxLength: 3 }),
    day: anyDay,
    spaces: fc.tuple(space, space, space, space),
    dash: anyDash,
    dStroke: anyD,
    lineAfter: fc.constantFrom(' ', '\n', '  '),
  });
  type Written = typeof document extends fc.Arbitrary<infer T> ? T : never;

  function write({ number, zeros, type, units, day, spaces, dash, dStroke, lineAfter }: Written) {
    const [name, abbreviation] = type;
    const parts = [...(abbreviation == null ? [] : [abbreviation]), ...units];
    const notation = parts.join(`${spaces[2]}${dash}${spaces[3]}`).replaceAll('Đ', dStroke);
    const two = (n: number) => (day.padded ? String(n).padStart(2, '0') : String(n));
    const date =
      day.style === 'words'
        ? `${two(day.day)} tháng ${two(day.month)} năm ${day.year}`
        : [two(day.day), two(day.month), day.year].join(day.style);
    return {
      text: `${name} số${lineAfter}${zeros}${number}${spaces[0]}/${spaces[1]}${notation}${lineAfter}ngày ${date}`,
      key: comparableCode(`${number}/${parts.join('-')}`),
      date: `${day.year}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`,
    };
  }

  it('each document of a list is found once, with its day', () => {
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(', ', ' và ', '; ', ',\n'),
        fc.constantFrom('Phúc đáp ', 'Căn cứ ', 'Thay thế '),
        (documents, joint, verb) => {
          const written = documents.map(write);
          const expected = new Map(written.map(({ key, date }) => [`${key}|${date}`, true]));
          const found = read(`${verb}${written.map(({ text }) => text).join(joint)} của UBND tỉnh.`);
          expect(new Set(found.map(([, key, date]) => `${key}|${date}`))).toEqual(new Set(expected.keys()));
          expect(found).toHaveLength(expected.size);
          const kind = { 'Phúc đáp ': 'answers', 'Căn cứ ': 'refers-to', 'Thay thế ': 'replaces' }[verb];
          expect(new Set(found.map(([each]) => each))).toEqual(new Set([kind]));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('any text at all is read, no reference is made up, and no more than sixty are kept', () => {
    const scrap = fc.constantFrom(
      'Công văn',
      'số',
      '62',
      '/',
      '-',
      'UBND',
      'ngày',
      '13/02/2017',
      'của',
      'thay thế',
      'phúc đáp',
      ',',
      ';',
      '.',
      'và',
      '(',
      ')',
      '\n',
      'Đ',
      'a',
      '0',
      '\u0301',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(scrap, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 80 }),
        (parts) => {
          const text = parts.join(' ');
          const found = findReferences(text);
          expect(found.length).toBeLessThanOrEqual(60);
          const tight = comparableCode(text);
          for (const { codeText, date } of found) {
            const [number = '', ...rest] = codeText.split(/[/-]/u);
            expect(tight).toContain(number.toLocaleUpperCase('vi'));
            expect(rest.length).toBeGreaterThan(0);
            if (date !== null) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(
      findReferences(Array.from({ length: 500 }, (_, at) => `Công văn số ${at + 1}/UBND`).join(', ')),
    ).toHaveLength(60);
  });
});
