import { isoDate, vietnamInstant } from '#shared/domain/vn-date.ts';

/** Days in Vietnam, and the instants at which the first begins and the last is over. */
export interface OversightPeriod {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly fromDay: string;
  /** Exclusive. */
  readonly toDay: string;
}

/**
 * The period from a day up to another, which is not in it any more.
 * @returns null when one is no day (`yyyy-mm-dd`), or when no day is between them
 */
export function oversightPeriod(fromDay: string, toDay: string): OversightPeriod | null {
  const from = midnight(fromDay);
  const to = midnight(toDay);
  return from === null || to === null || from >= to ? null : { from, to, fromDay, toDay };
}

function midnight(day: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts || isoDate(Number(parts[1]), Number(parts[2]), Number(parts[3])) === null) return null;
  return new Date(vietnamInstant(day, '00:00'));
}
