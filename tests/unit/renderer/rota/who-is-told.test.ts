import { describe, expect, it } from 'vitest';
import { chainOf, resolveTarget } from '#shared/domain/escalation.ts';
import { policyFor } from '#shared/domain/escalation-policy.ts';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import type { Rota } from '#shared/domain/rota.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { whoIsTold } from '#renderer/features/rota/who-is-told.ts';
import { at, dutyOf, dutyRota, substitution } from '#tests/support/duty-rota.ts';

const duty = dutyOf(dutyRota);
const clock = (instant: number) => vietnamTimestamp(instant).slice(11, 16);
const shown = (rota: Rota, from: string, to: string, context = duty) =>
  whoIsTold(rota, context, at(from), at(to)).map((stretch) => [
    clock(stretch.from),
    ...stretch.steps.map(({ minutes, whom, again }) => {
      const name = whom.kind === 'officer' ? `${whom.officer.id}${whom.of === 'own' ? '' : '!'}` : `call ${whom.phone}`;
      return `${minutes} ${name}${again ? ' again' : ''}`;
    }),
  ]);

describe('who gets an express in a span', () => {
  it('is told minute by minute, with the next officer where the shift ends between two steps', () => {
    const rota = { ...dutyRota, substitutions: [substitution('s', '2026-12-02 13:00', '2026-12-03 07:00', 'tu')] };
    expect(shown(rota, '2026-12-02 13:00', '2026-12-03 07:00')).toEqual([
      ['13:00', '0 tu', '10 tu again', '20 tri', '30 call +842623000160'],
      ['06:50', '0 tu', '10 hoa', '20 tri', '30 call +842623000160'],
    ]);
  });

  it('is the head of office in a gap, the supervising agency without one, at last the sender’s call', () => {
    const gap = { ...dutyRota, shifts: [] };
    expect(shown(gap, '2026-12-05 17:00', '2026-12-06 07:00')).toEqual([
      ['17:00', '0 tri', '10 tri again', '20 tri again', '30 call +842623000160'],
    ]);
    const alone = { ...gap, headOfOffice: null };
    expect(shown(alone, '2026-12-05 17:00', '2026-12-05 18:00')[0]).toContain('0 supervisor!');
    expect(shown(alone, '2026-12-05 17:00', '2026-12-05 18:00', { ...duty, hasSupervisor: false })[0]).toContain(
      '0 call +842623000160',
    );
  });

  it('is nobody by a way that the exchange does not have', () => {
    expect(
      shown(dutyRota, '2026-12-05 17:00', '2026-12-05 18:00', { ...duty, channels: [], hasSupervisor: false })[0],
    ).toContain('0 call +842623000160');
    expect(
      whoIsTold(dutyRota, { ...duty, channels: ['email'] }, at('2026-12-05 08:00'), at('2026-12-05 09:00')),
    ).toMatchObject([{ steps: [{ whom: { channels: ['email'] } }, {}, {}, {}] }]);
    expect(whoIsTold(dutyRota, { ...duty, policies: [] }, at('2026-12-05 08:00'), at('2026-12-05 09:00'))).toEqual([]);
  });

  it('is at each minute what the sender computes', () => {
    const rota = {
      ...dutyRota,
      substitutions: [substitution('s', '2026-12-02 13:07', '2026-12-02 13:21', 'ha')],
      headSubstitutions: [substitution('h', '2026-12-02 13:30', '2026-12-02 18:00', 'ha')],
    };
    const policy = policyFor(defaultPolicies, 'express', 'opening');
    if (policy === null) throw new Error('no policy');
    const from = at('2026-12-02 12:00');
    const stretches = whoIsTold(rota, duty, from, at('2026-12-02 19:00'));
    expect(stretches.length).toBeGreaterThan(4);
    for (let arrival = from; arrival < at('2026-12-02 19:00'); arrival += 60_000) {
      const delivery = {
        availableAt: new Date(arrival).toISOString(),
        urgency: 'express' as const,
        expressAt: null,
        dueAt: null,
      };
      const sent = chainOf(policy, delivery, duty).steps.map((step) => {
        const whom = resolveTarget(step, { own: rota, supervisor: null }, step.at);
        return whom.kind === 'officer' ? whom.officer.id : whom.phone;
      });
      const told = stretches.find((stretch) => stretch.from <= arrival && arrival < stretch.to)?.steps;
      expect(told?.map(({ whom }) => (whom.kind === 'officer' ? whom.officer.id : whom.phone))).toEqual(sent);
    }
  });
});
