import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseKinds, faultKinds, kindOf, type FaultKind } from '#scripts/faults/kinds.ts';
import { makeSchedule, type Fault, type ScheduleWish } from '#scripts/faults/schedule.ts';

const wishes: fc.Arbitrary<ScheduleWish> = fc.record({
  seed: fc.nat(),
  count: fc.integer({ min: 1, max: 200 }),
  offices: fc.integer({ min: 2, max: 9 }),
  kinds: fc.subarray([...faultKinds], { minLength: 1 }),
});

const faultsOf = (wish: ScheduleWish): Fault[] =>
  makeSchedule(wish).flatMap((step) => (step.step === 'fault' ? [step] : []));

it('gives the same schedule for the same seed, and another for another', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      expect(makeSchedule(wish)).toEqual(makeSchedule({ ...wish }));
    }),
  );
  const wish = { seed: 1, count: 50, offices: 5, kinds: faultKinds };
  expect(makeSchedule(wish)).not.toEqual(makeSchedule({ ...wish, seed: 2 }));
});

it('has as many faults as were asked for, numbered in order, of the wished kinds and existing offices', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const faults = faultsOf(wish);
      expect(faults.map(({ number }) => number)).toEqual(Array.from({ length: wish.count }, (_, at) => at + 1));
      for (const { kind, office, holdMs } of faults) {
        expect(wish.kinds).toContain(kind);
        expect(office).toBeGreaterThanOrEqual(0);
        expect(office).toBeLessThan(wish.offices);
        const [shortest, longest] = kindOf(kind).holdMs;
        expect(holdMs).toBeGreaterThanOrEqual(shortest);
        expect(holdMs).toBeLessThanOrEqual(longest);
      }
    }),
  );
});

it('has every kind at least once where there is room', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: faultKinds.length, max: 120 }), (seed, count) => {
      const struck = new Set(faultsOf({ seed, count, offices: 5, kinds: faultKinds }).map(({ kind }) => kind));
      expect([...struck].toSorted()).toEqual([...faultKinds].toSorted());
    }),
  );
});

it('puts back only copies that were made before, of the one that it strikes', () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const made = new Map<number, 'exchange' | number>();
      for (const step of makeSchedule(wish)) {
        if (step.step === 'backup') {
          made.set(step.backup, step.of);
        } else if (kindOf(step.kind).needsBackup === true) {
          const of = kindOf(step.kind).strikes === 'exchange' ? 'exchange' : step.office;
          expect(made.get(step.backup ?? -1)).toBe(of);
        } else {
          expect(step.backup).toBeNull();
        }
      }
    }),
  );
});

const chosen = (wish: Partial<Parameters<typeof chooseKinds>[0]>): readonly FaultKind[] =>
  chooseKinds({ only: null, without: [], canFillDisks: true, ...wish });

it('chooses kinds by name, and refuses a name that is none', () => {
  expect(chosen({ only: ['all'] })).toEqual(faultKinds);
  expect(chosen({ only: ['line-cut', 'office-killed'] })).toEqual(['office-killed', 'line-cut']);
  expect(chosen({ only: ['line-cut', 'office-killed'], without: ['line-cut'] })).toEqual(['office-killed']);
  for (const kind of chosen({})) expect(kindOf(kind).open).toBeUndefined();
  expect(chosen({ canFillDisks: false })).not.toContain('office-disk-full');
  expect(() => chosen({ only: ['line-cutt'] })).toThrow(/no kind of fault line-cutt/);
  expect(() => chosen({ without: ['toString'] })).toThrow(/no kind of fault toString/);
});

it('refuses a run of no kinds', () => {
  expect(() => makeSchedule({ seed: 1, count: 1, offices: 2, kinds: [] })).toThrow(/no kinds/);
});
