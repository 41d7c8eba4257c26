import type { ExchangeOutcome } from '#core/ports/exchange.ts';
import type { RequestOptions } from './send-request.ts';

/** What became of a request, or that no answer came in its time. */
export type Heard<Value> = ExchangeOutcome<Value> | { readonly kind: 'silent' };

/** Ends a request that is not answered within `ms`; the caller's own signal ends it at any moment. */
export async function unlessSilent<Value>(
  ms: number,
  signal: AbortSignal | undefined,
  request: (options: RequestOptions) => Promise<ExchangeOutcome<Value>>,
): Promise<Heard<Value>> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), ms);
  try {
    const both = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
    // The sender's own timer is only a second guard: what it ends would look like a line that was cut.
    const outcome = await request({ signal: both, timeoutMs: ms * 2 });
    return outcome.kind === 'aborted' && signal?.aborted !== true ? { kind: 'silent' } : outcome;
  } finally {
    clearTimeout(timer);
  }
}
