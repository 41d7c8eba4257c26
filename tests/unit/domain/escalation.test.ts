import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import {
  escalationPolicySchema,
  policyFor,
  type EscalationKind,
  type EscalationPolicy,
} from '#shared/domain/escalation-policy.ts';
import {
  chainOf,
  nextAction,
  openBy,
  resolveTarget,
  type Chain,
  type EscalatedDelivery,
  type EscalationState,
} from '#shared/domain/escalation.ts';
import type { Officer, Rota } from '#shared/domain/rota.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { vietnamHolidays } from '#shared/domain/vietnam-holidays.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { DEFAULT_OFFICE_HOURS } from '#shared/domain/working-time.ts';
import { at, officer, utc } from '#tests/support/duty-rota.ts';

const MINUTE = 60_000;
const shown = (instant: number) => vietnamTimestamp(instant).slice(5, 16).replace('T', ' ');
const context = { hours: DEFAULT_OFFICE_HOURS, calendar: vietnamHolidays };

function policy(urgency: Urgency, kind: EscalationKind = 'opening'): EscalationPolicy {
  const found = policyFor(defaultPolicies, urgency, kind);
  if (!found) throw new Error(`no policy for ${urgency}`);
  return found;
}

function delivery(urgency: Urgency, availableAt: string, more: Partial<EscalatedDelivery> = {}): EscalatedDelivery {
  return { availableAt: utc(availableAt), urgency, expressAt: null, dueAt: null, ...more };
}

const chain = (one: EscalatedDelivery, kind: EscalationKind = 'opening') =>
  chainOf(policy(one.urgency, kind), one, context);
const steps = ({ steps: planned }: Chain) => planned.map((step) => `${shown(step.at)} ${step.target}`);

const waiting: EscalationState = {
  openedAt: null,
  returnedAt: null,
  registeredAt: null,
  finishedAt: null,
  stepsDone: [],
  stopped: false,
};

