import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forwardLabel, forwardParts, forwardStep, type ForwardTarget } from '#shared/domain/forward.ts';

const unit = (name: string): ForwardTarget => ({ kind: 'unit', id: `u ${name}`, name, unitName: '', isLeader: false });
const person = (name: string, unitName = '', isLeader = false): ForwardTarget => ({
  kind: 'person',
  id: `p ${name} ${unitName}`,
  name,
  unitName,
  isLeader,
});
const targets = [
  person('Bùi Hồng Quý', '', true),
  person('Trần Thị Mai', 'Phòng Nội chính', true),
  person('Nguyễn Văn Hòa', 'Phòng Hành chính'),
  person('Nguyễn Văn Hòa', 'Phòng Nội chính'),
  person('Nguyễn Văn Hoà Bình', 'Phòng Hành chính'),
  unit('Phòng Hành chính'),
  unit('Phòng Nội chính'),
];
const said = (text: string): string => {
  const step = forwardStep(text, targets);
  if (step === null) return '';
  if (step.step === 'submit') return `submit ${step.leader.id}`;
  return step.assignees.map(({ part, id }) => `${part} ${id}`).join(', ');
};

describe('what stands in "Chuyển tới"', () => {
  it.each([
    ['', ''],
    ['Chuyển chị Lan photo', ''],
    ['Phòng Hành chính', 'lead u Phòng Hành chính'],
    ['  phong  hanh chinh ; ', 'lead u Phòng Hành chính'],
    ['Phòng Nội chính; Phòng Hành chính', 'lead u Phòng Nội chính, support u Phòng Hành chính'],
    ['Phòng Nội chính; lưu hồ sơ; Phòng Nội chính', 'lead u Phòng Nội chính'],
    ['Bùi Hồng Quý', 'submit p Bùi Hồng Quý '],
    ['Bùi Hồng Quý; Phòng Nội chính', 'submit p Bùi Hồng Quý '],
    ['Phòng Nội chính; Bùi Hồng Quý', 'lead u Phòng Nội chính, inform p Bùi Hồng Quý '],
    // The leader of a unit works on it.
    ['Trần Thị Mai', 'lead p Trần Thị Mai Phòng Nội chính'],
    // Two bear the name: only the label says which.
    ['Nguyễn Văn Hòa', ''],
    ['Nguyễn Văn Hòa (Phòng Nội chính)', 'lead p Nguyễn Văn Hòa Phòng Nội chính'],
    ['Nguyễn Văn Hoà Bình'.normalize('NFD'), 'lead p Nguyễn Văn Hoà Bình Phòng Hành chính'],
  ])('%j means %j', (text, meant) => {
    expect(said(text)).toBe(meant);
  });

  it('every choice is found again by its label, alone and among others', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(targets, { minLength: 1 }), (chosen) => {
        const text = chosen.map((target) => forwardLabel(target, targets)).join('; ');
        const step = forwardStep(text, targets);
        if (step?.step === 'assign') expect(step.assignees.map(({ id }) => id)).toEqual(chosen.map(({ id }) => id));
        else expect(step?.leader).toBe(chosen[0]);
      }),
    );
  });

  it('any text is read without harm, and leads with one at most', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...targets.map(({ name }) => name), 'khác')).map((parts) => parts.join(' ;')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const step = forwardStep(text, targets);
        if (step?.step !== 'assign') return;
        expect(step.assignees.filter(({ part }) => part === 'lead')).toHaveLength(1);
        expect(new Set(step.assignees.map(({ id }) => id)).size).toBe(step.assignees.length);
        expect(step.assignees.length).toBeLessThanOrEqual(forwardParts(text).length);
      }),
    );
  });
});
