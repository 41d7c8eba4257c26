import type { ErrorParams } from '#shared/contract/define.ts';

/** An expected failure: the screen has a sentence for its code. Anything else that is thrown is a bug. */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly code: string;
  readonly params: ErrorParams;
  readonly retryable: boolean;

  constructor(code: string, params: ErrorParams = {}, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.params = params;
    this.retryable = options.retryable ?? false;
  }
}

export function isCodedError(error: unknown): error is CodedError {
  return error instanceof CodedError;
}
