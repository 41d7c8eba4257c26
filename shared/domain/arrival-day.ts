import { vietnamInstant } from './vn-date.ts';

export interface ArrivalRefusal {
  readonly code: 'ARRIVAL_IN_FUTURE' | 'ARRIVAL_TOO_EARLY';
  /** The last, or the first, day that may be said. */
  readonly limit: string;
}

/**
 * Why a document cannot be said to have come on a day (yyyy-MM-dd of Việt Nam); null when it can. It is entered in the book
 * of this year: what came last year may still be, until that year's book is closed.
 */
export function arrivalRefusal(
  day: string,
  { today, lastYearIsClosed }: { readonly today: string; readonly lastYearIsClosed: boolean },
): ArrivalRefusal | null {
  if (day > today) return { code: 'ARRIVAL_IN_FUTURE', limit: today };
  const year = Number(today.slice(0, 4)) - (lastYearIsClosed ? 0 : 1);
  const first = `${String(year).padStart(4, '0')}-01-01`;
  return day < first ? { code: 'ARRIVAL_TOO_EARLY', limit: first } : null;
}

/** The instant that stands for a day of which nobody knows the hour: its beginning. */
export function arrivalInstant(day: string): string {
  return new Date(vietnamInstant(day, '00:00')).toISOString();
}
