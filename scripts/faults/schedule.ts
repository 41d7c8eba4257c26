import { faultPointNames, type FaultPointName } from '#core/ports/system.ts';
import { kindOf, type FaultKind } from './kinds.ts';
import { seededRandom, type SeededRandom } from './random.ts';

/** Something that happens to the world, in the order of the schedule. */
export type Step =
  /** A copy that a later fault puts back. It is no fault. */
  | { readonly step: 'backup'; readonly backup: number; readonly of: 'exchange' | number }
  | ({ readonly step: 'fault' } & Fault);

export interface Fault {
  /** From 1. */
  readonly number: number;
  readonly kind: FaultKind;
  /** Index of the office that it strikes, also where it strikes the exchange. */
  readonly office: number;
  /** Pause after the fault before it began, in milliseconds. */
  readonly gapMs: number;
  readonly holdMs: number;
  /** Which copy is put back; null for other kinds. */
  readonly backup: number | null;
  readonly faultPoint: FaultPointName;
  /** How far a clock is set wrong, in milliseconds. */
  readonly clockMs: number;
  /** After so many bytes a line breaks. */
  readonly bytes: number;
  /** Uniform in [0, 1): whatever else a kind leaves open. */
  readonly choice: number;
  /** Whether the office hears afterwards that its network is back, as operating systems tell. */
  readonly tellsNetwork: boolean;
}

export interface ScheduleWish {
  readonly seed: number;
  readonly count: number;
  readonly offices: number;
  readonly kinds: readonly FaultKind[];
}

const GAP_MS = [100, 1_000] as const;
/** Copies are this many faults old when they are put back. */
const BACKUP_AGE = [3, 12] as const;
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const clockJumps = [-31 * DAY_MS, -DAY_MS, -6 * MINUTE_MS, 6 * MINUTE_MS, DAY_MS, 31 * DAY_MS];

/**
 * The faults of a run, and nothing but what follows from the wish: the same wish gives the same schedule. Every kind
 * comes at least once where `count` allows.
 * @throws Error when there is no kind to choose from
 */
export function makeSchedule({ seed, count, offices, kinds }: ScheduleWish): readonly Step[] {
  if (kinds.length === 0) throw new Error('no kinds of faults to choose from');
  const random = seededRandom(seed);
  const faults = chooseFaults(random, count, kinds).map((kind, index) => makeFault(random, kind, index + 1, offices));

  const backups = new Map<number, Step[]>();
  const withBackups = faults.map((fault, index): Fault => {
    if (kindOf(fault.kind).needsBackup !== true) return fault;
    const before = Math.max(0, index - random.between(...BACKUP_AGE));
    const of = kindOf(fault.kind).strikes === 'exchange' ? 'exchange' : fault.office;
    const steps = backups.get(before) ?? [];
    backups.set(before, [...steps, { step: 'backup', backup: fault.number, of }]);
    return { ...fault, backup: fault.number };
  });
  return withBackups.flatMap((fault, index) => [...(backups.get(index) ?? []), { step: 'fault', ...fault }]);
}

function chooseFaults(random: SeededRandom, count: number, kinds: readonly FaultKind[]): FaultKind[] {
  const byWeight = kinds.flatMap((kind) => Array.from({ length: kindOf(kind).weight }, () => kind));
  const each = random.shuffled(kinds).slice(0, count);
  const more = Array.from({ length: count - each.length }, () => random.pick(byWeight));
  return random.shuffled([...each, ...more]);
}

function makeFault(random: SeededRandom, kind: FaultKind, number: number, offices: number): Fault {
  const { holdMs } = kindOf(kind);
  return {
    number,
    kind,
    office: random.between(0, offices - 1),
    gapMs: random.between(...GAP_MS),
    holdMs: random.between(...holdMs),
    backup: null,
    faultPoint: random.pick(faultPointNames),
    clockMs: random.pick(clockJumps),
    bytes: random.between(1, 200) * 1_000,
    choice: random.next(),
    tellsNetwork: random.chance(0.5),
  };
}
