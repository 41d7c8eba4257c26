import type { TrailCheck } from '#shared/contract/audit.ts';
import { queriesReading } from '#shared/contract/contract.ts';
import { z } from 'zod';
import { trailFaults } from '#shared/contract/audit.ts';
import type { CoreContext } from '../core-context.ts';
import type { ReadStores } from '../ports/stores.ts';
import { anchorsInLog } from './anchors-in-log.ts';
import { pausing } from './pausing.ts';
import type { AuditHead, AuditVerdict, CheckProgress } from './trail-store.ts';

/** Setting in which the last check is kept. */
export const TRAIL_CHECK = 'audit.check';
const TELL_MS = 250;
/** As many lines as a full log has, and the one before it. */
const ALL_LINES = 1_000_000;

const keptSchema = z.object({
  at: z.string(),
  rows: z.int(),
  fault: z.object({ seq: z.int(), what: z.enum(trailFaults) }).nullable(),
  /** Where the trail ended when it was last whole: it must still have that row. */
  head: z.object({ seq: z.int(), epoch: z.int(), hash: z.string() }).nullable(),
});
type Kept = z.infer<typeof keptSchema>;

/** The last check; null when there was none. */
export function lastTrailCheck(settings: ReadStores['settings']): Kept | null {
  const text = settings.get(TRAIL_CHECK);
  return text === null ? null : keptSchema.parse(JSON.parse(text));
}

export interface TrailChecker {
  readonly running: () => CheckProgress | null;
  /** Whoever asks while one runs gets its answer. */
  check(): Promise<{ readonly told: TrailCheck; readonly kept: string }>;
}

/** Checks the whole trail in slices, so that core answers others meanwhile. */
export function createTrailChecker(ctx: CoreContext): TrailChecker {
  const { registers } = ctx;
  let running: CheckProgress | null = null;
  let asked: ReturnType<TrailChecker['check']> | null = null;
  const tell = (): void => ctx.emit('answers.changed', { queries: queriesReading(new Set(['audit'])) });

  async function verdict(anchors: readonly AuditHead[]): Promise<AuditVerdict> {
    const checking = registers.audit.verifying(anchors);
    const pause = pausing(ctx);
    let told = 0;
    for (;;) {
      const step = checking.next();
      if (step.done === true) return step.value;
      running = step.value;
      const now = ctx.clock.now().getTime();
      if (Math.abs(now - told) >= TELL_MS) {
        told = now;
        tell();
      }
      await pause();
    }
  }

  async function check(): ReturnType<TrailChecker['check']> {
    running = { done: 0, total: 0 };
    try {
      const before = lastTrailCheck(registers.settings)?.head ?? null;
      const inLog = anchorsInLog(ctx.diagnostics.logLines(ALL_LINES).core, registers.office.register().id);
      const { rows, fault, head } = await verdict([...inLog, ...(before === null ? [] : [before])]);
      const at = ctx.clock.now().toISOString();
      // A trail that is broken says nothing of what it once was.
      const kept: Kept = { at, rows, fault, head: fault === null ? head : before };
      return { told: { at, rows, fault }, kept: JSON.stringify(kept) };
    } finally {
      running = null;
      asked = null;
      tell();
    }
  }

  return {
    running: () => running,
    check: () => {
      asked ??= check();
      return asked;
    },
  };
}
