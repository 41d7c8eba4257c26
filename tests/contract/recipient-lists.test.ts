import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

const DISTRICTS = 'UBND các huyện';
const known = [
  agency('H15.01', 'Văn phòng UBND tỉnh'),
  agency('H15.02', 'Sở Thông tin và Truyền thông'),
  agency('H15.03', 'Sở Nội vụ'),
  agency('H15.31', 'UBND huyện Ea Kar', { groups: [DISTRICTS] }),
  agency('H15.32', 'UBND huyện Krông Bông', { groups: [DISTRICTS] }),
  agency('H15.33', 'UBND huyện Lắk', { groups: [DISTRICTS] }),
];

let hub: ReturnType<typeof createOfficeHub>;
let office: TestOffice;
beforeEach(async () => {
  hub = createOfficeHub(known);
  office = await openTestOffice({ account: 'anhntp', ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 6);
});
afterEach(() => office.close());

const namesOf = async (text: string) =>
  (await office.ok('directory.groups', { text })).groups.map(({ name, agencies }) => `${name} · ${agencies.length}`);
const save = (name: string, codes: readonly string[], listId: string | null = null) =>
  office.ok('directory.saveList', { listId, name, codes: [...codes] });

describe('a group of recipients', () => {
  it.each(['UBND', 'ubnd cac huyen', 'Ủy ban', 'uy ban', 'các huyện', 'UBNDCH'])('is found by %s', async (text) => {
    expect(await namesOf(text)).toEqual([`${DISTRICTS} · 3`]);
  });

  it('stands for its members in a letter, also when one is taken out, and hides no few of many', async () => {
    const grouped = async (...codes: readonly string[]) => office.ok('directory.grouped', { codes: [...codes] });
    expect(await grouped('H15.02', 'H15.31', 'H15.32', 'H15.33')).toEqual({
      groups: [{ name: DISTRICTS, of: 3, codes: ['H15.31', 'H15.32', 'H15.33'] }],
      alone: ['H15.02'],
    });
    expect((await grouped('H15.33', 'H15.31')).groups).toEqual([
      { name: DISTRICTS, of: 3, codes: ['H15.33', 'H15.31'] },
    ]);
    expect(await grouped('H15.31')).toEqual({ groups: [], alone: ['H15.31'] });
    expect(await grouped('H99.99', 'H99.99')).toEqual({ groups: [], alone: ['H99.99'] });
  });
});

describe('a list of the office', () => {
  it('is offered before the groups of the directory, changed and dropped, and outlives a restart', async () => {
    const { listId } = await save('Các đơn vị UBND giao', ['H15.32', 'H15.03']);
    await office.restart();
    expect(await namesOf('UBND')).toEqual(['Các đơn vị UBND giao · 2', `${DISTRICTS} · 3`]);
    await save('Đơn vị báo cáo tuần', ['H15.02', 'H15.03', 'H15.32', 'H15.03'], listId);
    expect(await namesOf('bao cao tuan')).toEqual(['Đơn vị báo cáo tuần · 3']);
    expect(await namesOf('giao')).toEqual([]);
    expect(await office.ok('directory.removeList', { listId })).toEqual({ name: 'Đơn vị báo cáo tuần' });
    expect((await office.ok('directory.lists', {})).lists).toEqual([]);
    expect(await office.refused('directory.removeList', { listId })).toBe('NOT_FOUND');
    expect(await office.refused('directory.saveList', { listId, name: 'A', codes: ['H15.02'] })).toBe('NOT_FOUND');
  });

  it('is what a line of the letter means by its name', async () => {
    await save('Các trường trực thuộc', ['H15.03', 'H15.02']);
    const { agencies, unmatched } = await office.ok('directory.resolve', { lines: ['- Các trường trực thuộc;'] });
    expect(agencies.map(({ code }) => code).toSorted()).toEqual(['H15.02', 'H15.03']);
    expect(unmatched).toEqual([]);
  });

  it('says which member has left the directory, keeps its name, and leaves it out of a letter', async () => {
    const { listId } = await save('Đơn vị báo cáo', ['H15.03', 'H15.33']);
    const yesterday = new Date(Date.now() - 48 * 3_600_000).toISOString().slice(0, 10);
    hub.setAgencies(known.map((one) => (one.code === 'H15.33' ? { ...one, validTo: yesterday } : one)));
    await office.restart();
    await office.until('the agency is gone', async () => (await namesOf(DISTRICTS))[0] === `${DISTRICTS} · 2`);
    const [group] = (await office.ok('directory.groups', { text: 'bao cao' })).groups;
    expect(group?.agencies.map(({ code }) => code)).toEqual(['H15.03']);
    expect(group?.gone).toEqual([{ code: 'H15.33', name: 'UBND huyện Lắk' }]);
    // Another name takes nobody out; only a new member has to be in the directory.
    await save('Đơn vị báo cáo tháng', ['H15.03', 'H15.33'], listId);
    expect((await office.ok('directory.lists', {})).lists[0]?.members).toEqual([
      { code: 'H15.03', name: 'Sở Nội vụ', gone: false },
      { code: 'H15.33', name: 'UBND huyện Lắk', gone: true },
    ]);
    const other = { listId: null, name: 'Khác', codes: ['H15.33'] };
    expect(await office.refused('directory.saveList', other)).toBe('RECIPIENT_NOT_IN_DIRECTORY');
  });

  it('has a name of its own, members from the directory, and never this office', async () => {
    const of = (name: string, ...codes: string[]) =>
      office.refused('directory.saveList', { listId: null, name, codes });
    await save('Đơn vị báo cáo', ['H15.03']);
    expect(await of('don vi  BÁO CÁO', 'H15.02')).toBe('LIST_NAME_TAKEN');
    expect(await of('Ubnd Các Huyện', 'H15.02')).toBe('LIST_NAME_TAKEN');
    expect(await of('A', 'H99.99')).toBe('RECIPIENT_NOT_IN_DIRECTORY');
    expect(await of('A', 'H15.01')).toBe('RECIPIENT_IS_SELF');
    expect(await of('A')).toBe('INVALID_INPUT');
  });
});
