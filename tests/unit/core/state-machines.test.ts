import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeSync,
  initialSyncState,
  nextSyncState,
  retryDelayMs,
  type SyncEvent,
  type SyncState,
} from '#core/sync/sync-machine.ts';
import { syncStatusSchema } from '#shared/contract/exchange.ts';
import {
  incomingMachine,
  incomingStates,
  type IncomingState,
  type IncomingStep,
} from '#shared/domain/incoming-state.ts';
import {
  outgoingMachine,
  outgoingStates,
  type OutgoingState,
  type OutgoingStep,
} from '#shared/domain/outgoing-state.ts';

const outgoingSteps = outgoingMachine.steps;
const incomingSteps = incomingMachine.steps;

describe('an outgoing document', () => {
  it('on any path: gets one number at most, is signed before sealed, and is sent only when sealed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outgoingSteps), { maxLength: 60 }), (path) => {
        let state: OutgoingState = 'draft';
        const taken: OutgoingStep[] = [];
        for (const step of path) {
          const next = outgoingMachine.next(state, step);
          if (next === null) continue;
          state = next;
          taken.push(step);
        }
        const count = (step: OutgoingStep) => taken.filter((one) => one === step).length;
        for (const once of ['number', 'sign', 'seal', 'queue', 'acknowledge', 'cancel'] as const)
          expect(count(once)).toBeLessThanOrEqual(1);
        const order = (['number', 'sign', 'seal', 'queue', 'acknowledge'] as const).map((step) => taken.indexOf(step));
        for (const [at, position] of order.entries())
          if (position >= 0 && at > 0) expect(order[at - 1]).toBeGreaterThanOrEqual(0);
        const reached = order.filter((position) => position >= 0);
        expect(reached).toEqual(reached.toSorted((a, b) => a - b));
        const numberedAt = taken.indexOf('number');
        // Once numbered there is no way back to a draft.
        if (numberedAt >= 0)
          expect(
            taken.slice(numberedAt).some((step) => ['edit', 'reopen', 'discard', 'restore', 'approve'].includes(step)),
          ).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('reaches every state from a draft, and none leads out of sent or cancelled', () => {
    const reached = new Set<OutgoingState>(['draft']);
    for (let round = 0; round < outgoingStates.length; round += 1) {
      for (const state of reached)
        for (const step of outgoingSteps) {
          const next = outgoingMachine.next(state, step);
          if (next !== null) reached.add(next);
        }
    }
    expect([...reached].toSorted()).toEqual([...outgoingStates].toSorted());
    for (const end of ['sent', 'cancelled'] as const)
      expect(outgoingSteps.map((step) => outgoingMachine.next(end, step)).every((next) => next === null)).toBe(true);
  });
});

describe('an incoming document', () => {
  it('on any path: gets one arrival number at most, and a returned one none', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...incomingSteps), { maxLength: 20 }), (path) => {
        let state: IncomingState = 'arrived';
        const taken: IncomingStep[] = [];
        for (const step of path) {
          const next = incomingMachine.next(state, step);
          if (next === null) continue;
          state = next;
          taken.push(step);
          // While it is returned it has no number, and nothing but being kept after all is left to do.
          if (state === 'returned') expect(taken).not.toContain('register');
        }
        expect(taken.filter((step) => step === 'register').length).toBeLessThanOrEqual(1);
        const back = taken.filter((step) => step === 'return' || step === 'restore');
        expect(back).toEqual(back.map((_, at) => (at % 2 === 0 ? 'return' : 'restore')));
        // Finished and taken up again, however often, one after the other.
        const work = taken.filter((step) => step === 'complete' || step === 'reopen');
        expect(work).toEqual(work.map((_, at) => (at % 2 === 0 ? 'complete' : 'reopen')));
        expect(taken[0] ?? 'register').toMatch(/^(register|return)$/);
      }),
    );
    expect(incomingStates).toHaveLength(4);
  });
});

