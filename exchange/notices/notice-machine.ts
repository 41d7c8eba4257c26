import { createPlanner } from '../use-cases/plan-steps.ts';
import { inLanes } from './in-lanes.ts';
import type { NoticeParts } from './notice-parts.ts';
import { runAlarm } from './run-alarm.ts';
import { sendNotice } from './send-notice.ts';

/** Deliveries, or messages, that one round looks at. */
const MOST_PER_ROUND = 500;
/** Deliveries looked at at once: each takes one of the connections that requests share. */
const ALARMS_AT_ONCE = 4;
/** Messages handed over at once, each to another person: mostly they wait for a gateway, and hold no connection meanwhile. */
const NOTICES_AT_ONCE = 16;

/** Does everything that is due by now, whatever became of the jobs that should have. Returns what failed, to be tried again by the next round. */
export async function runRound(parts: NoticeParts, signal: AbortSignal): Promise<readonly unknown[]> {
  return [...(await lookAtDeliveries(parts, signal)), ...(await handOver(parts, signal))];
}

/** Carries out the steps that are due, the most urgent first. */
export async function lookAtDeliveries(parts: NoticeParts, signal: AbortSignal): Promise<readonly unknown[]> {
  const now = parts.clock();
  const planner = createPlanner(parts.database);
  const due = await parts.database.alarms.due(now, MOST_PER_ROUND);
  const failures = await inLanes(
    due,
    { most: ALARMS_AT_ONCE, laneOf: ({ messageId, recipientCode }) => `${messageId} ${recipientCode}`, signal },
    (key) => runAlarm(parts, key, planner),
  );
  await parts.database.alarms.noteRound(now);
  return failures;
}

/** Does what is due with the messages to people, express ones first; a gateway that does not answer holds up only so many. */
export async function handOver(parts: NoticeParts, signal: AbortSignal): Promise<readonly unknown[]> {
  const due = await parts.database.notices.due(parts.clock(), MOST_PER_ROUND);
  return inLanes(due, { most: NOTICES_AT_ONCE, laneOf: ({ lane }) => lane, signal }, ({ id, lane }) =>
    sendNotice(parts, id, signal, lane),
  );
}
