export type ErrorParams = Readonly<Record<string, string | number>>;

/**
 * An expected failure: the screen has a sentence for its code (shared/messages/errors). Anything else that is thrown is
 * a bug. Params are shown and logged, so they hold no passwords and no document text.
 */
export class CodedError extends Error {
  readonly code: string;
  readonly params: ErrorParams;
  /** Whether the same request may succeed when it is repeated. */
  readonly retryable: boolean;

  constructor(code: string, params: ErrorParams = {}, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.params = params;
    this.retryable = options.retryable ?? false;
  }
}

export function isCodedError(error: unknown): error is CodedError {
  return error instanceof CodedError;
}
