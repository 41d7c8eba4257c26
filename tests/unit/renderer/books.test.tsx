import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { Book, BookEntry } from '#shared/contract/books.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { currentBook } from '#renderer/features/books/current-book.ts';
import { useBookColumns } from '#renderer/features/books/use-book-columns.tsx';
import { createI18n } from '#renderer/i18n/i18n.ts';

const i18n = createI18n('vi');

function Row({ direction, entry }: { readonly direction: Direction; readonly entry: BookEntry }) {
  return useBookColumns(direction).map((column) => <td key={column.id}>{column.cell(entry)}</td>);
}

/** The texts of a row's cells, in the order of the columns. */
function cells(direction: Direction, entry: BookEntry): string[] {
  const html = renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <Row direction={direction} entry={entry} />
    </I18nextProvider>,
  );
  return html
    .split('</td>')
    .slice(0, -1)
    .map((cell) => cell.replaceAll(/<[^>]*>/g, ''));
}

const ended = { at: '2026-05-25T02:00:00Z', by: 'H’Linh Mlô' };
const given: BookEntry = {
  number: 7,
  suffix: '',
  state: 'given',
  reason: null,
  documentId: '00000000-0000-4000-8000-000000000007',
  codeText: '07/STP-VP',
  registeredAt: '2026-05-21T17:30:00Z',
  ended: null,
  reservedFor: null,
  goesTo: '',
  keeper: '',
  copies: null,
  sentAt: null,
  cancelled: false,
  changedBy: [],
  fields: {},
};

describe('a row of a book', () => {
  it('of incoming documents has the ten columns of the decree', () => {
    const fields = {
      agencyName: 'Sở Tư pháp',
      codeText: '12/STP',
      date: '2026-05-20',
      documentType: 'Công văn',
      abstract: 'V/v phổ biến pháp luật',
      forwardTo: 'Phòng Tổng hợp',
    };
    expect(cells('incoming', { ...given, fields })).toEqual([
      '22/05/2026',
      '7',
      'Sở Tư pháp',
      '12/STP',
      '20/05/2026',
      'Công văn · V/v phổ biến pháp luật',
      'Phòng Tổng hợp',
      '',
      '',
      '',
    ]);
  });

  it('of outgoing documents has its number with the notation, and a cancelled one says so', () => {
    const fields = { date: null, documentType: 'Công văn', abstract: '', signerName: 'Bùi Hồng Quý' };
    expect(
      cells('outgoing', { ...given, goesTo: 'Sở A, Sở B', cancelled: true, reason: 'sai thể thức', ended, fields }),
    ).toEqual([
      '07/STP-VP',
      '',
      'Công văn',
      'Bùi Hồng Quý',
      'Sở A, Sở B',
      '',
      '',
      '',
      '',
      'Hủy số 25/05/2026 · H’Linh Mlô: sai thể thức',
    ]);
  });

  it('without a document says why, and still shows its number', () => {
    const lost: BookEntry = { ...given, state: 'void', reason: 'cấp nhầm', ended, documentId: null, codeText: '' };
    const row = cells('outgoing', lost);
    expect(row[0]).toBe('07');
    expect(row.at(-1)).toBe('Bỏ số 25/05/2026 · H’Linh Mlô: cấp nhầm');
    expect(cells('incoming', { ...lost, state: 'reserved', reason: null, reservedFor: 'Thanh tra' }).at(-1)).toBe(
      'Đang giữ 25/05/2026 · H’Linh Mlô: Thanh tra',
    );
  });
});

describe('the book of now', () => {
  const book = (direction: Direction, year: number, id = `${direction}-1`): Book => ({
    id,
    direction,
    name: 'Sổ',
    documentTypes: [],
    active: true,
    year,
    last: 0,
    startedFrom: 0,
    reserved: 0,
    closedAt: null,
  });
  const now = Date.parse('2026-12-31T16:00:00Z');

  it('is the first of its direction in the newest year that has begun', () => {
    const books = [
      book('incoming', 2025),
      book('outgoing', 2026),
      book('incoming', 2026),
      book('incoming', 2026, 'other'),
      book('incoming', 2027),
    ];
    expect(currentBook(books, 'incoming', now)).toEqual(book('incoming', 2026));
    // An hour later it is 2027 in Vietnam.
    expect(currentBook(books, 'incoming', now + 3_600_000)).toEqual(book('incoming', 2027));
    expect(currentBook([], 'incoming', now)).toBeNull();
    expect(currentBook([book('outgoing', 2027)], 'outgoing', now)).toEqual(book('outgoing', 2027));
  });
});
