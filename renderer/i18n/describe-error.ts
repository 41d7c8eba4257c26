import type { TFunction } from 'i18next';
import type { ErrorParams } from '#shared/contract/define.ts';
import { errors } from './vi/errors.ts';

export interface FailureLike {
  readonly code: string;
  readonly params?: ErrorParams;
  readonly correlationId?: string;
}

export interface ErrorWords {
  readonly what: string;
  readonly kept: string;
  readonly next: string;
}

export function hasErrorWords(code: string): code is keyof typeof errors {
  return Object.hasOwn(errors, code);
}

/** The three sentences for an error code; a code without any gets those of UNEXPECTED. */
export function describeError(t: TFunction, failure: FailureLike): ErrorWords {
  const code = hasErrorWords(failure.code) ? failure.code : 'UNEXPECTED';
  const params = failure.params ?? {};
  return {
    what: t(`errors.${code}.what`, params),
    kept: t(`errors.${code}.kept`, params),
    next: t(`errors.${code}.next`, params),
  };
}
