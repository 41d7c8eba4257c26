import { describe, expect, it } from 'vitest';
import { proposeFields } from '#core/reading/propose-fields.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { documentTypes } from '#shared/domain/document-types.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import { makeTextPdf, type TextLine } from '#tests/support/vietnamese-pdf.ts';

/** A decision as an office's printer makes it, in lines. */
const decision: readonly TextLine[] = [
  { text: 'UBND TỈNH ĐẮK LẮK', x: 60, y: 790 },
  { text: 'SỞ THỬ NGHIỆM', x: 75, y: 774 },
  { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x: 300, y: 790 },
  { text: 'Độc lập - Tự do - Hạnh phúc', x: 330, y: 774 },
  { text: 'Số: 12/QĐ-STN', x: 80, y: 740 },
  { text: 'Đắk Lắk, ngày 05 tháng 3 năm 2026', x: 320, y: 740 },
  { text: 'QUYẾT ĐỊNH', x: 265, y: 690 },
  { text: 'Về việc thử nghiệm đầu vào', x: 215, y: 672 },
  { text: 'GIÁM ĐỐC SỞ THỬ NGHIỆM', x: 225, y: 640 },
  { text: 'Nơi nhận:', x: 60, y: 400 },
  { text: '- Như Điều 3;', x: 60, y: 386 },
  { text: 'GIÁM ĐỐC', x: 380, y: 400 },
  { text: 'Đỗ Văn Đạt', x: 378, y: 300 },
];

const read = async (lines: readonly TextLine[]): Promise<Proposal> =>
  proposeFields(await readPdfText(makeTextPdf(lines)));

const named = ({ number, notation, date, place, agency, parentAgency, documentType, abstract, ...more }: Proposal) => {
  const { signerTitle, signerName } = more;
  return [number, notation, date, place, agency, parentAgency, documentType, abstract, signerTitle, signerName];
};

const decisionRead = [
  '12',
  'QĐ-STN',
  '2026-03-05',
  'Đắk Lắk',
  'Sở Thử nghiệm tỉnh Đắk Lắk',
  'UBND tỉnh Đắk Lắk',
  'Quyết định',
  'Về việc thử nghiệm đầu vào',
  'Giám đốc',
  'Đỗ Văn Đạt',
];

describe('another letter for Đ', () => {
  it.each([
    ['Đ', 'đ'],
    ['\u00d0', '\u00f0'],
    ['\u0189', '\u0256'],
  ])('%j reads as Đ', async (upper, lower) => {
    const lines = decision.map((line) => ({
      ...line,
      text: line.text.replaceAll('Đ', upper).replaceAll('đ', lower),
    }));
    expect(named(await read(lines))).toEqual(decisionRead);
  });
});

describe('letters set apart', () => {
  const apart = (change: (line: TextLine) => TextLine | null) => decision.map((line) => change(line) ?? line);
  const only = (start: string, change: Partial<TextLine> | ((text: string) => string)) =>
    apart((line) => {
      if (!line.text.startsWith(start)) return null;
      return typeof change === 'function' ? { ...line, text: change(line.text) } : { ...line, ...change };
    });
  const typed = (between: string) => (text: string) =>
    text
      .split(' ')
      .map((word) => Array.from(word).join(' '))
      .join(between);

  it.each([1, 1.5, 2, 2.2, 2.5, 3, 4, 6])('by %d points', async (spacing) => {
    const wide = { spacing, size: 10 };
    for (const start of ['QUYẾT', 'Số', 'SỞ', 'Đắk', 'GIÁM', 'Đỗ', 'Về việc']) {
      const lines = only(start, wide).map((line) =>
        // What is wider begins further left, as whoever centres it makes it.
        line.spacing === undefined ? line : { ...line, x: line.x - (line.text.length * (spacing - 1.5)) / 2 },
      );
      expect(named(await read(lines)), start).toEqual(decisionRead);
    }
  });

  it('in the national motto', async () => {
    for (const spacing of [1, 2, 3]) {
      const lines = decision.map((line) => (/^CỘNG|^Độc/.test(line.text) ? { ...line, spacing, size: 8 } : line));
      expect(named(await read(lines))).toEqual(decisionRead);
    }
  });

  it.each(['  ', '   ', '    '])('by typed spaces, words by %j', async (between) => {
    for (const start of ['QUYẾT', 'SỞ', 'GIÁM ĐỐC']) {
      const lines = only(start, typed(between)).map((line) =>
        line.text.includes('  ') ? { ...line, x: line.x - 30, size: 11 } : line,
      );
      expect(named(await read(lines)), start).toEqual(decisionRead);
    }
  });

  it('evenly, so that only the type itself tells its words: every type of the decree', async () => {
    for (const { name } of documentTypes.filter((type) => type.name !== 'Công văn')) {
      const title = Array.from(name.toLocaleUpperCase('vi').replaceAll(' ', '')).join(' ');
      const x = 297 - (title.length * 6) / 2;
      const lines = decision.map((line) => (line.text === 'QUYẾT ĐỊNH' ? { ...line, text: title, x, size: 12 } : line));
      expect((await read(lines)).documentType).toBe(name);
    }
  });

  it('is not seen in single letters of running text', async () => {
    const text = async (line: string) =>
      (await readPdfText(makeTextPdf([{ text: line, x: 60, y: 500 }]))).pages[0]?.items
        .map((item) => item.text)
        .join(' ');
    for (const line of [
      'Ông Y Ô A có mặt ở Ea H',
      'hạng mục a, b, c và d',
      'là ở y tế',
      'điểm 1 2 3 4 5',
      'Số: . . . . /SNV',
      'Nhóm A và B ở C',
    ])
      expect(await text(line)).toBe(line);
  });
});

