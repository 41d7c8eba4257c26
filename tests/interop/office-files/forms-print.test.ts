import { rm } from 'node:fs/promises';
import { read, utils } from '@e965/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import type { BoardReads } from '#core/board/board-store.ts';
import type { PrintedFormReads } from '#core/printing/printed-form-store.ts';
import { handlingSheet, type HandledDocument } from '#core/printing/handling-sheet.ts';
import { periodForm } from '#core/printing/period-form.ts';
import type { ReadStores } from '#core/ports/stores.ts';
import { formNames, formTitles, type FormName } from '#shared/domain/printed-forms.ts';
import { pdfReader, printer } from '#tests/support/print.ts';

const reader = pdfReader();
afterAll(() => rm(reader.folder, { recursive: true, force: true }));

const now = new Date('2026-11-28T03:00:00Z');
const look = { cover: true, pageSums: true, runningSums: true, signatures: true, volume: '' };
const period = { fromDay: '2026-11-01', toDay: '2026-11-30' };

/** As many days before the first of the period. */
const BEFORE = '2026-10-01T17:00:00.000Z';

const followed = {
  number: 12,
  suffix: '',
  documentType: 'Công văn',
  codeText: '45/SNV-CCHC',
  date: '2026-11-02',
  agencyName: 'Sở Nội vụ',
  holder: 'Phòng Tổng hợp',
  registeredAt: '2026-11-03T02:00:00Z',
  dueAt: '2026-11-10T10:00:00Z',
  documentId: 'd',
  finishedAt: '2026-11-09T03:00:00Z',
  answers: '77/VPUBND-TH',
  noAnswerWhy: '',
};
const printedForms: PrintedFormReads = {
  followed: () => [
    followed,
    { ...followed, number: 13, finishedAt: null, answers: '' },
    { ...followed, number: 14, dueAt: null, finishedAt: null, holder: '' },
  ],
  posted: () => [
    {
      documentId: 'd',
      postedOn: '2026-11-05',
      codeText: '77/VPUBND-TH',
      agencyName: 'Bưu điện tỉnh',
      item: 'RH 48711',
      copies: 1,
      receivedAt: null,
      way: null,
      result: null,
      resultOn: null,
      resultNote: '',
    },
    {
      documentId: 'd',
      postedOn: '2026-11-06',
      codeText: '78/VPUBND-TH',
      agencyName: 'Ông Nguyễn Văn Hòa',
      item: 'RH 48712',
      copies: 2,
      receivedAt: null,
      way: 'post',
      result: 'returned',
      resultOn: '2026-11-12',
      resultNote: 'Chuyển nơi ở',
    },
  ],
  issued: () => [
    {
      documentType: 'Công văn',
      documents: 9,
      cancelled: 1,
      recipients: 120,
      arrived: 118,
      accepted: 90,
      completed: 40,
      returned: 2,
    },
    {
      documentType: 'Quyết định',
      documents: 2,
      cancelled: 0,
      recipients: 10,
      arrived: 10,
      accepted: 10,
      completed: 0,
      returned: 0,
    },
  ],
};
const week = { received: 12, assigned: 9, finished: 7, inTime: 3, late: 1 };
const board: Pick<BoardReads, 'week' | 'weekByHolder'> = {
  week: (from) => (from === '2026-10-31T17:00:00.000Z' ? week : { ...week, received: from === BEFORE ? 8 : 0 }),
  weekByHolder: () => [{ name: 'Phòng Tổng hợp', assigned: 5, finished: 4, inTime: 2, late: 0 }],
};
const stores = { printedForms, board, office: { agency: () => null } } as unknown as ReadStores;
const made = (form: FormName) => periodForm(stores, form, period, now, new Set());
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Phụ lục IV. */
const decree = {
  'follow-up': [
    'Số đến',
    'Tên loại, số, ký hiệu, ngày tháng và tên cơ quan ban hành văn bản',
    'Đơn vị hoặc người nhận',
    'Thời hạn giải quyết',
    'Tiến độ giải quyết',
    'Số, ký hiệu văn bản trả lời',
    'Ghi chú',
  ],
  post: ['Ngày chuyển', 'Số, ký hiệu văn bản', 'Nơi nhận văn bản', 'Số lượng bì', 'Ký nhận và dấu bưu điện', 'Ghi chú'],
};

