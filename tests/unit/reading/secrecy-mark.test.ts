import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import type { SecrecyMark } from '#shared/domain/proposal.ts';
import { readSecrecyMark } from '#shared/domain/secrecy-mark.ts';
import { makeTextPdf, type TextLine } from '#tests/support/vietnamese-pdf.ts';

const page: readonly TextLine[] = [
  { text: 'UBND TỈNH ĐẮK LẮK', x: 60, y: 790 },
  { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x: 300, y: 790 },
  { text: 'Độc lập - Tự do - Hạnh phúc', x: 330, y: 774 },
  { text: 'Số: 12/BC-UBND', x: 80, y: 740 },
  { text: 'Đắk Lắk, ngày 05 tháng 3 năm 2026', x: 320, y: 740 },
  { text: 'BÁO CÁO', x: 260, y: 690 },
  { text: 'Kết quả thử nghiệm', x: 240, y: 672 },
];
const markOf = async (...more: TextLine[]) =>
  proposeFields(await readPdfText(makeTextPdf([...page, ...more]))).secrecyMark;
const stamped = async (lines: readonly string[]) =>
  markOf(...lines.map((text, at) => ({ text, x: 90, y: 716 - at * 14 })));

describe('a secrecy mark on the page', () => {
  it.each<[SecrecyMark, string[]]>([
    ['Mật', ['MẬT']],
    ['Mật', ['M Ậ T']],
    ['Mật', ['M  Ậ  T']],
    ['Mật', ['M   Ậ   T']],
    ['Tối mật', ['T Ố I  M Ậ T']],
    ['Tối mật', ['T Ố I M Ậ T']],
    ['Tuyệt mật', ['TUYỆT', 'MẬT']],
    ['Tối mật', ['TỐI', 'MẬT']],
    ['Mật', ['Mật']],
    ['Tuyệt mật', ['Tuyệt mật']],
    ['Mật', ['[MẬT]']],
    ['Tối mật', ['[ TỐI MẬT ]']],
    ['Mật', ['(Mật)']],
    ['Mật', ['MẬT.']],
    ['Mật', ['“MẬT”']],
    ['Mật', ['- MẬT -']],
    ['Mật', ['| MẬT |']],
    ['Mật', ['*** MẬT ***']],
    ['Mật', ['Độ mật: Mật']],
    ['Tối mật', ['Độ mật: TỐI MẬT']],
    ['Tuyệt mật', ['Mức độ mật: Tuyệt mật']],
    ['Mật', ['ĐỘ MẬT: MẬT']],
    ['Mật', ['Độ mật:      Mật']],
    ['Mật', ['MẬT', 'Bản số: 01']],
    ['Mật', ['MẬT - Bản số: 01']],
    ['Mật', ['MẬT - HỎA TỐC']],
    ['Tối mật', ['KHẨN - TỐI MẬT']],
    ['Mật', ['MAÄT']],
    ['Tối mật', ['TOÁI MAÄT']],
    ['Tuyệt mật', ['TUYEÄT MAÄT']],
    ['Mật', ['MËT']],
    ['Mật', ['mËt']],
    ['Tối mật', ['Tèi mËt']],
    ['Tuyệt mật', ['TUYÖT MËT']],
    ['Tuyệt mật', ['tuyÖt mËt']],
    ['Mật', ['M‡T']],
    ['Mật', ['MÂòT']],
    ['Mật', ['MÂT']],
    ['Mật', ['MẬT'.normalize('NFD')]],
  ])('%s: %j', async (mark, lines) => {
    expect(await stamped(lines)).toBe(mark);
  });

  it('is found letters apart, at the right, and above or under another page’s text', async () => {
    for (const spacing of [1, 2, 3, 5, 8]) expect(await markOf({ text: 'MẬT', x: 90, y: 716, spacing })).toBe('Mật');
    for (const spacing of [1, 3, 6])
      expect(await markOf({ text: 'TUYỆT MẬT', x: 90, y: 716, spacing })).toBe('Tuyệt mật');
    expect(await markOf({ text: 'MẬT', x: 480, y: 816 })).toBe('Mật');
    expect(await markOf({ text: 'TỐI MẬT', x: 270, y: 30 })).toBe('Tối mật');
  });

  it.each([
    ['Căn cứ Luật Bảo vệ bí mật nhà nước'],
    ['bảo mật thông tin'],
    ['mật'],
    ['mật.'],
    ['Độ mật: Không'],
    ['Độ mật: Thường'],
    ['Độ mật'],
    ['VỤ BẢO MẬT'],
    ['Mật độ dân số'],
    ['Mật khẩu'],
    ['Mật thư'],
    ['BẢO VỆ BÍ', 'MẬT'],
    ['TRUNG TÂM CÔNG NGHỆ VÀ BẢO', 'MẬT'],
    ['Mật', 'độ'],
    ['MẬT', 'MÃ'],
    ['văn bản mật'],
    ['BỆNH VIỆN MẮT'],
    ['MẮT'],
    ['MẶT'],
    ['MÁT'],
    ['KHẨN'],
  ])('is not seen in %j', async (...lines) => {
    expect(await stamped(lines)).toBeNull();
  });

  it('is not seen where a table lists secret papers, or a letter speaks of them', async () => {
    const row = (y: number, ...cells: string[]): TextLine[] => cells.map((text, at) => ({ text, x: 60 + at * 150, y }));
    expect(
      await markOf(
        ...row(560, 'STT', 'Tên hồ sơ', 'Độ mật'),
        ...row(540, '1', 'Hồ sơ', 'Mật'),
        ...row(520, '2', 'Sổ', 'Tối mật'),
      ),
    ).toBeNull();
    expect(
      await markOf(
        { text: 'gửi qua mạng các văn bản không thuộc danh mục bí', x: 90, y: 600 },
        { text: 'Mật.', x: 60, y: 586 },
      ),
    ).toBeNull();
  });
});

