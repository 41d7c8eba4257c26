import { HAND_REMINDER, STEP_EVENTS } from '#shared/domain/delivery-events.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import type { Database } from '../storage/database.ts';
import type { WatchedRow } from '../storage/watch-store.ts';
import { createPlanner, type PlannedFor, type Planner } from './plan-steps.ts';
import { type StepToCome, describeDelivery } from './describe-delivery.ts';

export interface WatchPage {
  readonly epoch: string;
  readonly position: string;
  readonly more: boolean;
  readonly deliveries: WatchedDelivery[];
}

export interface WatchRequest {
  readonly agencyCode: string;
  readonly after: string | null;
  readonly epoch: string | null;
  readonly limit: number;
}

/** Deliveries from or for an agency that changed after a position; a position of another epoch says nothing here. */
export async function readWatch(
  database: Pick<Database, 'watch' | 'inbox' | 'duty'>,
  asked: WatchRequest,
  now: Date,
): Promise<WatchPage> {
  const epoch = await database.inbox.epoch();
  const after = asked.epoch === epoch ? asked.after : null;
  const { position, more, rows } = await database.watch.changedAfter(asked.agencyCode, after, asked.limit);
  const planner = createPlanner(database);
  const deliveries: WatchedDelivery[] = [];
  for (const row of rows) deliveries.push(describeDelivery(row, await stepsToCome(planner, row, now)));
  return { epoch, position, more, deliveries };
}

async function stepsToCome(planner: Planner, row: WatchedRow, now: Date): Promise<readonly StepToCome[]> {
  const coming = await planner.toCome(plannedFor(row), now);
  return coming.map(({ at, kind, step, target }) => {
    if (target.kind === 'sender-call') return { at, kind, target: 'sender-call', person: '', title: '' };
    const { name, title } = target.officer;
    return { at, kind, target: step.target, person: name, title };
  });
}

function plannedFor({ recipient, events, ...row }: WatchedRow): PlannedFor {
  const done = events.filter(({ event, key }) => STEP_EVENTS.includes(event) && !key.startsWith(HAND_REMINDER));
  return { ...row, recipientCode: recipient, stepKeys: done.map(({ key }) => key), failedKeys: [] };
}
