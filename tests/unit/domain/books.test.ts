import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bookFor,
  faultOfBook,
  keeperIn,
  nextSuffix,
  recipientsInBook,
  type BookDescription,
} from '#shared/domain/book.ts';
import { copyTypes, documentTypeByAbbreviation } from '#shared/domain/document-types.ts';
import { isPrintedNumber } from '#shared/domain/notation.ts';

const book = (id: string, documentTypes: readonly string[] = [], active = true): BookDescription => ({
  id,
  direction: 'outgoing',
  name: `Sổ ${id}`,
  kind: 'documents',
  series: 'year',
  numbering: 'consecutive',
  documentTypes,
  active,
});
const common = book('chung');
const decisions = book('quyết định', ['Quyết định']);

describe('the books of a direction', () => {
  it('a type goes to the book that names it, others and those of a closed one to the common book', () => {
    const books = [common, decisions, book('cũ', ['Tờ trình'], false)];
    expect(bookFor(books, 'outgoing', 'Quyết định').id).toBe('quyết định');
    expect(bookFor(books, 'outgoing', 'Tờ trình').id).toBe('chung');
    expect(bookFor(books, 'outgoing', '').id).toBe('chung');
  });

  const choice = (name: string, documentTypes: readonly string[]) => ({ name, documentTypes });
  const codeOf = (id: string | null, name: string, types: readonly string[], books = [common, decisions]) =>
    faultOfBook(books, 'outgoing', id, choice(name, types))?.code ?? null;

  it('have each a name of their own, however it is written', () => {
    expect(codeOf(null, 'SO QUYET DINH', ['Tờ trình'])).toBe('BOOK_NAME_TAKEN');
    expect(codeOf('quyết định', 'Sổ quyết định', ['Quyết định'])).toBeNull();
  });

  it('name a type once among those in use', () => {
    expect(codeOf(null, 'Sổ mới', ['Quyết định'])).toBe('TYPE_IN_OTHER_BOOK');
    expect(codeOf(null, 'Sổ mới', ['Quyết định'], [common, { ...decisions, active: false }])).toBeNull();
  });

  it('have one common book, which stays common, and no second one', () => {
    expect(codeOf('chung', 'Sổ chung', [])).toBeNull();
    expect(codeOf('chung', 'Sổ chung', ['Tờ trình'])).toBe('COMMON_BOOK_NEEDED');
    expect(codeOf(null, 'Sổ mới', [])).toBe('COMMON_BOOK_NEEDED');
    expect(codeOf('quyết định', 'Sổ quyết định', [])).toBe('COMMON_BOOK_NEEDED');
  });

  it('whatever is changed without a fault, every type has exactly one book', () => {
    const types = ['Quyết định', 'Tờ trình', 'Báo cáo', 'Giấy mời'];
    const change = fc.record({
      at: fc.nat(4),
      name: fc.constantFrom('một', 'hai', 'ba', 'bốn', 'năm'),
      documentTypes: fc.subarray(types),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let books: readonly BookDescription[] = [common];
        for (const { at, name, documentTypes } of changes) {
          const changed = books[at];
          if (faultOfBook(books, 'outgoing', changed?.id ?? null, { name, documentTypes }) !== null) continue;
          books =
            changed === undefined
              ? [...books, { ...book(String(books.length), documentTypes), name }]
              : books.map((each) => (each === changed ? { ...each, name, documentTypes } : each));
        }
        expect(books.filter(({ documentTypes }) => documentTypes.length === 0)).toHaveLength(1);
        for (const type of types) {
          expect(books.filter(({ documentTypes }) => documentTypes.includes(type)).length).toBeLessThanOrEqual(1);
          expect(() => bookFor(books, 'outgoing', type)).not.toThrow();
        }
      }),
    );
  });
});

describe('a số phụ', () => {
  it('gets the letter after the last, until there is none', () => {
    expect(nextSuffix([])).toBe('a');
    expect(nextSuffix(['', 'a', 'c', 'b'])).toBe('d');
    expect(nextSuffix(['z'])).toBeNull();
  });

  it.each([
    ['241a', 241, 'a', true],
    ['241A', 241, 'a', true],
    ['0241a', 241, 'a', true],
    ['241', 241, 'a', false],
    ['241b', 241, 'a', false],
    ['241a', 241, '', false],
    ['241ab', 241, 'a', false],
    ['241 a', 241, 'a', false],
  ])('a page printed %s is number %d%s: %s', (printed, number, suffix, same) => {
    expect(isPrintedNumber(printed, number, suffix)).toBe(same);
  });
});

it('copies have the abbreviations of Điều 25', () => {
  expect(copyTypes.map(({ abbreviation }) => abbreviation)).toEqual(['SY', 'SL', 'TrS']);
  expect(documentTypeByAbbreviation('TrS')?.name).toBe('Trích sao');
});

describe('what a book says of the recipients', () => {
  it('is their names, or of many the lines of the letter, with how many they are', () => {
    const lines = {
      recipientLines: ['Như trên;', '- CT, các PCT UBND tỉnh;', 'Lưu: VT, P. NNMT.'],
      addressees: ['- Các Sở, ban, ngành;', '- UBND các xã, phường.'],
    };
    expect(recipientsInBook('Sở A; Sở B', 2, lines)).toBe('Sở A; Sở B');
    expect(recipientsInBook('Sở A; …', 122, lines)).toBe(
      'Các Sở, ban, ngành; UBND các xã, phường; CT, các PCT UBND tỉnh (122 nơi)',
    );
    expect(recipientsInBook('Sở A; …', 122, { recipientLines: ['Lưu: VT'], addressees: [] })).toBe('Sở A; …');
  });

  it('is who keeps the file copy, from the last line', () => {
    expect(keeperIn(['Như trên;', '- Lưu: VT, P. NNMT.'])).toBe('VT, P. NNMT');
    expect(keeperIn(['Lưu VT'])).toBe('VT');
    expect(keeperIn(['Như trên'])).toBe('');
  });
});