describe('on one long line', () => {
  const letter = (subject: readonly TextLine[], closing: readonly TextLine[]): readonly TextLine[] => [
    ...decision.slice(0, 4),
    { text: 'Số: 12/STN-VP', x: 80, y: 740 },
    { text: 'Đắk Lắk, ngày 05 tháng 3 năm 2026', x: 320, y: 740 },
    ...subject,
    { text: 'Kính gửi: Các phòng chuyên môn', x: 180, y: 660 },
    { text: 'Nội dung thử nghiệm của văn bản này.', x: 90, y: 630 },
    { text: 'Nơi nhận:', x: 60, y: 400 },
    { text: '- Như trên;', x: 60, y: 386 },
    ...closing,
    { text: 'Nguyễn Văn Thử', x: 378, y: 300 },
  ];
  const closing = [
    { text: 'KT. GIÁM ĐỐC', x: 380, y: 400 },
    { text: 'PHÓ GIÁM ĐỐC', x: 380, y: 386 },
  ];
  const long = 'V/v thử nghiệm kho lưu trữ mới và hướng dẫn việc giao nhận hồ sơ giữa các phòng';

  it('the subject is read as printed', async () => {
    const cases: [readonly TextLine[], string][] = [
      [[{ text: long, x: 50, y: 715, size: 12 }], long],
      [
        [
          { text: long, x: 50, y: 715, size: 12 },
          { text: 'trong năm 2026', x: 50, y: 700, size: 12 },
        ],
        `${long} trong năm 2026`,
      ],
      [[{ text: long.replace('V/v', 'Về việc'), x: 40, y: 715, size: 12 }], long.replace('V/v', 'Về việc')],
      [[{ text: 'V/v thử nghiệm kho mới', x: 50, y: 715 }], 'V/v thử nghiệm kho mới'],
    ];
    for (const [subject, abstract] of cases) {
      const proposal = await read(letter(subject, closing));
      expect(proposal).toMatchObject({ abstract, documentType: 'Công văn', number: '12', agency: decisionRead[4] });
      expect(proposal.addressees).toEqual(['Các phòng chuyên môn']);
    }
  });

  it.each([
    ['KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC', 'KT. GIÁM ĐỐC', 'Phó Giám đốc'],
    ['KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC', 'KT. GIÁM ĐỐC', 'Phó Giám đốc'],
    ['KT. CHỦ TỊCH PHÓ CHỦ TỊCH', 'KT. CHỦ TỊCH', 'Phó Chủ tịch'],
    ['KT.CHỦ TỊCH PHÓ CHỦ TỊCH', 'KT.CHỦ TỊCH', 'Phó Chủ tịch'],
    ['KT. TỔNG GIÁM ĐỐC PHÓ TỔNG GIÁM ĐỐC', 'KT. TỔNG GIÁM ĐỐC', 'Phó Tổng Giám đốc'],
    ['KT. BỘ TRƯỞNG THỨ TRƯỞNG', 'KT. BỘ TRƯỞNG', 'Thứ trưởng'],
    ['KT. CỤC TRƯỞNG PHÓ CỤC TRƯỞNG', 'KT. CỤC TRƯỞNG', 'Phó Cục trưởng'],
    ['KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG', 'KT. CHÁNH VĂN PHÒNG', 'Phó Chánh Văn phòng'],
    ['TL. CHỦ TỊCH CHÁNH VĂN PHÒNG', 'TL. CHỦ TỊCH', 'Chánh Văn phòng'],
    ['TUQ. GIÁM ĐỐC TRƯỞNG PHÒNG', 'TUQ. GIÁM ĐỐC', 'Trưởng phòng'],
    ['TM. ỦY BAN NHÂN DÂN CHỦ TỊCH', 'TM. ỦY BAN NHÂN DÂN', 'Chủ tịch'],
    ['TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH', 'TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH', 'Phó Chủ tịch'],
    ['TM. BAN CHỈ ĐẠO TRƯỞNG BAN', 'TM. BAN CHỈ ĐẠO', 'Trưởng ban'],
    ['TM. BAN GIÁM ĐỐC', 'TM. BAN GIÁM ĐỐC', null],
    ['GIÁM ĐỐC', null, 'Giám đốc'],
  ])('%s', async (text, authority, signerTitle) => {
    const subject = [{ text: 'V/v thử nghiệm kho mới', x: 50, y: 715 }];
    const x = 410 - text.length * 3;
    const proposal = await read(letter(subject, [{ text, x, y: 400, size: 11 }]));
    expect([proposal.authority, proposal.signerTitle, proposal.signerName]).toEqual([
      authority,
      signerTitle,
      'Nguyễn Văn Thử',
    ]);
  });
});
