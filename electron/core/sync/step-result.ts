import type { ExchangeOutcome } from '../ports/exchange.ts';

export type Failure = Exclude<ExchangeOutcome<never>, { kind: 'ok' | 'aborted' }>;

/** Of the line, or of this machine. */
export type LineFailure = Failure | { readonly kind: 'local'; readonly reason: string };

/** What became of one message that was to be sent or fetched. */
export type StepResult =
  /** It is settled for now: through, set aside, or blocked. */
  | { readonly kind: 'done' }
  /** It stepped back; the failure may be the line's. */
  | { readonly kind: 'failed'; readonly outcome: Failure }
  /** The attempt was ended from here. */
  | { readonly kind: 'aborted' };
