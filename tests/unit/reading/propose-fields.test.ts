import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import type { PdfText, PdfWord } from '#core/ports/pdf-text.ts';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';

/** Lines of words set from the top of an A4 page; `x` is where a line starts. */
function page(lines: readonly { text: string; x: number; y: number; bold?: boolean; size?: number }[]): PdfText {
  const items = lines.flatMap(({ text, x, y, bold = false, size = 14 }) => {
    let at = x;
    return text.split(' ').map((word): PdfWord => {
      const width = word.length * size * 0.5;
      const item = { text: word, x: at, y, width, height: size * 0.7, fontSize: size, bold, italic: false };
      at += width + size * 0.25;
      return item;
    });
  });
  return { pageCount: 1, pages: [{ page: 0, width: 595, height: 842, items }] };
}

const head = [
  { text: 'UBND TỈNH ĐẮK LẮK', x: 90, y: 790 },
  { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x: 290, y: 790, bold: true, size: 12 },
  { text: 'SỞ Y TẾ', x: 115, y: 774, bold: true },
  { text: 'Độc lập - Tự do - Hạnh phúc', x: 330, y: 774, bold: true },
];

describe('stamps', () => {
  it.each([
    [
      [
        { text: 'HỎA TỐC', x: 100, y: 700, bold: true },
        { text: 'HẸN GIỜ 9 giờ 30', x: 95, y: 682, bold: true },
      ],
      'express-timed',
      '09:30',
    ],
    [[{ text: 'THƯỢNG KHẨN', x: 100, y: 700, bold: true }], 'very-urgent', null],
    [[{ text: 'Đây là công văn hỏa tốc', x: 100, y: 700 }], 'normal', null],
  ] as const)('%j', (stamp, urgency, hour) => {
    const proposal = proposeFields(page([...head, { text: 'Số: 12/SYT-NVY', x: 100, y: 740 }, ...stamp]));
    expect([proposal.urgency, proposal.expressHour]).toEqual([urgency, hour]);
  });

  it('a secrecy mark is told, so that the letter can be refused', () => {
    expect(proposeFields(page([...head, { text: 'TỐI MẬT', x: 100, y: 700, bold: true }])).secrecyMark).toBe('Tối mật');
    expect(proposeFields(page(head)).secrecyMark).toBeNull();
  });
});

describe('blanks', () => {
  it('the place of a missing number and date is told, so that they can be printed there', async () => {
    const file = join(import.meta.dirname, '../../fixtures/letters/cong-van-cho-so.pdf');
    const text = await readPdfText(await readFile(file));
    const { numberBlank, dateBlank } = proposeFields(text);
    const items = text.pages[0]?.items ?? [];
    const word = (start: string): PdfWord | undefined => items.find((item) => item.text.startsWith(start));
    const right = (item: PdfWord | undefined): number => (item ? item.x + item.width : Number.NaN);
    const slash = word('/SNV');
    expect(numberBlank?.y).toBe(slash?.y);
    expect(numberBlank && numberBlank.x > right(word('Số:')) && numberBlank.x < right(word('Số:')) + 5).toBe(true);
    expect(numberBlank && slash && Math.abs(numberBlank.x + numberBlank.width - slash.x) < 0.1).toBe(true);
    expect(dateBlank && dateBlank.x > right(word('ngày'))).toBe(true);
    expect(dateBlank && dateBlank.x + dateBlank.width < (word('tháng')?.x ?? 0)).toBe(true);
    const month = dateBlank?.month;
    expect(month && month.x > right(word('tháng')) && month.x + month.width < (word('năm')?.x ?? 0)).toBe(true);
  });

  it('a day left open beside a printed month', async () => {
    const file = join(import.meta.dirname, '../../fixtures/letters/cong-van-cho-so-cham.pdf');
    const { dateBlank, numberBlank } = proposeFields(await readPdfText(await readFile(file)));
    expect(dateBlank && dateBlank.width > 5).toBe(true);
    expect(dateBlank?.month).toBeNull();
    expect(numberBlank && numberBlank.width > 5).toBe(true);
  });
});

describe('agency names', () => {
  const agencies = (lines: readonly { text: string; bold: boolean }[]): (string | null)[] => {
    const left = lines.map((line, index) => ({ ...line, x: 80, y: 790 - index * 16 }));
    const motto = { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x: 330, y: 790, bold: true, size: 11 };
    const { parentAgency, agency } = proposeFields(page([...left, motto, { text: 'Số: 12/ABC', x: 90, y: 700 }]));
    return [parentAgency, agency];
  };

  it.each([
    [['UBND TỈNH ĐẮK LẮK', false], ['VĂN PHÒNG', true], 'UBND tỉnh Đắk Lắk', 'Văn phòng UBND tỉnh Đắk Lắk'],
    [['UBND TỈNH ĐẮK LẮK', true], ['THANH TRA', true], 'UBND tỉnh Đắk Lắk', 'Thanh tra tỉnh Đắk Lắk'],
    [['ỦY BAN NHÂN DÂN', true], ['XÃ EA KAR', true], null, 'Ủy ban nhân dân xã Ea Kar'],
    [['SỞ NỘI VỤ', false], ['CHI CỤC VĂN THƯ - LƯU TRỮ', true], 'Sở Nội vụ', 'Chi cục Văn thư - Lưu trữ'],
    [['BỘ NỘI VỤ', false], ['THANH TRA', true], 'Bộ Nội vụ', 'Thanh tra Bộ Nội vụ'],
    [['CHÍNH PHỦ', true], ['', true], null, 'Chính phủ'],
  ] as const)('%j %j', ([first, firstBold], [second, secondBold], parent, agency) => {
    const lines = [
      { text: first, bold: firstBold },
      { text: second, bold: secondBold },
    ];
    expect(agencies(lines.filter((line) => line.text !== ''))).toEqual([parent, agency]);
  });
});

