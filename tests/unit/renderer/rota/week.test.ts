import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onDuty } from '#shared/domain/rota.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import {
  axisHours,
  dutyDayOf,
  headRow,
  mondayOf,
  neighbour,
  weekColumns,
  weekNumber,
} from '#renderer/features/rota/week.ts';
import { at, dutyRota, substitution } from '#tests/support/duty-rota.ts';

const MONDAY = '2026-11-30';
const clock = (instant: number) => vietnamTimestamp(instant).slice(11, 16);
const brief = (rota: typeof dutyRota, weekday: number) =>
  weekColumns(rota, MONDAY)[weekday - 1]?.blocks.map(
    ({ from, to, officerId, source }) => `${clock(from)}–${clock(to)} ${officerId ?? 'nobody'} ${source}`,
  );

describe('a duty week', () => {
  it('is seven days from 07:00 to 07:00, nights whole', () => {
    const columns = weekColumns(dutyRota, MONDAY);
    expect(columns.map(({ day }) => day)).toEqual([
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
      '2026-12-04',
      '2026-12-05',
      '2026-12-06',
    ]);
    expect(brief(dutyRota, 1)).toEqual(['07:00–17:00 hoa pattern', '17:00–07:00 bhem pattern']);
    expect(columns[0]?.blocks.map(({ top, height }) => [top, height])).toEqual([
      [0, 10 / 24],
      [10 / 24, 14 / 24],
    ]);
  });

  it('leaves a block beneath a substitution its remaining hours, and says who is replaced', () => {
    const rota = {
      ...dutyRota,
      substitutions: [substitution('s', '2026-12-02 13:00', '2026-12-03 07:00', 'tu')],
    };
    expect(brief(rota, 3)).toEqual(['07:00–13:00 hlinh pattern', '13:00–07:00 tu substitution']);
    expect(weekColumns(rota, MONDAY)[2]?.blocks[1]).toMatchObject({ replaces: ['hlinh', 'bhem'], continues: false });
  });

  it('goes on with a substitution over several days in each of them', () => {
    const rota = {
      ...dutyRota,
      substitutions: [substitution('s', '2026-12-01 12:00', '2026-12-03 09:00', 'ha')],
    };
    expect([2, 3, 4].map((weekday) => brief(rota, weekday)?.filter((text) => text.includes('ha ')))).toEqual([
      ['12:00–07:00 ha substitution'],
      ['07:00–07:00 ha substitution'],
      ['07:00–09:00 ha substitution'],
    ]);
    expect(weekColumns(rota, MONDAY)[2]?.blocks[0]?.continues).toBe(true);
  });

  it('shows a gap', () => {
    const rota = {
      ...dutyRota,
      shifts: dutyRota.shifts.filter(({ weekday, from }) => weekday !== 6 || from === '07:00'),
    };
    expect(brief(rota, 6)).toEqual(['07:00–17:00 tu pattern', '17:00–07:00 nobody gap']);
  });

  it('shows at each instant whom the sender would tell', () => {
    const start = at('2026-11-30 07:00');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7 * 1440 - 1 }),
        fc.integer({ min: 0, max: 7 * 1440 }),
        fc.integer({ min: 1, max: 3000 }),
        (minute, begins, lasts) => {
          const instant = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
          const rota = {
            ...dutyRota,
            substitutions: [
              { id: 's', from: instant(begins), to: instant(begins + lasts), officerId: 'ha', reason: '' },
            ],
          };
          const now = start + minute * 60_000;
          const shown = weekColumns(rota, MONDAY)
            .flatMap(({ blocks }) => blocks)
            .filter((block) => block.from <= now && now < block.to);
          expect(shown.map(({ officerId }) => officerId)).toEqual([onDuty(rota, now)]);
        },
      ),
    );
  });

  it('begins on the Monday at 07:00, and has the number of ISO 8601', () => {
    expect(dutyDayOf(at('2026-12-01 06:59'))).toBe('2026-11-30');
    expect(dutyDayOf(at('2026-12-01 07:00'))).toBe('2026-12-01');
    expect(mondayOf(at('2026-12-07 06:59'))).toBe(MONDAY);
    expect(mondayOf(at('2026-12-07 07:00'))).toBe('2026-12-07');
    expect([MONDAY, '2026-12-28', '2027-01-04', '2024-12-30'].map(weekNumber)).toEqual([49, 53, 1, 1]);
    expect([axisHours.at(0), axisHours.at(-1)]).toEqual([0, 24]);
  });

  it('has a row for the head of office with who stands in', () => {
    const rota = {
      ...dutyRota,
      headSubstitutions: [substitution('h', '2026-12-04 07:00', '2026-12-07 07:00', 'ha')],
    };
    expect(headRow(rota, MONDAY).map(({ officerId, left, width }) => [officerId, left * 7, width * 7])).toEqual([
      ['tri', 0, 4],
      ['ha', 4, 3],
    ]);
    expect(headRow({ ...dutyRota, headOfOffice: null }, MONDAY)).toMatchObject([{ source: 'gap', width: 1 }]);
  });

  it('is walked through with the arrow keys', () => {
    const columns = weekColumns(dutyRota, MONDAY);
    const from = at('2026-12-02 17:00');
    const go = (key: Parameters<typeof neighbour>[2]) => neighbour(columns, from, key)?.from ?? null;
    expect(go('ArrowUp')).toBe(at('2026-12-02 07:00'));
    expect(go('ArrowDown')).toBeNull();
    expect(go('ArrowLeft')).toBe(at('2026-12-01 17:00'));
    expect(go('ArrowRight')).toBe(at('2026-12-03 17:00'));
    expect(neighbour(columns, at('2026-11-30 07:00'), 'ArrowLeft')).toBeNull();
  });
});
