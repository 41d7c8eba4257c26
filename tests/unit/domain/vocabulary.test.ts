import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentTypeByAbbreviation, documentTypeByName, documentTypes } from '#shared/domain/document-types.ts';
import {
  comparableCode,
  formatDocumentCode,
  formatNumber,
  isNotation,
  parseNotation,
} from '#shared/domain/notation.ts';
import { parseUrgencyStamp, urgencies, urgencyFromRank, urgencyRank } from '#shared/domain/urgency.ts';

describe('document types', () => {
  it('are the 29 of Điều 7, 27 of them with an abbreviation of their own', () => {
    expect(documentTypes).toHaveLength(29);
    const abbreviations = documentTypes.flatMap((type) => (type.abbreviation === null ? [] : [type.abbreviation]));
    expect(new Set(abbreviations).size).toBe(27);
    expect(documentTypes.filter((type) => type.abbreviation === null).map((type) => type.name)).toEqual([
      'Công văn',
      'Thư công',
    ]);
  });

  it('are found by abbreviation, letter case counting, and by name in any case', () => {
    expect(documentTypeByAbbreviation('TTr')?.name).toBe('Tờ trình');
    expect(documentTypeByAbbreviation('CTr')?.name).toBe('Chương trình');
    expect(documentTypeByAbbreviation('CT')?.name).toBe('Chỉ thị');
    expect(documentTypeByAbbreviation('UBND')).toBeNull();
    expect(documentTypeByName('QUYẾT ĐỊNH')?.abbreviation).toBe('QĐ');
    expect(documentTypeByName('giấy uỷ quyền')?.abbreviation).toBe('GUQ');
    expect(documentTypeByName('GIẤY MỜI'.normalize('NFD'))?.abbreviation).toBe('GM');
    expect(documentTypeByName('Bài thơ')).toBeNull();
  });
});

describe('number and notation', () => {
  it('numbers below 10 are written with a leading zero', () => {
    expect([1, 9, 10, 241].map((number) => formatNumber(number))).toEqual(['01', '09', '10', '241']);
    expect(formatDocumentCode(7, 'TB - UBND')).toBe('07/TB-UBND');
    // Số phụ.
    expect(formatDocumentCode(241, 'VPUBND-HCTC', 'a')).toBe('241a/VPUBND-HCTC');
    expect(formatNumber(7, 'b')).toBe('07b');
    for (const wrong of [0, -1, 1.5, Number.NaN, 2 ** 60]) expect(() => formatNumber(wrong)).toThrow(RangeError);
  });

  it('a notation has year, type, agency and unit', () => {
    expect(parseNotation('2016/QĐ-UBND')).toEqual({ year: 2016, typeAbbreviation: 'QĐ', agency: 'UBND', unit: '' });
    expect(parseNotation('VPUBND-HCTC')).toEqual({
      year: null,
      typeAbbreviation: null,
      agency: 'VPUBND',
      unit: 'HCTC',
    });
    expect(parseNotation('TB-UBND')).toEqual({ year: null, typeAbbreviation: 'TB', agency: 'UBND', unit: '' });
    expect(parseNotation('UBND')).toEqual({ year: null, typeAbbreviation: null, agency: 'UBND', unit: '' });
    expect([isNotation('QĐ-UBND'), isNotation('5/2017'), isNotation('UBND-'), isNotation('A B')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('what a number means', () => {
  it.each([
    '7/TB-SNV',
    '07/TB-SNV',
    '007/TB-SNV',
    '07/TB – SNV',
    ' 07 / TB—SNV ',
    '7/tb-snv',
    'Số: 07/TB-SNV',
    'số 7/TB\u2011SNV.',
    '7\u00a0/TB\u2212SNV',
    '7\u2215TB--SNV',
    '７/TB-SNV',
  ])('%j is 7/TB-SNV', (text) => {
    expect(comparableCode(text)).toBe('7/TB-SNV');
  });

  it.each([
    ['7/QĐ-SNV', '7/Q\u00d0-SNV', true],
    ['7/QĐ-SNV', '7/qđ-SNV'.normalize('NFD'), true],
    ['7/HĐ-SNV', '7/HD-SNV', false],
    ['7/TB-SNV', '70/TB-SNV', false],
    ['7/TB-SNV', '7a/TB-SNV', false],
    ['7/TB-SNV', '7/TB-SVN', false],
    ['', '7', false],
  ])('%j and %j: the same %j', (one, other, same) => {
    expect(comparableCode(one) === comparableCode(other)).toBe(same);
  });

  it('is the same however it is spaced, dashed and padded', () => {
    const spaces = fc.constantFrom('', ' ', '  ', '\u00a0', '\u2009');
    const dash = fc.constantFrom('-', '–', '—', '\u2010', '\u2212');
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(3), dash, fc.array(spaces, { minLength: 6, maxLength: 6 }), (n, zeros, d, s) => {
        const written = `${s[0]}${'0'.repeat(zeros)}${n}${s[1]}/${s[2]}QĐ${s[3]}${d}${s[4]}UBND${s[5]}`;
        expect(comparableCode(written)).toBe(`${n}/QĐ-UBND`);
      }),
    );
  });
});

describe('urgency', () => {
  it.each([
    ['KHẨN', 'urgent', null],
    ['THƯỢNG KHẨN', 'very-urgent', null],
    ['HỎA TỐC', 'express', null],
    ['HOẢ TỐC', 'express', null],
    ['HỎA TỐC HẸN GIỜ', 'express-timed', null],
    ['HỎA TỐC HẸN GIỜ 14:00', 'express-timed', '14:00'],
    ['HỎA TỐC, HẸN GIỜ: 8 giờ 30', 'express-timed', '08:30'],
    ['HOẢ TỐC HẸN GIỜ 7h', 'express-timed', '07:00'],
  ])('stamp %s', (text, urgency, hour) => {
    expect(parseUrgencyStamp(text)).toEqual({ urgency, hour });
    expect(parseUrgencyStamp(text.normalize('NFD'))).toEqual({ urgency, hour });
  });

  it.each(['', 'KHẨN TRƯƠNG', 'công văn hỏa tốc', 'HỎA TỐC LỰC', 'HỎA TỐC hẹn giờ họp'])('no stamp: %j', (text) => {
    expect(parseUrgencyStamp(text)).toBeNull();
  });

  it('ranks from normal to express at an hour, as edXML numbers them', () => {
    expect(urgencies.map(urgencyRank)).toEqual([0, 1, 2, 3, 4]);
    expect(urgencyFromRank(3)).toBe('express');
    expect([urgencyFromRank(5), urgencyFromRank(-1)]).toEqual([null, null]);
  });
});
