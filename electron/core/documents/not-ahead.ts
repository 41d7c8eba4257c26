import { CodedError } from '#shared/errors/coded-error.ts';

/** Refuses a day that has not come yet in Việt Nam. @throws CodedError DATE_IN_FUTURE */
export function requireNotAhead(date: string, today: string): void {
  if (date > today) throw new CodedError('DATE_IN_FUTURE', { date, today });
}
