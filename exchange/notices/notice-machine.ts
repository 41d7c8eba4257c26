import { createPlanner } from '../use-cases/plan-steps.ts';
import type { NoticeParts } from './notice-parts.ts';
import { runAlarm } from './run-alarm.ts';
import { sendNotice } from './send-notice.ts';

/** Deliveries and messages that one round looks at. */
const MOST_PER_ROUND = 500;

/**
 * Does everything that is due by now, whatever became of the jobs that should have: the most urgent first. One that fails
 * holds up no other; what failed is returned, to be tried again by the next round.
 */
export async function runRound(parts: NoticeParts, signal: AbortSignal): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const now = parts.clock();
  const planner = createPlanner(parts.database);
  const alarms = await parts.database.alarms.due(now, MOST_PER_ROUND);
  for (const key of alarms) {
    if (signal.aborted) break;
    await runAlarm(parts, key, planner).catch((error: unknown) => failures.push(error));
  }
  const notices = await parts.database.notices.due(parts.clock(), MOST_PER_ROUND);
  for (const id of notices) {
    if (signal.aborted) break;
    await sendNotice(parts, id, signal).catch((error: unknown) => failures.push(error));
  }
  await parts.database.alarms.noteRound(now);
  return failures;
}
