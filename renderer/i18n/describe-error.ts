import type { TFunction } from 'i18next';
import type { ErrorParams } from '#shared/errors/coded-error.ts';
import { roles } from '#shared/domain/roles.ts';
import { errors, type ErrorWords } from '#shared/messages/errors.vi.ts';
import { formatInstantDay, formatVnDate } from '#shared/domain/vn-date.ts';
import { formatDateTime, formatSize } from './format.ts';
import { errorDetails } from './vi/error-details.ts';

export interface FailureLike {
  readonly code: string;
  readonly params?: ErrorParams;
  readonly correlationId?: string;
}

export function hasErrorWords(code: string): code is keyof typeof errors {
  return Object.hasOwn(errors, code);
}

/** The sentences for an error code, with what it is about where the answer says so; any other code is UNEXPECTED. */
export function describeError(t: TFunction, failure: FailureLike): ErrorWords {
  const code = hasErrorWords(failure.code) ? failure.code : 'UNEXPECTED';
  const detail = describeDetail(t, code, failure.params ?? {});
  const what = t(`errors.${code}.what`);
  return {
    what: detail === null ? what : `${what} ${detail}`,
    kept: t(`errors.${code}.kept`),
    next: t(`errors.${code}.next`),
  };
}

function hasDetail(code: string): code is keyof typeof errorDetails {
  return Object.hasOwn(errorDetails, code);
}

function describeDetail(t: TFunction, code: string, params: ErrorParams): string | null {
  if (!hasDetail(code)) return null;
  const blanks = [...errorDetails[code].matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[1] ?? '');
  if (!blanks.every((blank) => Object.hasOwn(params, blank))) return null;
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) shown[name] = showParam(t, name, value);
  return t(`errorDetails.${code}`, { replace: shown });
}

function showParam(t: TFunction, name: string, value: string | number): string {
  if (name === 'may') return nameRoles(t, String(value));
  if (typeof value === 'number') return name === 'limit' ? formatSize(value, t('common.locale')) : String(value);
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) return formatVnDate(value);
  if (!/^\d{4}-\d{2}-\d{2}T/u.test(value)) return value;
  return name === 'at' ? formatDateTime(value) : formatInstantDay(value);
}

function nameRoles(t: TFunction, listed: string): string {
  const names = listed.split(', ').map((each) => roles.find((role) => role === each));
  return names.flatMap((role) => (role === undefined ? [] : [t(`common.roles.${role}`)])).join(', ');
}
