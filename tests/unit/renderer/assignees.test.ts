import { describe, expect, it } from 'vitest';
import type { HandlingChoice } from '#shared/contract/handling.ts';
import { matchingChoices, partOfKeys, withAssignee } from '#renderer/features/handling/assignees.ts';

const choice = (name: string, title = '', unitName = ''): HandlingChoice => ({
  kind: 'person',
  id: name,
  name,
  title,
  unitName,
  isLeader: false,
  times: 0,
});

describe('who gets a document', () => {
  it('is chosen by keys', () => {
    expect(partOfKeys({ shift: false, alt: false })).toBe('lead');
    expect(partOfKeys({ shift: true, alt: false })).toBe('support');
    expect(partOfKeys({ shift: false, alt: true })).toBe('inform');
  });

  it('has one lead: whoever led before helps', () => {
    const a = { part: 'lead', kind: 'person', id: 'a' } as const;
    const b = { part: 'lead', kind: 'unit', id: 'b' } as const;
    expect(withAssignee([a], b)).toEqual([b, { ...a, part: 'support' }]);
    // The same one gets another part, not a second.
    expect(withAssignee([b, { ...a, part: 'support' }], { ...a, part: 'inform' })).toEqual([
      b,
      { ...a, part: 'inform' },
    ]);
    expect(withAssignee([a], { ...a, part: 'support' })).toEqual([{ ...a, part: 'support' }]);
  });

  it('is found by name, title, unit and initials, with accents or without', () => {
    const all = [
      choice('Bùi Hồng Quý', 'Chánh Văn phòng'),
      choice('Lê Thị Hải Vân', 'Chuyên viên', 'Phòng Nông nghiệp - Môi trường'),
      choice('Đỗ Minh Sang', 'Chuyên viên', 'Phòng Nội chính'),
    ];
    const found = (typed: string) => matchingChoices(all, typed).map(({ name }) => name);
    expect(found('')).toHaveLength(3);
    expect(found('hai van')).toEqual(['Lê Thị Hải Vân']);
    expect(found('do sang')).toEqual(['Đỗ Minh Sang']);
    expect(found('chánh')).toEqual(['Bùi Hồng Quý']);
    expect(found('nnmt')).toEqual(['Lê Thị Hải Vân']);
    expect(found('nội chính')).toEqual(['Đỗ Minh Sang']);
    expect(found('xyz')).toEqual([]);
  });
});
