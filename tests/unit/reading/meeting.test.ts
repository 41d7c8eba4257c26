import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PdfText, PdfWord } from '#core/ports/pdf-text.ts';
import { proposeFields } from '#core/reading/propose-fields.ts';

/** A giấy mời of Saturday 28/2/2026 whose body has these paragraphs, one row each. */
function invitation(body: readonly string[], dateLine = 'Đắk Lắk, ngày 28 tháng 02 năm 2026'): PdfText {
  const lines = [
    { text: 'UBND TỈNH ĐẮK LẮK', x: 90, y: 790 },
    { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x: 290, y: 790, bold: true, size: 12 },
    { text: 'VĂN PHÒNG', x: 115, y: 774, bold: true },
    { text: 'Độc lập - Tự do - Hạnh phúc', x: 330, y: 774, bold: true },
    { text: 'Số: 12/GM-VPUBND', x: 100, y: 740 },
    { text: dateLine, x: 300, y: 740 },
    { text: 'GIẤY MỜI', x: 250, y: 700, bold: true },
    { text: 'Họp giao ban công tác tháng 3', x: 200, y: 680, bold: true },
    { text: 'Kính gửi: Các Sở, ban, ngành.', x: 180, y: 650 },
    ...body.map((text, at) => ({ text, x: 80, y: 620 - at * 20 })),
  ];
  const items = lines.flatMap(({ text, x, y, bold = false, size = 13 }) => {
    let at = x;
    return text.split(' ').map((word): PdfWord => {
      const width = word.length * size * 0.4;
      const item = { text: word, x: at, y, width, height: size * 0.7, fontSize: size, bold, italic: false };
      at += width + size * 0.25;
      return item;
    });
  });
  return { pageCount: 1, pages: [{ page: 0, width: 595, height: 842, items }] };
}

const read = (body: readonly string[], dateLine?: string) => proposeFields(invitation(body, dateLine));
const startOf = (time: string, dateLine?: string) =>
  read([`1. Thời gian: ${time}`], dateLine).meeting?.startsAt ?? null;

describe('the hour of a meeting', () => {
  it.each([
    ['14 giờ 00 phút, ngày 15/3/2026 (Chủ nhật).', '2026-03-15T14:00:00+07:00'],
    ['8h30 ngày 16/3/2026', '2026-03-16T08:30:00+07:00'],
    ['08h00, thứ Hai, ngày 16 tháng 3 năm 2026.', '2026-03-16T08:00:00+07:00'],
    ['Vào hồi 13g30, ngày 16-3-2026', '2026-03-16T13:30:00+07:00'],
    ['7 giờ 30’, ngày 16.3.2026', '2026-03-16T07:30:00+07:00'],
    ["7h30' ngày 16/03/26", '2026-03-16T07:30:00+07:00'],
    ['14:00 ngày 16/3/2026', '2026-03-16T14:00:00+07:00'],
    ['14 giờ, ngày 16/3/2026', '2026-03-16T14:00:00+07:00'],
    ['2 giờ chiều ngày 16/3/2026', '2026-03-16T14:00:00+07:00'],
    ['Chiều thứ Hai ngày 16/3/2026, lúc 2 giờ 30', '2026-03-16T14:30:00+07:00'],
    ['8 giờ rưỡi sáng ngày 16/3/2026', '2026-03-16T08:30:00+07:00'],
    ['Ngày 16/3/2026, bắt đầu từ 08 giờ 00', '2026-03-16T08:00:00+07:00'],
    ['01 buổi, từ 8h00 ngày 16/3/2026', '2026-03-16T08:00:00+07:00'],
    ['Từ 14h00 ngày 16/3', '2026-03-16T14:00:00+07:00'],
    ['14h00 ngày 16/3/2026 họp tại điểm cầu', '2026-03-16T14:00:00+07:00'],
  ])('%s', (text, expected) => {
    expect(startOf(text)).toBe(expected);
  });

  it.each([
    'ngày 16/3/2026',
    '14 giờ 00',
    '25 giờ 00 ngày 16/3/2026',
    '14h75 ngày 16/3/2026',
    '14h00 ngày 31/2/2026',
    '14h00 ngày 16/13/2026',
    'có thông báo sau',
  ])('is not made up: %s', (text) => {
    expect(startOf(text)).toBeNull();
  });

  it('without a year is of the next one when December asks to January', () => {
    expect(startOf('14h00 ngày 05/01', 'Đắk Lắk, ngày 28 tháng 12 năm 2026')).toBe('2027-01-05T14:00:00+07:00');
  });

  it.each([
    ['từ 8h00 đến 11h30 ngày 16/3/2026', '2026-03-16T08:00:00+07:00', '2026-03-16T11:30:00+07:00'],
    ['08h00 - 11h30, ngày 16/3/2026', '2026-03-16T08:00:00+07:00', '2026-03-16T11:30:00+07:00'],
    ['08h00 ngày 16/3/2026 đến 17h00 ngày 17/3/2026', '2026-03-16T08:00:00+07:00', '2026-03-17T17:00:00+07:00'],
    ['08h00 ngày 16/3 và 14h00 ngày 17/3/2026', '2026-03-16T08:00:00+07:00', null],
    ['từ 11h30 đến 8h00 ngày 16/3/2026', '2026-03-16T11:30:00+07:00', null],
  ])('with its end: %s', (text, startsAt, endsAt) => {
    expect(read([`- Thời gian: ${text}`]).meeting).toMatchObject({ startsAt, endsAt });
  });

  it('asks to be checked where the page names another weekday', () => {
    const sure = read(['Thời gian: 14h00, thứ Hai, ngày 16/3/2026.']).confidence.meetingAt;
    expect(sure).toBeGreaterThanOrEqual(0.8);
    const doubtful = read(['Thời gian: 14h00, thứ Ba, ngày 16/3/2026.']);
    expect(doubtful.meeting?.startsAt).toBe('2026-03-16T14:00:00+07:00');
    expect(doubtful.confidence.meetingAt).toBeLessThan(0.8);
  });
});

