import { describe, expect, it } from 'vitest';
import type { LaneLetter } from '#shared/contract/incoming.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { choicesFor } from '#renderer/features/incoming/forward-choices.ts';
import { emptyLane, followLane, lettersAfter } from '#renderer/features/incoming/lane.ts';

const letter = (id: string, urgency: Urgency = 'normal'): LaneLetter => ({
  id,
  codeText: id,
  agencyName: 'Sở Nội vụ',
  urgency,
  expressAt: null,
  arrivedAt: '2026-11-24T02:00:00.000Z',
  source: 'exchange',
  limited: false,
});
const ids = (letters: readonly LaneLetter[]): string => letters.map(({ id }) => id).join('');
const done = (lane: typeof emptyLane, ...given: readonly string[]) => ({
  ...lane,
  done: new Map([...lane.done, ...given.map((id, at) => [id, at + 1] as const)]),
});

describe('the lane', () => {
  const waiting = ['a', 'b', 'c', 'd'].map((id) => letter(id));
  const lane = followLane(emptyLane, waiting, 'b');

  it('goes on behind the open letter, comes back to those before it, and takes express ones first', () => {
    expect(ids(lettersAfter(lane, 'b'))).toBe('cda');
    expect(ids(lettersAfter(done(lane, 'c'), 'b'))).toBe('da');
    const urgent = followLane(emptyLane, [letter('x', 'express'), ...waiting], 'b');
    expect(ids(lettersAfter(urgent, 'b'))).toBe('xcda');
    expect(ids(lettersAfter(done(lane, 'a', 'b', 'c', 'd'), 'd'))).toBe('');
  });

  it('passes over a limited one that is not for whoever looks', () => {
    const veiled: LaneLetter = { ...letter('c', 'express'), agencyName: '', limited: true, hidden: true };
    const some = followLane(emptyLane, [letter('a'), letter('b'), veiled, letter('d')], 'b');
    expect(ids(lettersAfter(some, 'b'))).toBe('da');
  });

  it('places an express arrival right after the open letter, behind others of its kind, and the rest at the end', () => {
    const first = followLane(lane, [letter('x', 'express'), letter('n'), ...waiting], 'b');
    expect(ids(first.letters)).toBe('abxcdn');
    const second = followLane(first, [letter('y', 'express-timed'), ...first.letters], 'b');
    expect(ids(second.letters)).toBe('abxycdn');
    expect(ids(lettersAfter(second, 'b'))).toBe('xycdna');
  });

  it('keeps the open letter and those that have their number, and drops what somebody else registered', () => {
    const left = followLane(done(lane, 'a'), [letter('d')], 'b');
    expect(ids(left.letters)).toBe('abd');
  });
});

describe('what "Chuyển tới" offers', () => {
  const choice = (text: string, times = 1) => ({ text, times });
  const choices = [choice('Phòng Tổng hợp', 9), choice('Trần Quốc Khải', 5), choice('Phòng Nông nghiệp', 2)];
  const offered = (value: string, last: string | null = null) =>
    choicesFor(last === null ? null : choice(last), choices, [], value).map(({ text }) => text);

  it('is also every unit and person of the office, once, with the unit where two bear a name', () => {
    const one = { title: '', times: 0, isLeader: false };
    const people = [
      { ...one, kind: 'person' as const, id: 'a', name: 'Lê Hoa', unitName: 'Phòng Tổng hợp' },
      { ...one, kind: 'person' as const, id: 'b', name: 'Lê Hoa', unitName: 'Phòng Nông nghiệp' },
      { ...one, kind: 'unit' as const, id: 'u', name: 'Phòng Tổng hợp', unitName: '' },
    ];
    const found = choicesFor(null, choices, people, 'photo 2 bản; le hoa');
    expect(found.map(({ text, kind }) => [text, kind])).toEqual([
      ['Lê Hoa (Phòng Tổng hợp)', 'person'],
      ['Lê Hoa (Phòng Nông nghiệp)', 'person'],
    ]);
    expect(choicesFor(null, choices, people, 'phong tong').map(({ text, kind }) => [text, kind])).toEqual([
      ['Phòng Tổng hợp', 'unit'],
      ['Lê Hoa (Phòng Tổng hợp)', 'person'],
    ]);
  });

  it('is where the last one of this agency went, then what is used most', () => {
    expect(offered('', 'Phòng Nông nghiệp')).toEqual(['Phòng Nông nghiệp', 'Phòng Tổng hợp', 'Trần Quốc Khải']);
  });

  it('finds with accents or none, beginnings before the rest, and nothing that is in the field already', () => {
    expect(offered('tong')).toEqual(['Phòng Tổng hợp']);
    expect(offered('phòng n')).toEqual(['Phòng Nông nghiệp']);
    expect(offered('Phòng Tổng hợp; ')).toEqual(['Trần Quốc Khải', 'Phòng Nông nghiệp']);
    expect(offered('Phòng Tổng hợp; k')).toEqual(['Trần Quốc Khải']);
    expect(offered('Phòng Tổng hợp')).toEqual([]);
  });
});
