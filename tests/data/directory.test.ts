import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agency } from '#tests/support/office-hub.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

let open: OpenTestRegisters;
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

describe('the directory', () => {
  it('holds an agency up to its last day, and forgets none that documents name', () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    open.tx((stores) =>
      stores.agencies.put([
        agency('A', 'Sở còn mãi'),
        agency('B', 'Sở sắp hết', { validTo: day(2) }),
        agency('C', 'Sở đã hết', { validTo: day(-2) }),
      ]),
    );
    expect(
      open.registers.agencies
        .search('so', 10)
        .agencies.map(({ code }) => code)
        .toSorted(),
    ).toEqual(['A', 'B']);
    expect(
      open.registers.agencies
        .all()
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual(['A', 'B']);
    expect(open.registers.agencies.find('B')?.name).toBe('Sở sắp hết');
    expect(open.registers.agencies.find('C')).toBeNull();
    open.tx((stores) => stores.agencies.put([agency('A', 'Sở đổi tên')]));
    expect(open.registers.agencies.search('doi ten', 10).total).toBe(1);
  });
});
