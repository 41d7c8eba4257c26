import { describe, expect, it } from 'vitest';
import { comingProblems } from '#shared/domain/coming-problems.ts';
import { at, dutyOf, dutyRota, substitution } from '#tests/support/duty-rota.ts';

const duty = dutyOf(dutyRota);
const now = at('2026-11-27 15:06');
const codes = (rota = dutyRota, context = duty, when = now) =>
  comingProblems(rota, context, when).map(({ code }) => code);

describe('what is going to hurt', () => {
  it('is nothing with a rota that is whole', () => {
    expect(codes()).toEqual([]);
  });

  it('is a weekly gap once, with how often it comes again, and what keeps an express away first', () => {
    const officers = dutyRota.officers.map((one) => (one.id === 'bhem' ? { ...one, phoneVerifiedAt: null } : one));
    const rota = { ...dutyRota, officers, shifts: dutyRota.shifts.slice(1) };
    expect(comingProblems(rota, duty, now)).toMatchObject([
      { code: 'gap', span: { from: at('2026-11-30 07:00') }, later: 1 },
      { code: 'number-not-verified', params: { officerId: 'bhem' }, later: 0 },
    ]);
  });

  it('is one gap also while it goes on, and when the two weeks end within it', () => {
    const night = ({ weekday, from }: { weekday: number; from: string }) => weekday === 6 && from === '17:00';
    const rota = { ...dutyRota, shifts: dutyRota.shifts.filter((shift) => !night(shift)) };
    expect(comingProblems(rota, duty, at('2026-11-28 20:00'))).toMatchObject([
      { code: 'gap', span: { from: at('2026-11-28 20:00'), to: at('2026-11-29 07:00') }, later: 2 },
    ]);
  });

  it('is never what is over, and not what is far off', () => {
    const gone = (from: string, to: string) => ({ ...dutyRota, substitutions: [substitution('s', from, to, 'gone')] });
    expect(codes(gone('2026-11-20 07:00', '2026-11-27 15:06'))).toEqual([]);
    expect(codes(gone('2026-11-27 15:00', '2026-11-27 15:07'))).toEqual(['unknown-officer']);
    expect(codes(gone('2026-12-20 07:00', '2026-12-21 07:00'))).toEqual([]);
  });

  it('is a step that the exchange has no way for', () => {
    expect(codes(dutyRota, { ...duty, channels: [] })).toContain('step-unreachable');
  });

  it('is no missing e-mail', () => {
    expect(codes({ ...dutyRota, officers: dutyRota.officers.map((one) => ({ ...one, email: null })) })).toEqual(
      expect.not.arrayContaining(['no-email']),
    );
  });
});
