import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { escalationKinds, escalationTargets, noticeChannels } from '#shared/domain/escalation-policy.ts';
import { urgencies } from '#shared/domain/urgency.ts';
import {
  callOutcomes,
  callReasons,
  nextCallAt,
  nextStep,
  noticeStates,
  OUT_OF_CONTACT_MS,
  seenAt,
  watchedDeliverySchema,
  watchStateOf,
  type WatchedDelivery,
} from '#shared/domain/watched-delivery.ts';
import { outgoingRecord } from '#tests/support/office-records.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { watchedDelivery } from '#tests/support/watched-delivery.ts';

let open: OpenTestRegisters;
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const maybe = fc.option(instant, { nil: null });
const anyDelivery: fc.Arbitrary<WatchedDelivery> = fc
  .record({
    urgency: fc.constantFrom(...urgencies),
    expressAt: maybe,
    openedAt: maybe,
    openedBy: fc.string({ unit: 'grapheme' }),
    returnedAt: maybe,
    registeredAt: maybe,
    finishedAt: maybe,
    fetchedAt: maybe,
    lastContactAt: maybe,
    availableAt: instant,
    steps: fc.array(
      fc.record({
        at: instant,
        kind: fc.constantFrom(...escalationKinds),
        target: fc.constantFrom(...escalationTargets),
        person: fc.string({ unit: 'grapheme' }),
        title: fc.string(),
        doneAt: maybe,
        notices: fc.array(
          fc.record({
            channel: fc.constantFrom(...noticeChannels),
            state: fc.constantFrom(...noticeStates),
            at: maybe,
          }),
        ),
      }),
    ),
    call: fc.option(
      fc.record({ since: instant, phone: fc.string(), askFor: fc.string(), reason: fc.constantFrom(...callReasons) }),
      { nil: null },
    ),
    hourChangedAt: maybe,
    dueGrantedAt: maybe,
    extension: fc.option(
      fc.record({
        id: fc.uuid(),
        at: instant,
        person: fc.string(),
        until: instant,
        reason: fc.string(),
        granted: fc.constantFrom(true, false, null),
        answer: fc.option(fc.record({ at: instant, person: fc.string(), until: instant, reason: fc.string() }), {
          nil: null,
        }),
      }),
      { nil: null },
    ),
    calls: fc.array(
      fc.record({
        at: instant,
        person: fc.string(),
        spokeTo: fc.string(),
        outcome: fc.constantFrom(...callOutcomes),
        note: fc.string(),
      }),
    ),
  })
  .map((change) => watchedDelivery(change));

describe('a watched delivery', () => {
  it('comes out of the register as it went in, the last one of each recipient', () => {
    const letter = outgoingRecord({ state: 'sent' });
    open.insert(letter);
    const messageId = randomUUID();
    fc.assert(
      fc.property(anyDelivery, (change) => {
        const delivery = { ...change, messageId };
        expect(watchedDeliverySchema.parse(delivery)).toEqual(delivery);
        const record = { delivery, documentId: letter.id, takenAt: '2026-11-24T02:00:00.000Z' };
        open.tx((stores) => stores.watch.put(record));
        expect(open.registers.watch.find(messageId, delivery.recipient)).toEqual(record);
        expect(open.registers.watch.of(letter.id)).toEqual([record]);
        // What lists count is what the rules say.
        const waits = seenAt(delivery) === null;
        const asks = delivery.extension?.granted === null;
        const listed = open.registers.outgoing.rows([letter.id])[0]?.watch;
        expect(listed).toEqual({
          total: 1,
          opened: waits ? 0 : 1,
          calls: waits && delivery.call !== null ? 1 : 0,
          callFrom: waits ? nextCallAt(delivery) : null,
          extensions: asks ? 1 : 0,
        });
        const now = new Date('2026-11-24T02:00:00.000Z');
        const box = { box: 'waiting', limit: 9, now } as const;
        expect(open.registers.outgoing.list(box).total).toBe(waits || asks ? 1 : 0);
        expect(open.registers.outgoing.counts(now).waiting).toBe(waits || asks ? 1 : 0);
        expect(open.registers.watch.extensionsWaiting()).toBe(asks ? 1 : 0);
        expect(open.registers.watch.callsWaiting()).toBe(listed?.calls);
      }),
    );
  });

  it('is in one state: no reminder after it was opened, and who cannot be reached is apart', () => {
    fc.assert(
      fc.property(anyDelivery, fc.integer({ min: 0, max: 4e12 }), (delivery, now) => {
        const state = watchStateOf(delivery, now);
        const seen = seenAt(delivery) !== null;
        expect(seen).toBe(state === 'opened' || state === 'returned');
        if (delivery.returnedAt !== null) expect(state).toBe('returned');
        if (state === 'call') expect(delivery.call).not.toBeNull();
        if (!seen && delivery.call?.reason === 'unreachable') expect(state).toBe('no-contact');
        for (const kind of escalationKinds) {
          const next = delivery.steps.find((step) => step.kind === kind && step.doneAt === null) ?? null;
          expect(nextStep(delivery, kind)).toEqual(next);
        }
      }),
    );
    const available = Date.parse('2026-11-24T02:00:00.000Z');
    const fresh = watchedDelivery({ availableAt: new Date(available).toISOString() });
    expect(watchStateOf(fresh, available + OUT_OF_CONTACT_MS)).toBe('waiting');
    expect(watchStateOf(fresh, available + OUT_OF_CONTACT_MS + 1)).toBe('no-contact');
    const fetched = { ...fresh, fetchedAt: fresh.availableAt };
    expect(watchStateOf(fetched, available + 24 * 3_600_000)).toBe('waiting');
  });
});

describe('the box of what waits to be opened', () => {
  it('has express first, then by hour, and what has none last', () => {
    const letters = (
      [
        ['normal', null],
        ['express-timed', '2026-11-24T07:00:00.000Z'],
        ['express', null],
        ['express-timed', '2026-11-24T03:00:00.000Z'],
      ] as const
    ).map(([urgency, expressAt]) => outgoingRecord({ state: 'sent', fields: { ...plainFields, urgency, expressAt } }));
    open.insert(...letters);
    open.tx((stores) => {
      for (const { id } of letters) {
        stores.watch.put({ delivery: watchedDelivery(), documentId: id, takenAt: '2026-11-24T02:00:00.000Z' });
      }
    });
    const now = new Date('2026-11-24T02:00:00.000Z');
    const { rows } = open.registers.outgoing.list({ box: 'waiting', limit: 9, now });
    expect(rows.map(({ id }) => letters.findIndex((one) => one.id === id))).toEqual([3, 1, 2, 0]);
  });
});