describe('planned steps', () => {
  it('the default policies are well formed', () => {
    expect(defaultPolicies.map((one) => escalationPolicySchema.parse(one))).toEqual(defaultPolicies);
    expect(policyFor(defaultPolicies, 'normal', 'opening')).toBeNull();
  });

  it('an express: at once, again, the head of office, the call', () => {
    expect(steps(chain(delivery('express', '2026-11-28 23:50')))).toEqual([
      '11-28 23:50 on-duty',
      '11-29 00:00 on-duty',
      '11-29 00:10 head-of-office',
      '11-29 00:20 sender-call',
    ]);
  });

  const timed = (available: string, hour: string) =>
    chain(delivery('express-timed', available, { expressAt: utc(hour) }));

  it('an express with an hour is counted back from it', () => {
    expect(steps(timed('2026-11-27 13:23', '2026-11-27 14:00'))).toEqual([
      '11-27 13:23 on-duty',
      '11-27 13:35 on-duty',
      '11-27 13:45 head-of-office',
      '11-27 13:52 sender-call',
    ]);
  });

  it('with little time left the steps move together and none is dropped', () => {
    expect(steps(timed('2026-11-27 13:46', '2026-11-27 14:00'))).toEqual([
      '11-27 13:46 on-duty',
      '11-27 13:48 on-duty',
      '11-27 13:50 head-of-office',
      '11-27 13:52 sender-call',
    ]);
  });

  it.each(['2026-11-27 13:55', '2026-11-27 14:00', '2026-11-27 18:00'])(
    'at %s, too late for any step, the officer, the head and the call come at once',
    (available) => {
      const late = timed(available, '2026-11-27 14:00');
      expect(new Set(late.steps.map((step) => step.at))).toEqual(new Set([at(available)]));
      expect(carriedOut(late, waiting, at(available))).toEqual(['on-duty', 'head-of-office', 'sender-call']);
    },
  );

  it('without its hour it has the time of every express', () => {
    expect(steps(chain(delivery('express-timed', '2026-11-27 13:00'))).at(-1)).toBe('11-27 13:22 sender-call');
  });

  it('an hour changed after issue moves the steps that are left', () => {
    const done = { ...waiting, stepsDone: [0, 1] };
    const available = '2026-11-27 13:00';
    expect(nextAction(timed(available, '2026-11-27 14:00'), done, at('2026-11-27 13:36')).nextAt).toBe(
      at('2026-11-27 13:45'),
    );
    expect(nextAction(timed(available, '2026-11-27 16:00'), done, at('2026-11-27 13:36')).nextAt).toBe(
      at('2026-11-27 15:45'),
    );
  });

  it('never out of order, before the document, or with the call later than eight minutes before the hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 3000 }), (minutes) => {
        const available = at('2026-11-27 13:00');
        const hour = available + minutes * MINUTE;
        const { steps: planned } = chain(
          delivery('express-timed', '2026-11-27 13:00', { expressAt: new Date(hour).toISOString() }),
        );
        expect(planned.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
        expect(planned[0]?.at).toBe(available);
        expect(planned[3]?.at).toBe(Math.max(available, hour - 8 * MINUTE));
        for (const [place, step] of planned.entries()) {
          if (place > 0) expect(step.at).toBeGreaterThanOrEqual(planned[place - 1]?.at ?? 0);
        }
      }),
    );
  });

  it('a step counted from arrival never holds back one counted from the hour', () => {
    const slow: EscalationPolicy = {
      ...policy('express-timed'),
      steps: [
        { timing: { when: 'after', minutes: 120, time: 'clock' }, target: 'on-duty', channels: ['sms'] },
        { timing: { when: 'before-hour', minutes: 8 }, target: 'sender-call', channels: [] },
      ],
    };
    const one = delivery('express-timed', '2026-11-27 13:00', { expressAt: utc('2026-11-27 14:00') });
    expect(steps(chainOf(slow, one, context))).toEqual(['11-27 13:52 on-duty', '11-27 13:52 sender-call']);
  });

  it('urgent ones wait for office hours, over the weekend and Tết', () => {
    expect(steps(chain(delivery('very-urgent', '2026-02-13 16:30')))).toEqual([
      '02-13 16:30 on-duty',
      '02-23 08:00 on-duty',
      '02-23 11:00 head-of-office',
    ]);
    expect(steps(chain(delivery('urgent', '2026-11-28 10:00')))).toEqual([
      '11-30 08:30 on-duty',
      '11-30 11:30 on-duty',
    ]);
  });

  it('a deadline: three working days before, one, the morning of the day, overdue in office hours', () => {
    const one = delivery('normal', '2026-11-02 08:00', { dueAt: utc('2026-11-30 17:00') });
    expect(steps(chain(one, 'deadline'))).toEqual([
      '11-25 07:30 on-duty',
      '11-27 07:30 on-duty',
      '11-30 07:30 on-duty',
      '12-01 07:30 on-duty',
    ]);
    expect(chain(delivery('normal', '2026-11-02 08:00'), 'deadline').steps).toEqual([]);
  });

  it('a reminder older than the document is not owed', () => {
    const one = delivery('normal', '2026-11-27 08:00', { dueAt: utc('2026-11-30 17:00') });
    expect(chain(one, 'deadline').steps.map(({ index }) => index)).toEqual([2, 3]);
  });

  it('opened in time: within the limit, or before the hour', () => {
    expect(openBy(policy('express'), delivery('express', '2026-11-27 13:00'))).toBe(at('2026-11-27 13:30'));
    const one = delivery('express-timed', '2026-11-27 13:00', { expressAt: utc('2026-11-27 16:00') });
    expect(openBy(policy('express-timed'), one)).toBe(at('2026-11-27 16:00'));
    expect(openBy(policy('urgent'), delivery('urgent', '2026-11-27 13:00'))).toBeNull();
  });
});

/** Carries out what is due until nothing is, as a worker does. */
function carriedOut(
  planned: Chain,
  state: EscalationState,
  now: number,
  recipientOf?: Parameters<typeof nextAction>[3],
): readonly string[] {
  const told: string[] = [];
  const stepsDone = [...state.stepsDone];
  for (;;) {
    const { due, skipped } = nextAction(planned, { ...state, stepsDone }, now, recipientOf);
    if (due === null) return told;
    told.push(due.target);
    stepsDone.push(...skipped, due.index);
  }
}