it.each([
  [['Thành phố Hồ Chí Minh, ngày 10 tháng 10 năm', '2025']],
  [['Thành phố Hồ Chí Minh,', 'ngày 10 tháng 10 năm 2025']],
])('a date on two lines: %j', (lines) => {
  const dateLines = lines.map((text, index) => ({ text, x: 300, y: 740 - index * 16 }));
  const { place, date, dateBlank } = proposeFields(page([...head, ...dateLines]));
  expect([place, date, dateBlank]).toEqual(['Thành phố Hồ Chí Minh', '2025-10-10', null]);
});

it('a rank before the signer’s name belongs to it', () => {
  const closing = [
    { text: 'Nơi nhận:', x: 80, y: 300 },
    { text: 'KT. GIÁM ĐỐC', x: 380, y: 300, bold: true },
    { text: 'PHÓ GIÁM ĐỐC', x: 380, y: 284, bold: true },
    { text: '(Đã ký)', x: 400, y: 250 },
    { text: 'Đại tá Nguyễn Thế Lực', x: 370, y: 210, bold: true },
  ];
  const { authority, signerTitle, signerName } = proposeFields(page([...head, ...closing]));
  expect([authority, signerTitle, signerName]).toEqual(['KT. GIÁM ĐỐC', 'Phó Giám đốc', 'Đại tá Nguyễn Thế Lực']);
});

it('text in a legacy encoding is reported', () => {
  const lines = ['Céng hßa x· héi chñ nghÜa ViÖt Nam', '§éc lËp - Tù do - H¹nh phóc', 'C«ng v¨n vÒ viÖc b¸o c¸o'];
  const proposal = proposeFields(page(lines.map((text, index) => ({ text, x: 100, y: 700 - index * 20 }))));
  expect([proposal.textFound, proposal.legacyEncoding]).toEqual([true, 'TCVN3']);
});

it('a text that is no letter gives nothing', async () => {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage().drawText('Quarterly results\nRevenue rose by 5% in 2026.', { x: 50, y: 500, size: 12, font });
  const { number, notation, date, agency, documentType, abstract, signerName, addressees, recipients } = proposeFields(
    await readPdfText(await document.save()),
  );
  expect({ number, notation, date, documentType, abstract, signerName, addressees, recipients, agency }).toEqual({
    number: null,
    notation: null,
    date: null,
    documentType: null,
    abstract: null,
    signerName: null,
    addressees: [],
    recipients: [],
    agency: null,
  });
});

describe('any text', () => {
  const phrase = fc.constantFrom(
    'Số:',
    'Số',
    '/',
    '/UBND-VP',
    '241/VPUBND-HCTC',
    'V/v',
    'Kính',
    'gửi:',
    'Nơi',
    'nhận:',
    '-',
    'ngày',
    'tháng',
    'năm',
    '2026',
    '22',
    'CỘNG',
    'HÒA',
    'XÃ',
    'HỘI',
    'CHỦ',
    'NGHĨA',
    'Độc',
    'lập',
    'UBND',
    'TỈNH',
    'HỎA',
    'TỐC',
    'HẸN',
    'GIỜ',
    'QUYẾT',
    'ĐỊNH',
    'GIẤY',
    'MỜI',
    'TM.',
    'KT.',
    'CHỦ',
    'TỊCH',
    'Thời',
    'gian:',
    'Địa',
    'điểm:',
    '…',
    '____',
    'trước',
    '30/11/2026',
    'MẬT',
    'A'.repeat(300),
    'Ă.'.repeat(100),
  );
  const number = fc.oneof(fc.double({ min: -50, max: 900, noNaN: true }), fc.double());
  const word = fc.record({
    text: fc.oneof(
      { weight: 4, arbitrary: phrase },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }) },
    ),
    x: number,
    y: fc.oneof(
      fc.integer({ min: 0, max: 60 }).map((line) => 842 - line * 14),
      number,
    ),
    width: number,
    height: number,
    fontSize: fc.oneof(fc.constantFrom(11, 14), number),
    bold: fc.boolean(),
    italic: fc.boolean(),
  });
  const anyPage = fc.record({
    page: fc.nat(5),
    width: fc.constantFrom(595, 842, 0),
    height: fc.constantFrom(842, 595, 0),
    items: fc.array(word, { maxLength: 80 }),
  });

  it('never throws, and what it proposes has the promised form', () => {
    fc.assert(
      fc.property(fc.array(anyPage, { maxLength: 3 }), (pages) => {
        const proposal = proposeFields({ pageCount: pages.length, pages });
        if (proposal.textFound) expect(pages.some((one) => one.items.length > 0)).toBe(true);
        else expect(Object.keys(proposal.regions)).toEqual([]);
        for (const value of Object.values(proposal.confidence)) expect(value >= 0 && value <= 1).toBe(true);
        for (const item of [...proposal.addressees, ...proposal.recipients]) expect(item).not.toBe('');
        if (proposal.date !== null) expect(proposal.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        if (proposal.number !== null) expect(proposal.number).toMatch(/^\d+\p{Ll}?$/u);
      }),
      { numRuns: 400 },
    );
  });
});
