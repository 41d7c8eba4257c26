import type { NoticeState } from '../rules/notice-rules.ts';
import { noticeStates } from '../rules/notice-rules.ts';
import type { Database } from '../storage/database.ts';

/** A machine that has done no round for this long, or left an alarm unanswered, stands still. */
const STILL_MS = 2 * 60_000;

export interface NoticeStanding {
  /** Messages to people, by what became of them. */
  readonly states: Readonly<Record<NoticeState, number>>;
  readonly lastRoundAt: string | null;
  /** The alarm that should have been answered longest ago; null when none is due. */
  readonly overdueSince: string | null;
  readonly standsStill: boolean;
}

/** How the machine that tells people does: one that stands still must not look like a calm day. */
export async function noticeStanding(
  { notices, alarms }: Pick<Database, 'notices' | 'alarms'>,
  now: Date,
): Promise<NoticeStanding> {
  const counts = await notices.countByState();
  const { lastRoundAt, oldestAlarmAt } = await alarms.standing();
  const overdue = oldestAlarmAt !== null && oldestAlarmAt < now ? oldestAlarmAt : null;
  const before = new Date(now.getTime() - STILL_MS);
  return {
    states: Object.fromEntries(noticeStates.map((state) => [state, counts[state] ?? 0])) as NoticeStanding['states'],
    lastRoundAt: lastRoundAt?.toISOString() ?? null,
    overdueSince: overdue?.toISOString() ?? null,
    standsStill: lastRoundAt === null || lastRoundAt < before || (overdue !== null && overdue < before),
  };
}
