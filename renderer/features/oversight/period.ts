import { addDays, weekdayOf } from '#shared/domain/vn-date.ts';

export const periodKinds = ['week', 'month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

const MONTHS: Readonly<Record<Exclude<PeriodKind, 'week'>, number>> = { month: 1, quarter: 3, year: 12 };

export interface Period {
  readonly from: string;
  /** Not in the period any more; the running period ends with today. */
  readonly to: string;
}

/** The period that holds a day. `back`: so many before it. */
export function periodOf(kind: PeriodKind, back: number, today: string): Period {
  const tomorrow = addDays(today, 1);
  const cut = (from: string, to: string): Period => ({ from, to: to > tomorrow ? tomorrow : to });
  if (kind === 'week') {
    const monday = addDays(today, 1 - weekdayOf(today) - back * 7);
    return cut(monday, addDays(monday, 7));
  }
  const length = MONTHS[kind];
  const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  const first = Math.floor(month / length) * length - back * length;
  return cut(firstDay(first), firstDay(first + length));
}

function firstDay(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}