describe('what is to be done now', () => {
  const express = chain(delivery('express', '2026-11-27 13:00'));
  const later = (minutes: number) => at('2026-11-27 13:00') + minutes * MINUTE;

  it('an alarm that comes early waits, one that comes twice gets the same answer', () => {
    const done = { ...waiting, stepsDone: [0] };
    expect(nextAction(express, done, later(9))).toEqual({ due: null, skipped: [], nextAt: later(10) });
    const first = nextAction(express, done, later(10));
    expect(first).toMatchObject({ due: { index: 1 }, nextAt: later(20) });
    expect(nextAction(express, done, later(10))).toEqual(first);
    expect(nextAction(express, { ...waiting, stepsDone: [0, 1] }, later(10)).due).toBeNull();
  });

  it.each([
    ['openedAt', utc('2026-11-27 13:05')],
    ['returnedAt', utc('2026-11-27 13:05')],
    ['registeredAt', utc('2026-11-27 13:05')],
    ['finishedAt', utc('2026-11-27 13:05')],
    ['stopped', true],
  ])('no notice goes on after %s', (field, value) => {
    expect(nextAction(express, { ...waiting, [field]: value }, later(60))).toEqual({
      due: null,
      skipped: [],
      nextAt: null,
    });
  });

  it('a deadline is reminded of though the document was opened and registered, until it is dealt with', () => {
    const reminders = chain(delivery('normal', '2026-11-02 08:00', { dueAt: utc('2026-11-30 17:00') }), 'deadline');
    const opened = { ...waiting, openedAt: utc('2026-11-02 08:10'), registeredAt: utc('2026-11-02 09:00') };
    const now = at('2026-11-25 07:30');
    expect(nextAction(reminders, opened, now).due?.index).toBe(0);
    expect(nextAction(reminders, { ...opened, finishedAt: utc('2026-11-20 08:00') }, now).due).toBeNull();
  });

  it('after an outage each person is told once and nobody is left out', () => {
    expect(carriedOut(express, waiting, later(45))).toEqual(['on-duty', 'head-of-office', 'sender-call']);
    expect(nextAction(express, waiting, later(45))).toMatchObject({
      due: { index: 1 },
      skipped: [0],
      nextAt: later(20),
    });
    expect(carriedOut(express, waiting, later(12))).toEqual(['on-duty']);
    expect(carriedOut(express, { ...waiting, stepsDone: [0] }, later(25))).toEqual(['on-duty', 'head-of-office']);
  });

  it('two targets that are one person are told once', () => {
    const person = ({ target }: { readonly target: string }) => (target === 'sender-call' ? 'call' : '+84900000400');
    expect(carriedOut(express, waiting, later(45), person)).toEqual(['head-of-office', 'sender-call']);
  });

  it('a document opened long ago does not escalate months later after a policy is edited', () => {
    const snapshot = policy('express');
    const edited: EscalationPolicy = {
      ...snapshot,
      steps: [
        ...snapshot.steps,
        { timing: { when: 'after', minutes: 60, time: 'clock' }, target: 'supervisor', channels: ['sms'] },
      ],
    };
    const one = delivery('express', '2026-08-03 13:00');
    const months = at('2026-11-27 13:00');
    const opened = { ...waiting, openedAt: utc('2026-08-03 13:01'), stepsDone: [0] };
    expect(nextAction(chainOf(edited, one, context), opened, months).due).toBeNull();
    // Nor one that went all the way to the call: its chain is made of the policy that held then.
    const called = { ...waiting, stepsDone: [0, 1, 2, 3] };
    expect(nextAction(chainOf(edited, one, context), called, months).due?.target).toBe('supervisor');
    expect(nextAction(chainOf(snapshot, one, context), called, months)).toEqual({
      due: null,
      skipped: [],
      nextAt: null,
    });
  });

  it('a new event neither restarts nor swallows waiting steps', () => {
    // A report that changes nothing, and the extension of a deadline, come between the steps.
    const done = { ...waiting, stepsDone: [0, 1] };
    const before = nextAction(express, done, later(12));
    const again = chainOf(
      policy('express'),
      delivery('express', '2026-11-27 13:00', { dueAt: utc('2026-12-04 17:00') }),
      context,
    );
    expect(nextAction(again, done, later(12))).toEqual(before);
    expect(before).toEqual({ due: null, skipped: [], nextAt: later(20) });
  });

  it('however alarms come, each step is carried out at most once, in order, and the call is never lost', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 60 }), { maxLength: 20 }), (alarms) => {
        const stepsDone: number[] = [];
        const told: number[] = [];
        for (const minutes of [...alarms.toSorted((one, other) => one - other), 61]) {
          for (;;) {
            const { due, skipped } = nextAction(express, { ...waiting, stepsDone }, later(minutes));
            if (due === null) break;
            expect(due.at).toBeLessThanOrEqual(later(minutes));
            told.push(due.index);
            stepsDone.push(...skipped, due.index);
          }
        }
        expect(told).toEqual([...new Set(told)].toSorted((one, other) => one - other));
        expect(told).toEqual(expect.arrayContaining([1, 2, 3]));
        expect(stepsDone.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3]);
      }),
    );
  });
});

