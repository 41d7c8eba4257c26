import { vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';

const HOUR_MS = 3_600_000;
const STEP_MS = 5 * 60_000;
const USUAL = ['14:00', '16:30'];

/** Usual hours of "hỏa tốc hẹn giờ" at `now` (milliseconds since 1970), as UTC instants: none that is gone. */
export function expressHours(now: number): { readonly inOneHour: string; readonly today: readonly string[] } {
  const today = USUAL.map((time) => Date.parse(vietnamInstant(vietnamDay(now), time))).filter((at) => at > now);
  return {
    // On a round minute: it is read out over the telephone and stamped on the page.
    inOneHour: new Date(Math.ceil((now + HOUR_MS) / STEP_MS) * STEP_MS).toISOString(),
    today: today.map((at) => new Date(at).toISOString()),
  };
}
