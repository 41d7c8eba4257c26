import { CodedError } from '#shared/errors/coded-error.ts';
import type { KeyFileErrorCode } from '#shared/domain/verification.ts';

/** An expected failure of opening a key file. Carries nothing but its code, so no password can leak through it. */
export class KeyFileError extends CodedError {
  declare readonly code: KeyFileErrorCode;

  constructor(code: KeyFileErrorCode) {
    super(code, {});
  }
}
