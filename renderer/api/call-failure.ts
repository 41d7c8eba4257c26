import type { ErrorParams } from '#shared/errors/coded-error.ts';

/** An answer `ok: false`: an expected failure with a code that the catalogues put into words. */
export class CallFailure extends Error {
  readonly code: string;
  readonly params: ErrorParams;
  readonly retryable: boolean;
  /** Finds the entry in the log; empty when no process answered. */
  readonly correlationId: string;

  constructor(failure: { code: string; params?: ErrorParams; retryable?: boolean; correlationId?: string }) {
    super(failure.code);
    this.name = 'CallFailure';
    this.code = failure.code;
    this.params = failure.params ?? {};
    this.retryable = failure.retryable ?? false;
    this.correlationId = failure.correlationId ?? '';
  }
}

/** Anything thrown, as a failure that can be shown. */
export function toCallFailure(thrown: unknown): CallFailure {
  return thrown instanceof CallFailure ? thrown : new CallFailure({ code: 'UNEXPECTED' });
}