describe('a form of a period', () => {
  it.each(['follow-up', 'post'] as const)('has the columns of the decree: %s', async (form) => {
    const printed = { ...made(form).printed(look), rows: [], sums: null, signatures: [] };
    const { bytes } = await printer.form(printed);
    let x = 25;
    const found = printed.columns.map(({ width }) => {
      const points = 72 / 25.4;
      const heading = reader.crop(bytes, 2, { x: x * points, y: 62, width: width * points, height: 80 });
      x += width;
      return heading;
    });
    expect(Math.round(x)).toBe(287);
    expect(found).toEqual(decree[form].map((title, at) => `${title} (${at + 1})`));
  });

  it.each(formNames)('says its title, its days and who signs: %s', async (form) => {
    const { bytes } = await printer.form(made(form).printed(look));
    expect(reader.check(bytes)).toContain('No syntax or stream encoding errors');
    const text = flat(reader.pages(bytes).at(-1) ?? '');
    expect(text).toContain(formTitles[form]);
    expect(text).toContain('Từ ngày 01/11/2026 đến ngày 30/11/2026');
    expect(text).toContain('THỦ TRƯỞNG CƠ QUAN');
  });

  it('follows what is done, what is late, and what answers it', () => {
    const { rows } = made('follow-up').sheet();
    expect(rows[0]).toEqual([
      '12',
      'Công văn số 45/SNV-CCHC ngày 02/11/2026 của Sở Nội vụ',
      'Phòng Tổng hợp',
      Date.parse('2026-11-10T10:00:00Z'),
      'Đã giải quyết 09/11/2026',
      '77/VPUBND-TH',
      '',
    ]);
    expect(rows.map((row) => row[4])).toEqual([
      'Đã giải quyết 09/11/2026',
      'Đang giải quyết, quá hạn',
      'Đang giải quyết',
    ]);
  });

  it('adds the reports up', () => {
    expect(made('incoming-report').sheet().rows).toEqual([
      ['Phòng Tổng hợp', 2, 1, 1, 0, 1, 1, 0.5, ''],
      ['(chưa ghi)', 1, 0, 0, 0, 1, 0, 0, ''],
      ['Tổng cộng', 3, 1, 1, 0, 2, 1, 1 / 3, ''],
    ]);
    expect(made('outgoing-report').sheet().rows.at(-1)).toEqual(['Tổng cộng', 11, 1, 130, 128, 100, 40, 2, '']);
  });

  it('says in the post book how paper went and what became of it', () => {
    expect(
      made('post')
        .sheet()
        .rows.map((row) => row[5]),
    ).toEqual(['RH 48711', '2 bản; Bưu điện; RH 48712; Bị trả lại 12/11/2026 (Chuyển nơi ở)']);
  });

  it('sets the office beside the time before, and who leads above', () => {
    expect(made('weekly-report').sheet().rows).toEqual([
      ['Phòng Tổng hợp', null, 5, 4, 2, 0, 1, ''],
      ['Cả cơ quan', 12, 9, 7, 3, 1, 0.75, ''],
      ['Cả cơ quan, kỳ trước', 8, 9, 7, 3, 1, 0.75, ''],
    ]);
  });

  it('is a workbook with real days and numbers', async () => {
    const book = read(await printer.workbook([made('post').sheet()]), { cellDates: true });
    const [sheet] = Object.values(book.Sheets);
    const [first] = utils.sheet_to_json<unknown[]>(sheet ?? {}, { header: 1, raw: true, UTC: true }).slice(1);
    expect(first?.[0]).toEqual(new Date('2026-11-05T00:00:00Z'));
    expect(first?.[3]).toBe(1);
  });

  it('of nothing, or upside down, is refused', () => {
    const empty = { ...stores, printedForms: { ...printedForms, posted: () => [] } };
    expect(() => periodForm(empty, 'post', period, now, new Set())).toThrow('BOOK_RANGE_EMPTY');
    expect(() => periodForm(stores, 'post', { fromDay: '2026-12-01', toDay: '2026-11-01' }, now, new Set())).toThrow(
      'RANGE_UPSIDE_DOWN',
    );
  });
});

describe('phiếu giải quyết văn bản đến', () => {
  const document: HandledDocument = {
    fields: {
      agencyName: 'Sở Nội vụ',
      codeText: '45/SNV-CCHC',
      date: '2026-11-02',
      documentType: 'Công văn',
      abstract: 'V/v rà soát thủ tục',
      forwardTo: 'Phòng Tổng hợp',
    },
    arrivalNumber: 12,
    arrivalSuffix: '',
    arrivedAt: '2026-11-03T02:00:00Z',
    dueAt: '2026-11-10T10:00:00Z',
    lead: '',
    support: [],
    agencyLeader: [],
    unitLeader: [],
    officer: [],
  };
  const office = { parentAgency: 'UBND tỉnh Đắk Lắk', agency: 'Văn phòng UBND tỉnh' };

  it('has three parts, what is known, and lines for the rest', async () => {
    const { bytes, pages } = await printer.sheet(handlingSheet(document, office, now));
    const text = flat(reader.pages(bytes).join(' '));
    expect(text).toMatch(
      /PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN.*Số đến: 12.*45\/SNV-CCHC.*I\. Ý kiến.*lãnh đạo cơ quan.*Phòng Tổng hợp.*17:00 ngày 10\/11\/2026.*II\. Ý kiến của lãnh đạo đơn vị.*III\. Ý kiến đề xuất của người giải quyết/,
    );
    expect(reader.facts(bytes)).toMatch(new RegExp(`Pages:\\s+${pages}\\b`));
    expect(reader.facts(bytes)).toMatch(/595\.276 x 841\.89 pts \(A4\)/);
    expect(reader.check(bytes)).toContain('No syntax or stream encoding errors');
  });

  it('prints what was said, with who and when', async () => {
    const said = [{ at: '2026-11-03T03:30:00Z', by: 'Bùi Hồng Quý', text: 'Giao P. TH tham mưu.' }];
    const { bytes } = await printer.sheet(handlingSheet({ ...document, agencyLeader: said }, office, now));
    expect(flat(reader.pages(bytes).join(' '))).toContain('Giao P. TH tham mưu. (Bùi Hồng Quý, 10:30 ngày 03/11/2026)');
  });
});
