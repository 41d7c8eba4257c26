import { vietnamTimestamp } from '#shared/domain/vn-date.ts';

/** Time of something that happened, as short as it stays clear: `09:02` today, else `22/05 09:02`, `22/05/2016 09:02`. */
export function formatStamp(instant: string, now: number): string {
  const stamp = vietnamTimestamp(Date.parse(instant));
  const today = vietnamTimestamp(now);
  const time = stamp.slice(11, 16);
  if (stamp.slice(0, 10) === today.slice(0, 10)) return time;
  const [year, month, day] = stamp.slice(0, 10).split('-');
  const date = year === today.slice(0, 4) ? `${day}/${month}` : `${day}/${month}/${year}`;
  return `${date} ${time}`;
}
