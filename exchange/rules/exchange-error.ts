import type { ErrorBody, ExchangeErrorCode } from '#shared/wire/errors.ts';

/** An expected refusal. How it travels is decided in routes/error-answers.ts. */
export class ExchangeError extends Error {
  readonly code: ExchangeErrorCode;
  readonly params: ErrorBody['params'];

  constructor(code: ExchangeErrorCode, params: ErrorBody['params'] = {}) {
    super(code);
    this.name = 'ExchangeError';
    this.code = code;
    this.params = params;
  }
}
