import { queriesReading } from '#shared/contract/contract.ts';
import { comingProblems } from '#shared/domain/coming-problems.ts';
import { DUTY_DAY_START } from '#shared/domain/rota.ts';
import { addDays, vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import type { CoreContext } from '../core-context.ts';

/** What is going to hurt in the rota as it was last read. */
export function comingNow(ctx: Pick<CoreContext, 'registers' | 'clock'>) {
  const kept = ctx.registers.duty.kept();
  if (kept === null || kept.duty.rota === null) return [];
  return comingProblems(kept.duty.rota, kept.duty, ctx.clock.now().getTime());
}

/** Every morning the rota is looked through again, also without a line: the screens ask for what they show. */
export function watchRota(ctx: CoreContext): () => void {
  let cancel = (): void => undefined;
  const plan = () => {
    const now = ctx.clock.now().getTime();
    cancel = ctx.timers.after(nextMorning(now) - now, () => {
      try {
        ctx.log.info('rota-looked-through', { coming: comingNow(ctx).length });
        ctx.emit('answers.changed', { queries: queriesReading(new Set(['duty'])) });
      } catch (error) {
        ctx.log.error('rota-not-looked-through', error);
      }
      plan();
    });
  };
  plan();
  return () => cancel();
}

/** The next beginning of a duty day after an instant, in milliseconds since 1970. */
function nextMorning(now: number): number {
  const today = Date.parse(vietnamInstant(vietnamDay(now), DUTY_DAY_START));
  return now < today ? today : Date.parse(vietnamInstant(addDays(vietnamDay(now), 1), DUTY_DAY_START));
}
