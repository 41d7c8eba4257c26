import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dutySpans,
  headOn,
  nextOnDuty,
  onDuty,
  rotaSchema,
  type DutySpan,
  type Officer,
  type Rota,
} from '#shared/domain/rota.ts';
import { rotaProblems, substitutionProblems } from '#shared/domain/rota-problems.ts';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import type { EscalationPolicy, EscalationTarget } from '#shared/domain/escalation-policy.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { at, dutyRota as rota, dutyWeek, substitution } from '#tests/support/duty-rota.ts';

const MINUTE = 60_000;
const shown = (instant: number) => vietnamTimestamp(instant).slice(5, 16).replace('T', ' ');
const brief = ({ from, to, officerId }: DutySpan) => `${shown(from)} – ${shown(to)} ${officerId ?? '–'}`;

const from = at('2026-11-30 07:00');
const to = at('2026-12-07 07:00');
const without = (...places: readonly number[]): Rota => ({
  ...rota,
  shifts: rota.shifts.filter((_, place) => !places.includes(place)),
});

describe('who is on duty', () => {
  it('follows the week in local hours, a night belonging to the day it began', () => {
    const spans = dutySpans(rota, from, to);
    expect(spans).toHaveLength(14);
    expect(spans.slice(0, 3).map(brief)).toEqual([
      '11-30 07:00 – 11-30 17:00 hoa',
      '11-30 17:00 – 12-01 07:00 bhem',
      '12-01 07:00 – 12-01 17:00 hlinh',
    ]);
    expect(onDuty(rota, at('2026-12-07 06:59'))).toBe('hlinh');
    expect(onDuty(rota, at('2026-12-07 07:00'))).toBe('hoa');
    expect(rotaSchema.parse(rota)).toEqual(rota);
  });

  it('tells one person at the moment of change, not two', () => {
    const change = at('2026-11-30 17:00');
    expect([onDuty(rota, change - 1), onDuty(rota, change)]).toEqual(['hoa', 'bhem']);
  });

  it('weekends and holidays do not shift the rotation', () => {
    // Over Tết and its weekends, week after week.
    for (let start = at('2026-02-02 07:00'); start < at('2026-03-09 07:00'); start += to - from) {
      expect(dutySpans(rota, start, start + to - from).map(({ officerId }) => officerId)).toEqual(
        dutyWeek.flatMap(([, day, night]) => [day, night]),
      );
    }
  });

  it('a substitution lies over the pattern and leaves the rest of both shifts as they are', () => {
    const changed = { ...rota, substitutions: [substitution('s', '2026-12-02 13:00', '2026-12-02 20:00', 'tu')] };
    const spans = dutySpans(changed, at('2026-12-02 07:00'), at('2026-12-03 07:00'));
    expect(spans.map(brief)).toEqual([
      '12-02 07:00 – 12-02 13:00 hlinh',
      '12-02 13:00 – 12-02 20:00 tu',
      '12-02 20:00 – 12-03 07:00 bhem',
    ]);
    expect(spans[1]).toMatchObject({ source: 'substitution', substitutionId: 's', replaces: ['hlinh', 'bhem'] });
  });

  it('a substitution never merges two spans', () => {
    // By the officer of the shift beside it, twice in a row, and in the middle of a shift.
    const changed = {
      ...rota,
      substitutions: [
        substitution('a', '2026-12-01 10:00', '2026-12-01 12:00', 'tu'),
        substitution('b', '2026-12-01 12:00', '2026-12-01 17:00', 'tu'),
      ],
    };
    expect(dutySpans(changed, at('2026-12-01 07:00'), at('2026-12-02 07:00')).map(brief)).toEqual([
      '12-01 07:00 – 12-01 10:00 hlinh',
      '12-01 10:00 – 12-01 12:00 tu',
      '12-01 12:00 – 12-01 17:00 tu',
      '12-01 17:00 – 12-02 07:00 tu',
    ]);
    const middle = { ...rota, substitutions: [substitution('m', '2026-12-01 10:00', '2026-12-01 11:00', 'hlinh')] };
    expect(dutySpans(middle, at('2026-12-01 07:00'), at('2026-12-01 17:00'))).toHaveLength(3);
  });

  it('a later substitution lies over an earlier one, whose rest stays on both sides', () => {
    const changed = {
      ...rota,
      substitutions: [
        substitution('early', '2026-12-01 08:00', '2026-12-01 16:00', 'tri'),
        substitution('late', '2026-12-01 10:00', '2026-12-01 11:00', 'ha'),
      ],
    };
    const spans = dutySpans(changed, at('2026-12-01 08:00'), at('2026-12-01 16:00'));
    expect(spans.map(({ substitutionId, replaces }) => [substitutionId, ...replaces])).toEqual([
      ['early', 'hlinh'],
      ['late', 'tri'],
      ['early', 'hlinh'],
    ]);
  });

  it('where two shifts overlap the first listed is on duty', () => {
    const both = { ...rota, shifts: [...rota.shifts, { weekday: 1, from: '16:00', to: '18:00', officerId: 'ha' }] };
    expect(onDuty(both, at('2026-11-30 16:30'))).toBe('hoa');
    expect(onDuty(both, at('2026-11-30 17:30'))).toBe('bhem');
  });

  it('a shift from 07:00 to 07:00 is a whole day', () => {
    const whole = { ...rota, shifts: [{ weekday: 1, from: '07:00', to: '07:00', officerId: 'hoa' }] };
    expect(dutySpans(whole, from, to).map(brief)).toEqual([
      '11-30 07:00 – 12-01 07:00 hoa',
      '12-01 07:00 – 12-07 07:00 –',
    ]);
  });

  it('next on duty is another person, past shifts of the same one and gaps', () => {
    const tired = { ...rota, shifts: rota.shifts.filter(({ officerId }) => officerId === 'hoa' || officerId === 'tu') };
    // Monday by day; the next shift kept is Tuesday night's.
    expect(nextOnDuty(tired, at('2026-11-30 09:00'))).toBe('tu');
    expect(nextOnDuty(tired, at('2026-12-05 20:00'))).toBe('hoa');
    expect(nextOnDuty({ ...rota, shifts: rota.shifts.slice(0, 1) }, from)).toBeNull();
  });

  it('the head of office is replaced for a span', () => {
    const away = { ...rota, headSubstitutions: [substitution('h', '2026-12-04 07:00', '2026-12-07 07:00', 'ha')] };
    expect([headOn(away, at('2026-12-04 06:59')), headOn(away, at('2026-12-04 07:00'))]).toEqual(['tri', 'ha']);
    expect(headOn({ ...rota, headOfOffice: null }, from)).toBeNull();
  });

  const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => {
    const part = (value: number) => String(value).padStart(2, '0');
    return `${part(Math.floor(minute / 60))}:${part(minute % 60)}`;
  });
  const person = fc.constantFrom('hoa', 'bhem', 'tu');
  const shift = fc.record({ weekday: fc.integer({ min: 1, max: 7 }), from: clock, to: clock, officerId: person });
  const minutes = (to - from) / MINUTE;
  const instant = fc.integer({ min: -2000, max: minutes + 2000 }).map((minute) => from + minute * MINUTE);
  const replacement = fc
    .record({ from: instant, to: instant, officerId: person })
    .map((one) => ({ ...one, from: new Date(one.from).toISOString(), to: new Date(one.to).toISOString(), reason: '' }));
  const rotas = fc
    .record({ shifts: fc.array(shift, { maxLength: 12 }), substitutions: fc.array(replacement, { maxLength: 5 }) })
    .map(({ shifts, substitutions }) => ({
      ...rota,
      shifts,
      substitutions: substitutions.map((one, place) => ({ ...one, id: String(place) })),
    }));

  it('spans follow one another without hole or overlap and agree with every minute', () => {
    fc.assert(
      fc.property(rotas, fc.integer({ min: 0, max: 59 }), (any, offset) => {
        const spans = dutySpans(any, from, to);
        expect(spans[0]?.from).toBe(from);
        expect(spans.at(-1)?.to).toBe(to);
        for (const [place, span] of spans.entries()) {
          expect(span.from).toBeLessThan(span.to);
          if (place > 0) expect(span.from).toBe(spans[place - 1]?.to);
        }
        const wrong = [];
        // Every minute of the week over 60 runs; every change of it in each.
        for (let minute = offset; minute < minutes; minute += 60) {
          const now = from + minute * MINUTE;
          const span = spans.find((one) => one.from <= now && now < one.to);
          if (onDuty(any, now) !== span?.officerId || expected(any, now) !== span?.officerId) wrong.push(now);
        }
        for (const span of spans) {
          if (onDuty(any, span.from) !== span.officerId || onDuty(any, span.to - MINUTE) !== span.officerId) {
            wrong.push(span.from);
          }
        }
        expect(wrong).toEqual([]);
      }),
    );
  });
});