describe('the sync machine', () => {
  const instant = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((one) => one.toISOString());
  const event: fc.Arbitrary<SyncEvent> = fc.oneof(
    fc.record({ type: fc.constantFrom('pull' as const, 'apply' as const, 'push' as const), active: fc.boolean() }),
    fc.record({ type: fc.constant('succeeded' as const), at: instant }),
    fc.record({
      type: fc.constant('failed' as const),
      at: instant,
      kind: fc.constantFrom(
        'offline' as const,
        'retry-later' as const,
        'garbage' as const,
        'clock' as const,
        'refused' as const,
        'local' as const,
      ),
      reason: fc.constantFrom('A', 'B'),
      delayMs: fc.nat(300_000),
    }),
    fc.record({ type: fc.constant('woke' as const) }),
  );
  const outbox = { documents: 1, statuses: 2, blocked: 0, incoming: 3 };

  it('always shows a status that the contract knows, and a success clears every trouble', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state: SyncState = nextSyncState(initialSyncState, { type: 'enrolled' });
        for (const one of events) {
          state = nextSyncState(state, one);
          const shown = describeSync(state, outbox);
          expect(syncStatusSchema.safeParse(shown).success).toBe(true);
          expect(shown.state).not.toBe('not-enrolled');
          expect(state.failures).toBeGreaterThanOrEqual(0);
          if (one.type === 'failed')
            expect(state.retryAt === null ? 0 : Date.parse(state.retryAt)).toBeGreaterThanOrEqual(Date.parse(one.at));
          if (one.type === 'succeeded')
            expect(shown).toMatchObject({ reason: null, retryAt: null, offlineSince: null });
          if (shown.state === 'offline') expect(shown.offlineSince).not.toBeNull();
          if (shown.state === 'waiting') expect(shown.retryAt).not.toBeNull();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reaches every state that the contract has', () => {
    const now = '2026-11-24T02:00:00.000Z';
    const enrolled = nextSyncState(initialSyncState, { type: 'enrolled' });
    const after = (...events: SyncEvent[]) => describeSync(events.reduce(nextSyncState, enrolled), outbox).state;
    const fail = (kind: 'offline' | 'garbage' | 'refused'): SyncEvent => ({
      type: 'failed',
      at: now,
      kind,
      reason: 'X',
      delayMs: 1,
    });
    const reached = [
      describeSync(initialSyncState, outbox).state,
      after(),
      after({ type: 'pull', active: true }),
      after({ type: 'apply', active: true }),
      after({ type: 'push', active: true }),
      after(fail('offline')),
      after(fail('garbage')),
      after(fail('refused')),
    ];
    expect(reached.toSorted()).toEqual([...syncStatusSchema.shape.state.options].toSorted());
  });

  it('keeps the first moment of an outage, and forgets it as soon as anyone answers', () => {
    const off = (at: string): SyncEvent => ({ type: 'failed', at, kind: 'offline', reason: 'X', delayMs: 1 });
    const state = [off('2026-01-01T00:00:00.000Z'), off('2026-01-02T00:00:00.000Z')].reduce(
      nextSyncState,
      initialSyncState,
    );
    expect(state.offlineSince).toBe('2026-01-01T00:00:00.000Z');
    expect(
      nextSyncState(state, { type: 'failed', at: '2026-01-03T00:00:00.000Z', kind: 'garbage', reason: 'X', delayMs: 1 })
        .offlineSince,
    ).toBeNull();
  });

  it('waits between a second and a minute, longer with each failure on average, and as long as the server asks up to five', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        fc.option(fc.nat(10_000_000)),
        (failures, random, wished) => {
          const delay = retryDelayMs(failures, random, wished);
          expect(Number.isInteger(delay)).toBe(true);
          expect(delay).toBeGreaterThanOrEqual(1_000);
          expect(delay).toBeLessThanOrEqual(Math.max(60_000, Math.min(wished ?? 0, 300_000)));
          if (wished !== null) expect(delay).toBeGreaterThanOrEqual(Math.min(wished, 300_000));
          expect(retryDelayMs(failures + 1, random, wished)).toBeGreaterThanOrEqual(delay);
        },
      ),
    );
    // Two offices of one outage come back apart.
    expect(retryDelayMs(5, 0.1)).not.toBe(retryDelayMs(5, 0.9));
  });
});
