import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDraft, plainFields } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openTestOffice();
});
afterEach(() => office.close());

const unit = async (name: string, abbreviation: string) =>
  (await office.ok('people.saveUnit', { unitId: null, name, abbreviation, position: 0 })).unitId;
const set = (
  agency: string,
  of: { bookId?: string; unitId?: string } = {},
  unitIn: 'letters' | 'all' | 'none' = 'letters',
) => office.ok('books.saveNotation', { bookId: null, unitId: null, ...of, agency, unitIn, withYear: false });
const proposed = async (documentType: string, ...recipientLines: string[]) =>
  (await office.ok('outgoing.notations', { documentType, recipientLines })).proposed;

describe('the notation of a letter', () => {
  it('comes from the template, by the type and the unit that keeps the file copy, as NĐ 30/2020 writes it', async () => {
    expect(await proposed('Công văn', 'Lưu: VT, TCCC')).toBeNull();
    await unit('Phòng Tổ chức công chức', 'TCCC');
    await unit('Văn phòng', 'VP');
    await set('SNV');
    expect(await proposed('Công văn', '- Như trên;', '- Lưu: VT, TCCC (3b).')).toBe('SNV-TCCC');
    expect(await proposed('Công văn', 'Lưu: VT, VP')).toBe('SNV-VP');
    expect(await proposed('Công văn', 'Lưu: VT')).toBe('SNV');
    expect(await proposed('Quyết định', 'Lưu: VT, TCCC')).toBe('QĐ-SNV');
    expect(await proposed('Sao y')).toBe('SY-SNV');
    expect(await proposed('Trích sao')).toBe('TrS-SNV');
    expect(await proposed('Sao lục')).toBe('SL-SNV');
    const { choices } = await office.ok('outgoing.notations', { documentType: 'Công văn', recipientLines: [] });
    expect(choices).toEqual([
      { notation: 'SNV', units: [] },
      { notation: 'SNV-TCCC', units: ['Phòng Tổ chức công chức'] },
      { notation: 'SNV-VP', units: ['Văn phòng'] },
    ]);
  });

  it('of a book comes before that of a unit, and both before that of the office', async () => {
    const office1 = await unit('Văn phòng', 'VP');
    const { bookId } = await office.ok('books.create', {
      direction: 'outgoing',
      name: 'Sổ quyết định',
      documentTypes: ['Quyết định'],
    });
    await set('SNV');
    await set('VPSNV', { unitId: office1 }, 'none');
    await set('UBND', { bookId }, 'none');
    expect(await proposed('Quyết định', 'Lưu: VT, VP')).toBe('QĐ-UBND');
    expect(await proposed('Công văn', 'Lưu: VT, VP')).toBe('VPSNV');
    expect(await proposed('Tờ trình', 'Lưu: VT')).toBe('TTr-SNV');
    await set('CTUBND', { bookId, unitId: office1 }, 'all');
    expect(await proposed('Quyết định', 'Lưu: VT, VP')).toBe('QĐ-CTUBND-VP');
    await office.ok('books.removeNotation', { bookId, unitId: null });
    expect(await proposed('Quyết định', 'Lưu: VT')).toBe('QĐ-SNV');
    const example = { bookId: null, unitId: null, agency: ' ubnd – x ', unitIn: 'none', withYear: true } as const;
    expect(await office.ok('books.saveNotation', example)).toEqual({ example: 'ubnd-x' });
    expect(await proposed('Tờ trình')).toMatch(/^20\d\d\/TTr-ubnd-x$/);
  });

  it('of no template asks for a decision before the letter is issued, and one of another unit does not', async () => {
    await unit('Phòng Tổ chức công chức', 'TCCC');
    await set('VPUBND');
    const look = async (notation: string) => {
      const { id } = await createDraft(office, [], { fields: { ...plainFields, notation } });
      const { differences, matches } = await office.ok('outgoing.look', { id });
      return {
        differs: differences.filter(({ kind }) => kind === 'template').map(({ page, other }) => [page, other]),
        fits: matches.filter(({ kind }) => kind === 'template').map(({ value }) => value),
      };
    };
    expect(await look('VPUBND-TCCC')).toEqual({ differs: [], fits: ['VPUBND-TCCC'] });
    expect(await look('vpubnd – tccc')).toEqual({ differs: [], fits: ['vpubnd-tccc'] });
    expect((await look('SNV-TCCC')).differs).toEqual([['SNV-TCCC', 'VPUBND']]);
    await office.ok('books.removeNotation', { bookId: null, unitId: null });
    expect(await look('SNV-TCCC')).toEqual({ differs: [], fits: [] });
  });

  it('is refused where it could stand in none', async () => {
    const refused = (change: object) =>
      office.refused('books.saveNotation', {
        bookId: null,
        unitId: null,
        agency: 'UBND',
        unitIn: 'letters',
        withYear: false,
        ...change,
      } as never);
    expect(await refused({ agency: 'U B N D' })).toBe('NOTATION_WRONG');
    expect(await refused({ agency: '2016/UBND' })).toBe('NOTATION_WRONG');
    expect(await refused({ agency: '12' })).toBe('NOTATION_WRONG');
    expect(await refused({ bookId: 'unknown' })).toBe('NOT_FOUND');
    expect(await refused({ unitId: crypto.randomUUID() })).toBe('NOT_FOUND');
    expect(await office.refused('books.removeNotation', { bookId: null, unitId: null })).toBe('NOT_FOUND');
  });
});
