import { vietnamDay } from '#shared/domain/vn-date.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/**
 * The day under which a letter takes its number: today's where the page leaves room for it, else what was typed, or today.
 * One that has its number keeps its day and year, whenever the number goes onto another page. `now` in ms.
 */
export function dayToTake(
  { placement, fields, numbered }: Pick<OutgoingRecord, 'placement' | 'fields' | 'numbered'>,
  now: number,
) {
  const today = vietnamDay(now);
  if (numbered !== null) return { date: fields.date ?? today, today, year: numbered.year };
  const date = placement.date === null ? (fields.date ?? today) : today;
  return { date, today, year: Number(date.slice(0, 4)) };
}
