import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import type { Database } from '../storage/database.ts';
import type { PaperArrival, ReportedPaperArrival } from '../storage/oversight-store.ts';

/**
 * Keeps what an office says of itself: which documents came to it on paper alone, and which of those came otherwise after all. Returns the places of those that count for
 * nobody, because the directory does not have their sender or their day is to come.
 */
export async function reportPaperArrivals(
  database: Pick<Database, 'oversight'>,
  recipientCode: string,
  arrivals: readonly ReportedPaperArrival[],
  now: Date,
): Promise<number[]> {
  const today = vietnamDay(now.getTime());
  const given = arrivals.map((arrival) => ({ ...arrival, senderCode: normaliseAgencyCode(arrival.senderCode) }));
  const kept = await database.oversight.addPaperArrivals(
    recipientCode,
    given.filter(({ day }) => day <= today),
    now,
  );
  const known = new Set(kept.map(keyOf));
  return given.flatMap((arrival, place) => (known.has(keyOf(arrival)) ? [] : [place]));
}

function keyOf({ senderCode, code, day }: PaperArrival): string {
  return JSON.stringify([senderCode, code, day]);
}
