import type { Notice, NoticeGateway, Outcome } from './notice-gateway.ts';

/** Refusals that say something about the gateway or its account, not about the notice: another gateway may take it. */
const ofTheGateway: ReadonlySet<string> = new Set(['blocked', 'template', 'quota', 'credentials', 'other']);

/**
 * Gateways of one channel in order: the next is asked when one certainly did not send. After `unsure` none is, because
 * the text may be on its way; the caller repeats it under the same id, to the first that works then.
 * @throws RangeError when there is none
 */
export function createFailover(gateways: readonly NoticeGateway[]): NoticeGateway {
  const [first] = gateways;
  if (first === undefined) throw new RangeError('no gateway');
  const send = async (notice: Notice, signal: AbortSignal): Promise<Outcome> => {
    let best: Outcome | null = null;
    for (const gateway of gateways) {
      const outcome = await gateway.send(notice, signal);
      if (!isForTheNext(outcome)) return outcome;
      // What may succeed later says more than what will not.
      if (best === null || (best.kind === 'rejected' && outcome.kind === 'retry')) best = outcome;
      if (signal.aborted) break;
    }
    return best as Outcome;
  };
  const close = async (): Promise<void> => {
    await Promise.all(gateways.map((gateway) => gateway.close()));
  };
  return { channel: first.channel, name: gateways.map(({ name }) => name).join(', '), send, close };
}

function isForTheNext(outcome: Outcome): boolean {
  return outcome.kind === 'retry' || (outcome.kind === 'rejected' && ofTheGateway.has(outcome.reason));
}