describe('whom a step reaches', () => {
  /** Reached by SMS alone. */
  const onPhone = (id: string, more: Partial<Officer> = {}) =>
    officer(id, { phone: '+84900000400', email: null, ...more });
  const now = at('2026-11-30 09:00');
  const everyDay = (from: string, to: string, officerId: string) =>
    [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to, officerId }));
  const own: Rota = {
    officers: [onPhone('hoa'), onPhone('tu', { phone: '+84900000401' }), onPhone('tri', { email: 'tri@example.vn' })],
    shifts: [...everyDay('07:00', '17:00', 'hoa'), ...everyDay('17:00', '07:00', 'tu')],
    substitutions: [],
    headOfOffice: 'tri',
    headSubstitutions: [],
    officePhone: '+842623000160',
    officeContact: 'Văn thư',
  };
  const supervisor: Rota = { ...own, officers: [onPhone('duty')], shifts: everyDay('07:00', '07:00', 'duty') };
  const told = (target: EscalationPolicy['steps'][number]['target'], rota: Rota, above: Rota | null = supervisor) => {
    const found = resolveTarget({ target, channels: ['sms', 'email'] }, { own: rota, supervisor: above }, now);
    return found.kind === 'officer' ? `${found.of} ${found.officer.id} ${found.channels.join()}` : found.kind;
  };

  it('the one meant, by the channels that reach that person', () => {
    expect(told('on-duty', own)).toBe('own hoa sms');
    expect(told('next-on-duty', own)).toBe('own tu sms');
    expect(told('head-of-office', own)).toBe('own tri sms,email');
    expect(told('supervisor', own)).toBe('supervisor duty sms');
    expect(told('sender-call', own)).toBe('sender-call');
  });

  it('nobody on duty: the head of office, then the supervising agency, at last the call', () => {
    const gap = { ...own, shifts: [] };
    expect(told('on-duty', gap)).toBe('own tri sms,email');
    expect(told('next-on-duty', { ...own, shifts: own.shifts.slice(0, 7) })).toBe('own tri sms,email');
    expect(told('on-duty', { ...gap, headOfOffice: null })).toBe('supervisor duty sms');
    expect(told('head-of-office', { ...own, headOfOffice: null })).toBe('supervisor duty sms');
    expect(told('on-duty', { ...gap, headOfOffice: null }, null)).toBe('sender-call');
    expect(told('supervisor', own, { ...supervisor, shifts: [], headOfOffice: null })).toBe('sender-call');
  });

  it('an officer without any address is passed over, and the reasons are kept', () => {
    const silent = { ...own, officers: [onPhone('hoa', { phone: null }), onPhone('tri', { phone: '+842623000161' })] };
    expect(
      resolveTarget({ target: 'on-duty', channels: ['sms', 'email'] }, { own: silent, supervisor: null }, now),
    ).toEqual({
      kind: 'sender-call',
      phone: '+842623000160',
      askFor: 'Văn thư',
      passedOver: [
        { target: 'on-duty', reason: 'no-address' },
        { target: 'head-of-office', reason: 'no-address' },
        { target: 'supervisor', reason: 'nobody' },
      ],
    });
    const stale = { ...own, officers: own.officers.slice(2) };
    expect(
      resolveTarget({ target: 'on-duty', channels: ['sms'] }, { own: stale, supervisor: null }, now),
    ).toMatchObject({
      officer: { id: 'tri' },
      passedOver: [{ target: 'on-duty', reason: 'unknown-officer' }],
    });
  });

  it('an agency without officers is called', () => {
    const empty = { ...own, officers: [], shifts: [], headOfOffice: null };
    expect(told('on-duty', empty, null)).toBe('sender-call');
  });

  it('the call goes to the office, else to the officer on duty', () => {
    const call = (rota: Rota) => resolveTarget({ target: 'sender-call', channels: [] }, { own: rota, supervisor }, now);
    expect(call({ ...own, officePhone: null })).toMatchObject({ phone: '+84900000400', askFor: 'hoa' });
    expect(call({ ...own, officePhone: null, officers: [] })).toMatchObject({ phone: null, askFor: 'Văn thư' });
  });

  it('is decided at the instant of sending: a substitution holds for the sender too', () => {
    const changed = {
      ...own,
      substitutions: [
        { id: 's', from: utc('2026-11-30 08:00'), to: utc('2026-11-30 10:00'), officerId: 'tu', reason: '' },
      ],
    };
    expect(told('on-duty', changed)).toBe('own tu sms');
  });
});
