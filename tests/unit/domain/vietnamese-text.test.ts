import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { properCase, sentenceCase } from '#shared/domain/vietnamese-case.ts';
import { detectLegacyEncoding } from '#shared/domain/vietnamese-legacy.ts';
import { cleanLine, foldVietnamese, isUpperCase, normalizeText, titleCase } from '#shared/domain/vietnamese-text.ts';

describe('normalizeText, cleanLine', () => {
  it('composes accents and drops what cannot be seen', () => {
    expect(normalizeText('Đắk'.normalize('NFD'))).toBe('Đắk');
    expect(normalizeText('\u00d0ắk Lắk, gia \u00f0ình, Q\u0189, \u0256, D\u0335, d\u0336')).toBe(
      'Đắk Lắk, gia đình, QĐ, đ, Đ, đ',
    );
    expect(cleanLine('  Đắk\u00A0\u200BLắk \n tỉnh ')).toBe('Đắk Lắk tỉnh');
  });
});

describe('foldVietnamese', () => {
  it.each([
    ['Đắk Lắk', 'dak lak'],
    ['ƯỚC LƯỢNG', 'uoc luong'],
    ['Nghị quyết số 07/NQ-HĐND', 'nghi quyet so 07/nq-hdnd'],
    ['Y Bhiông Ayŭn', 'y bhiong ayun'],
    ['\u00d0ắk L\u1eafk, Ban Chỉ \u00f0ạo, \u0189ỗ, D\u0335ỗ', 'dak lak, ban chi dao, do, do'],
  ])('%s → %s', (text, folded) => {
    expect(foldVietnamese(text)).toBe(folded);
    expect(foldVietnamese(text.normalize('NFD'))).toBe(folded);
  });

  it('folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(foldVietnamese(foldVietnamese(text))).toBe(foldVietnamese(text));
      }),
    );
  });
});

it('isUpperCase needs letters, all of them capitals', () => {
  expect([isUpperCase('ĐẮK LẮK - 2'), isUpperCase('Đắk'), isUpperCase('123')]).toEqual([true, false, false]);
});

it('titleCase capitalises each syllable', () => {
  expect(titleCase('BÙI HỒNG QUÝ')).toBe('Bùi Hồng Quý');
});

describe('properCase', () => {
  it.each([
    ['UBND TỈNH ĐẮK LẮK', 'UBND tỉnh Đắk Lắk'],
    ['VĂN PHÒNG', 'Văn phòng'],
    ['ỦY BAN NHÂN DÂN HUYỆN KRÔNG BÚK', 'Ủy ban nhân dân huyện Krông Búk'],
    ['UBND THÀNH PHỐ BUÔN MA THUỘT', 'UBND thành phố Buôn Ma Thuột'],
    ['UBND THỊ XÃ BUÔN HỒ', 'UBND thị xã Buôn Hồ'],
    ['SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN', 'Sở Nông nghiệp và Phát triển nông thôn'],
    ['SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI', 'Sở Lao động - Thương binh và Xã hội'],
    ['SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH', 'Sở Văn hóa, Thể thao và Du lịch'],
    ['SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG', 'Sở Tài nguyên và Môi trường'],
    ['PHÒNG TÀI CHÍNH - KẾ HOẠCH', 'Phòng Tài chính - Kế hoạch'],
    ['BỘ NỘI VỤ', 'Bộ Nội vụ'],
    ['VĂN PHÒNG HĐND VÀ UBND', 'Văn phòng HĐND và UBND'],
    ['TỈNH ỦY ĐẮK LẮK', 'Tỉnh ủy Đắk Lắk'],
    ['CHÁNH VĂN PHÒNG', 'Chánh Văn phòng'],
    ['PHÓ CHỦ TỊCH', 'Phó Chủ tịch'],
    ['PHÓ TRƯỞNG PHÒNG', 'Phó Trưởng phòng'],
    ['CÔNG TY ĐIỆN LỰC ĐẮK LẮK', 'Công ty Điện lực Đắk Lắk'],
    ['Sở Nội vụ', 'Sở Nội vụ'],
  ])('%s → %s', (printed, proper) => {
    expect(properCase(printed)).toBe(proper);
  });
});

it('sentenceCase keeps abbreviations and names of territories', () => {
  expect(sentenceCase('KẾT QUẢ CÔNG TÁC CỦA UBND TỈNH ĐẮK LẮK NĂM 2026')).toBe(
    'Kết quả công tác của UBND tỉnh Đắk Lắk năm 2026',
  );
});

describe('detectLegacyEncoding', () => {
  it('tells TCVN3 and VNI text from Unicode and from other languages', () => {
    expect(detectLegacyEncoding('Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc')).toBe('TCVN3');
    expect(detectLegacyEncoding('COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM Ñoäc laäp Töï do Haïnh phuùc')).toBe('VNI');
    expect(detectLegacyEncoding('Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc')).toBeNull();
    expect(detectLegacyEncoding('The quick brown fox jumps over the lazy dog')).toBeNull();
    expect(detectLegacyEncoding('Céng hßa')).toBeNull();
  });
});