describe('place, chair and papers', () => {
  it('stand after their labels, each with its place on the page', () => {
    const { meeting, confidence, regions } = read([
      '1. Thời gian: 14 giờ 00 phút, ngày 16/3/2026 (thứ Hai).',
      '2. Địa điểm: Phòng họp số 1, Trụ sở UBND tỉnh, 09 Lê Duẩn.',
      '3. Chủ trì: Đồng chí Nguyễn Văn A, Phó Chủ tịch UBND tỉnh.',
      '4. Thành phần: Lãnh đạo các Sở, ban, ngành.',
      '5. Chuẩn bị tài liệu: Báo cáo quý I, 20 bản.',
    ]);
    expect(meeting).toEqual({
      startsAt: '2026-03-16T14:00:00+07:00',
      endsAt: null,
      place: 'Phòng họp số 1, Trụ sở UBND tỉnh, 09 Lê Duẩn',
      chair: 'Đồng chí Nguyễn Văn A, Phó Chủ tịch UBND tỉnh',
      link: null,
      papers: 'Báo cáo quý I, 20 bản',
    });
    const fields = ['meetingAt', 'meetingPlace', 'meetingChair', 'meetingPapers'] as const;
    for (const field of fields) expect(confidence[field], field).toBeGreaterThanOrEqual(0.8);
    expect(confidence.meetingEndsAt).toBe(0);
    expect(new Set(fields.map((field) => regions[field]?.y)).size).toBe(4);
  });

  it.each([
    ['Đồng chí chủ trì: Chánh Văn phòng UBND tỉnh', 'Chánh Văn phòng UBND tỉnh'],
    ['- Người chủ trì: Ông Y Thuyên Niê', 'Ông Y Thuyên Niê'],
    ['Chủ tọa: Chủ tịch HĐND tỉnh;', 'Chủ tịch HĐND tỉnh'],
    ['Cuộc họp do đồng chí Chủ tịch UBND tỉnh chủ trì.', 'đồng chí Chủ tịch UBND tỉnh'],
  ])('chair: %s', (line, chair) => {
    expect(read([line]).meeting?.chair).toBe(chair);
  });

  it.each([
    ['Đề nghị các đơn vị mang theo tài liệu gửi kèm giấy mời.', 'tài liệu gửi kèm giấy mời'],
    ['- Nội dung chuẩn bị: Báo cáo tiến độ.', 'Báo cáo tiến độ'],
    ['- Tài liệu: Gửi kèm qua phần mềm.', 'Gửi kèm qua phần mềm'],
    ['Các đơn vị chuẩn bị báo cáo của ngành mình.', 'chuẩn bị báo cáo của ngành mình'],
  ])('papers: %s', (line, papers) => {
    expect(read([line]).meeting?.papers).toBe(papers);
  });

  it('of several places name all of them, to be checked', () => {
    const proposal = read([
      'Địa điểm:',
      '- Điểm cầu tỉnh: Phòng họp số 1;',
      '- Điểm cầu xã: Phòng họp UBND xã.',
      'Thời gian: 14h00 ngày 16/3/2026.',
    ]);
    expect(proposal.meeting?.place).toBe('Điểm cầu tỉnh: Phòng họp số 1; Điểm cầu xã: Phòng họp UBND xã');
    expect(proposal.confidence.meetingPlace).toBeLessThan(0.8);
  });

  it('an online meeting has its address', () => {
    const proposal = read(['Thời gian: 14h00 ngày 16/3/2026.', 'Đường link: https://hop.daklak.gov.vn/j/123?pwd=a.b.']);
    expect(proposal.meeting?.link).toBe('https://hop.daklak.gov.vn/j/123?pwd=a.b');
  });

  it('are found in one sentence', () => {
    const proposal = read(['Kính mời dự họp vào lúc 8 giờ 00 ngày 16/3/2026, tại Hội trường tỉnh.']);
    expect(proposal.meeting).toMatchObject({ startsAt: '2026-03-16T08:00:00+07:00', place: 'Hội trường tỉnh' });
    expect(proposal.confidence.meetingAt).toBeLessThan(0.8);
  });

  it('a letter of another type has no meeting', () => {
    const text = invitation(['Thời gian: 14h00 ngày 16/3/2026.']);
    const [page] = text.pages;
    const words = new Map([
      ['GIẤY', 'THÔNG'],
      ['MỜI', 'BÁO'],
    ]);
    const items = (page?.items ?? []).map((word) => ({ ...word, text: words.get(word.text) ?? word.text }));
    expect(proposeFields({ ...text, pages: [{ page: 0, width: 595, height: 842, items }] }).meeting).toBeNull();
  });

  it('no text takes long or throws', () => {
    const bits = [
      'Thời gian:',
      'Địa điểm:',
      'Chủ trì:',
      '14h00',
      'ngày',
      '16/3',
      'đến',
      '-',
      'do',
      'chủ trì',
      'mang theo',
      ' ',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(...bits, 'a', '1'), { minLength: 1, maxLength: 12 }), { maxLength: 20 }),
        (rows) => {
          const proposal = read(rows.map((row) => row.join(' ')));
          const { startsAt = null, endsAt = null } = proposal.meeting ?? {};
          expect(startsAt === null || !Number.isNaN(Date.parse(startsAt))).toBe(true);
          expect(endsAt === null || (startsAt !== null && endsAt > startsAt)).toBe(true);
        },
      ),
    );
  });
});
