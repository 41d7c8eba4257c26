import { CodedError, type ErrorParams } from '#shared/errors/coded-error.ts';
import type { ExchangeErrorCode } from '#shared/wire/errors.ts';

/** An expected refusal. How it travels is decided in routes/error-answers.ts. */
export class ExchangeError extends CodedError {
  declare readonly code: ExchangeErrorCode;

  constructor(code: ExchangeErrorCode, params: ErrorParams = {}) {
    super(code, params);
  }
}
