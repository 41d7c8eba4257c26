import { describe, expect, it } from 'vitest';
import { comparablePerson, isSamePerson } from '#shared/domain/person-name.ts';

describe('one person', () => {
  it.each([
    ['Bùi Hồng Quý', 'BÙI HỒNG QUÝ'],
    ['Bùi Hồng Quý', 'Bui Hong Quy'],
    ['Đỗ Thị Êban', '\u00d0ỗ Thị Êban'],
    ['Nguyễn Thị Thu Nguyệt', 'Bà Nguyễn Thị Thu Nguyệt'],
    ['Trần Văn An', 'TS. Trần Văn An'],
    ['Trần Văn An', 'PGS.TS. Trần Văn An'],
    ['Trần Văn An', 'Đại tá Trần Văn An'],
    ['Trần Văn An', 'Trần Văn An - Giám đốc'],
    ['Trần Văn An', 'Trần Văn An (ký thay)'],
    ['Trần Văn An', 'TRAN VAN AN:012345678'],
    ['Y Bình Niê', 'Y Bình Niê'],
    ['Bá Văn Tùng', 'Ông Bá Văn Tùng'],
    ['Hoà Bình', 'Hòa Bình'.normalize('NFD')],
  ])('%s and %s', (one, other) => expect(isSamePerson(one, other)).toBe(true));
});

describe('two persons', () => {
  it.each([
    ['Bùi Hồng Quý', 'Nguyễn Thị Thu Nguyệt'],
    ['Nguyễn Văn An', 'Nguyễn Văn Ân Bình'],
    ['Nguyễn Văn An', 'Trần Văn An'],
    ['Nguyễn Văn An', 'Nguyễn An'],
    ['', ''],
    ['Ông', 'Bà'],
  ])('%s and %s', (one, other) => expect(isSamePerson(one, other)).toBe(false));
});

it('a name that is a title alone stays what it is', () => {
  expect(comparablePerson('Bà')).toBe('ba');
});