/** The answer by the definition, minute for minute, in another way than by edges. */
function expected({ shifts, substitutions }: Rota, now: number): string | null {
  const over = substitutions.findLast((one) => Date.parse(one.from) <= now && now < Date.parse(one.to));
  if (over) return over.officerId;
  const local = new Date(now + 7 * 3_600_000);
  const time = local.toISOString().slice(11, 16);
  const today = local.getUTCDay() || 7;
  const yesterday = today === 1 ? 7 : today - 1;
  const holds = (one: Rota['shifts'][number]) =>
    one.from < one.to
      ? one.weekday === today && one.from <= time && time < one.to
      : (one.weekday === today && one.from <= time) || (one.weekday === yesterday && time < one.to);
  return shifts.find(holds)?.officerId ?? null;
}

describe('problems of a rota', () => {
  const policies = defaultPolicies;
  const problems = (faulty: Rota, now = from) => rotaProblems(faulty, policies, now, to, false);
  const codes = (faulty: Rota, now = from) => problems(faulty, now).map(({ code }) => code);
  const withOfficer = (id: string, change: Partial<Officer>): Rota => ({
    ...rota,
    officers: rota.officers.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });

  it('none in a whole rota', () => {
    expect(problems(rota)).toEqual([]);
  });

  it('a gap, with who is told instead', () => {
    const away = {
      ...without(11),
      headSubstitutions: [substitution('h', '2026-12-04 07:00', '2026-12-07 07:00', 'ha')],
    };
    expect(problems(away)).toEqual([
      { code: 'gap', params: { told: 'ha' }, span: { from: at('2026-12-05 17:00'), to: at('2026-12-06 07:00') } },
    ]);
  });

  it('only from now on', () => {
    expect(codes(without(0))).toEqual(['gap']);
    expect(codes(without(0), at('2026-11-30 17:00'))).toEqual([]);
    expect(problems(without(0), at('2026-11-30 12:00'))[0]?.span?.from).toBe(at('2026-11-30 12:00'));
    const old = substitution('old', '2026-11-01 07:00', '2026-11-02 07:00', 'nobody');
    expect(codes({ ...rota, substitutions: [old] })).toEqual([]);
  });

  it.each([
    ['no-number', { phone: null }],
    ['landline-only', { phone: '+842623000161' }],
    ['number-not-verified', { phoneVerifiedAt: null }],
    ['no-email', { email: null }],
  ] as const)('%s, with the first turn of that officer', (code, change) => {
    expect(problems(withOfficer('bhem', change))).toEqual([
      { code, params: { officerId: 'bhem' }, span: { from: at('2026-11-30 17:00'), to: at('2026-12-01 07:00') } },
    ]);
    // Who is never on duty harms nobody.
    expect(codes(withOfficer('ha', change))).toEqual([]);
  });

  it('two officers with one number', () => {
    expect(problems(withOfficer('tu', { phone: '+84900000412' }))).toEqual([
      { code: 'duplicate-phone', params: { officerId: 'tu', otherId: 'hoa' }, span: null },
    ]);
  });

  it('an overlap of the pattern', () => {
    const both = { ...rota, shifts: [...rota.shifts, { weekday: 1, from: '16:00', to: '17:00', officerId: 'ha' }] };
    expect(problems(both)).toEqual([
      {
        code: 'overlap',
        params: { officerId: 'hoa', otherId: 'ha' },
        span: { from: at('2026-11-30 16:00'), to: at('2026-11-30 17:00') },
      },
    ]);
  });

  it('a substitution that is reversed, by an unknown officer, or past', () => {
    const reversed = substitution('r', '2026-12-03 07:00', '2026-12-02 07:00', 'tu');
    const unknown = substitution('u', '2026-12-02 07:00', '2026-12-02 17:00', 'nobody');
    const past = substitution('p', '2026-11-01 07:00', '2026-11-02 07:00', 'tu');
    expect(codes({ ...rota, substitutions: [reversed] })).toEqual(['substitution-reversed']);
    expect(codes({ ...rota, substitutions: [unknown] })).toEqual(['unknown-officer']);
    expect(
      [reversed, unknown, past].map((one) => substitutionProblems(rota, one, from).map(({ code }) => code)),
    ).toEqual([['substitution-reversed'], ['unknown-officer'], ['substitution-past']]);
  });

  it.each([
    ['head-of-office', { ...rota, headOfOffice: null }],
    ['next-on-duty', { ...rota, shifts: rota.shifts.map((one) => ({ ...one, officerId: 'hoa' })) }],
    ['supervisor', rota],
    ['sender-call', { ...rota, officePhone: null, officers: rota.officers.map((one) => ({ ...one, phone: null })) }],
  ] as const)('a step to %s that can never be reached', (target: EscalationTarget, faulty: Rota) => {
    const policy: EscalationPolicy = {
      urgencies: ['express'],
      kind: 'opening',
      steps: [
        {
          timing: { when: 'after', minutes: 0, time: 'clock' },
          target,
          channels: target === 'sender-call' ? [] : ['sms', 'email'],
        },
      ],
      expressLimitMinutes: 30,
    };
    const found = rotaProblems(faulty, [policy], from, to, false).filter(({ code }) => code === 'step-unreachable');
    expect(found).toEqual([{ code: 'step-unreachable', params: { target, step: 0 }, span: null }]);
    expect(rotaProblems(rota, [policy], from, to, true)).toEqual([]);
  });
});
