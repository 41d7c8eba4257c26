import type { CoreContext } from '../core-context.ts';
import type { Failure } from './step-result.ts';
import { retryDelayMs } from './sync-machine.ts';

/** What breaks with the line grows no further pause of its own: the line has one. */
const MOST_OFFLINE_TURNS = 2;

/**
 * When a message that failed is tried again. It steps back by the longest pause of its turn, so that the others go first;
 * one that only met a bad line is due again as soon as the line is good.
 */
export function nextAttempt(
  ctx: Pick<CoreContext, 'clock'>,
  attempts: number,
  outcome: Failure,
): { readonly attempts: number; readonly nextAttemptAt: string; readonly errorCode: string } {
  const wishedMs = outcome.kind === 'retry-later' ? outcome.retryAfterMs : null;
  const turns = outcome.kind === 'offline' ? Math.min(attempts, MOST_OFFLINE_TURNS) : attempts;
  const at = ctx.clock.now().getTime() + retryDelayMs(turns, 1, wishedMs);
  return { attempts: attempts + 1, nextAttemptAt: new Date(at).toISOString(), errorCode: outcome.kind };
}