describe('readSecrecyMark', () => {
  const frames = fc.constantFrom(
    ['', ''],
    ['[', ']'],
    ['(', ')'],
    ['« ', ' »'],
    ['- ', ' -'],
    ['* ', ' *'],
    ['', '.'],
    ['', ':'],
  );
  const marks = fc.constantFrom<[string, SecrecyMark]>(
    ['MẬT', 'Mật'],
    ['TỐI MẬT', 'Tối mật'],
    ['TUYỆT MẬT', 'Tuyệt mật'],
    ['MAÄT', 'Mật'],
    ['TOÁI MAÄT', 'Tối mật'],
    ['TUYEÄT MAÄT', 'Tuyệt mật'],
    ['MËT', 'Mật'],
    ['TUYÖT MËT', 'Tuyệt mật'],
  );

  it('knows a mark in any frame, spacing and form of Unicode', () => {
    fc.assert(
      fc.property(
        marks,
        frames,
        fc.nat(3),
        fc.constantFrom('NFC', 'NFD'),
        ([text, mark], [open, close], apart, form) => {
          const spaced = Array.from(text).join(' '.repeat(apart));
          expect(readSecrecyMark(`${open}${spaced}${close}`.normalize(form))?.mark).toBe(mark);
        },
      ),
    );
  });

  it('knows none in a text that has any other word', () => {
    const word = fc.constantFrom(
      'bảo',
      'bí',
      'nhà nước',
      'Luật',
      'THÔNG TIN',
      'về',
      'VĂN BẢN',
      'mã',
      'khẩu',
      'A',
      '12',
    );
    fc.assert(
      fc.property(marks, word, fc.boolean(), ([text], other, before) => {
        expect(readSecrecyMark(before ? `${other} ${text}` : `${text} ${other}`)).toBeNull();
      }),
    );
  });
});
