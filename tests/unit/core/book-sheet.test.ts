import { describe, expect, it } from 'vitest';
import { bookSheet } from '#core/books/book-sheet.ts';
import { givenEntry as given } from '#tests/support/print.ts';

const ended = { at: '2026-05-25T02:00:00Z', by: 'H’Linh Mlô' };

describe('a book as a sheet', () => {
  it('has the ten columns of the decree, in its words and order', () => {
    const titles = (direction: 'incoming' | 'outgoing') =>
      bookSheet({ direction, year: 2026 }, []).columns.map(({ title }) => title);
    expect(titles('outgoing')).toEqual([
      'Số, ký hiệu văn bản',
      'Ngày tháng văn bản',
      'Tên loại và trích yếu nội dung văn bản',
      'Người ký',
      'Nơi nhận văn bản',
      'Đơn vị, người nhận bản lưu',
      'Số lượng bản',
      'Ngày chuyển',
      'Ký nhận',
      'Ghi chú',
    ]);
    expect(titles('incoming')).toEqual([
      'Ngày đến',
      'Số đến',
      'Tác giả',
      'Số, ký hiệu văn bản',
      'Ngày tháng văn bản',
      'Tên loại và trích yếu nội dung văn bản',
      'Đơn vị hoặc người nhận',
      'Ngày chuyển',
      'Ký nhận',
      'Ghi chú',
    ]);
  });

  it('says what a number is for, or who ended it, when and why', () => {
    const nobody = { documentId: null, codeText: '', goesTo: '', fields: {} };
    const { rows } = bookSheet({ direction: 'outgoing', year: 2026 }, [
      given,
      { ...given, cancelled: true, reason: 'sai thể thức', ended },
      { ...given, ...nobody, number: 8, suffix: 'a', state: 'void', reason: 'không ban hành', ended },
      { ...given, ...nobody, number: 9, state: 'reserved', reservedFor: 'P. Nội chính', ended: { ...ended, by: '' } },
    ]);
    expect(rows[0]).toEqual([
      '07/VPUBND-TH',
      '2026-05-20',
      'Công văn · V/v rà soát',
      'Bùi Hồng Quý',
      'Sở Nội vụ; Sở Tư pháp',
      'VT, TH',
      2,
      '2026-05-22',
      null,
      null,
    ]);
    expect(rows.slice(1).map((row) => [row[0], row[9]])).toEqual([
      ['07/VPUBND-TH', 'Hủy số 25/05/2026 · H’Linh Mlô: sai thể thức'],
      ['08a', 'Bỏ số 25/05/2026 · H’Linh Mlô: không ban hành'],
      ['09', 'Đang giữ 25/05/2026: P. Nội chính'],
    ]);
  });

  it('has the day of arrival in Việt Nam, and the arrival number as a number', () => {
    const fields = { agencyName: 'Sở Tư pháp', codeText: '12/STP', date: null, forwardTo: 'P. Tổng hợp' };
    const { columns, rows } = bookSheet({ direction: 'incoming', year: 2026 }, [{ ...given, goesTo: '', fields }]);
    expect(columns.map(({ kind }) => kind).join(' ')).toBe('day whole text text day text text text text text');
    expect(rows[0]?.slice(0, 7)).toEqual(['2026-05-22', 7, 'Sở Tư pháp', '12/STP', null, null, 'P. Tổng hợp']);
  });
});
