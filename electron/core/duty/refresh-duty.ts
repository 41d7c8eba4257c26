import type { CoreContext } from '../core-context.ts';
import type { ExchangeClient } from '../ports/exchange.ts';

/** Reads the rota anew; true when this office now has what the exchange has, or is told no more than before. */
export async function refreshDuty(ctx: CoreContext, client: ExchangeClient, signal?: AbortSignal): Promise<boolean> {
  const outcome = await client.readDuty(signal);
  if (outcome.kind === 'refused') {
    // Documents go on; the next hour asks again.
    ctx.log.warn('duty-refused', { code: outcome.code });
    return true;
  }
  // The call that follows meets the same trouble and reports it.
  if (outcome.kind !== 'ok') return outcome.kind === 'garbage';
  ctx.transact('refresh-duty', null, ({ stores, at }) => stores.duty.keep({ duty: outcome.value, readAt: at }));
  return true;
}
