import type { NoticeGateway } from '../gateways/notice-gateway.ts';
import type { Database } from '../storage/database.ts';
import type { AlarmHandlers, AlarmQueue } from '../storage/alarm-queue.ts';
import { createPlanner } from '../use-cases/plan-steps.ts';
import { handOver, lookAtDeliveries, runRound } from './notice-machine.ts';
import { type NoticeParts, openLanes } from './notice-parts.ts';
import { runAlarm } from './run-alarm.ts';
import { sendNotice } from './send-notice.ts';

/** Between two rounds that look for what no alarm rang for. */
const ROUND_MS = 5_000;

export interface NoticeOptions {
  readonly database: Database;
  readonly gateways: readonly NoticeGateway[];
  readonly partsPerMonth: NoticeParts['partsPerMonth'];
  readonly clock: () => Date;
  readonly tell: (agencyCodes: readonly string[]) => void;
  /** Null where nothing happens by itself: a clock that is moved by hand rings no alarm. */
  readonly openQueue: ((handlers: AlarmHandlers) => Promise<AlarmQueue>) | null;
  readonly onError: (error: unknown, what: string) => void;
}

export interface RunningNotices {
  readonly parts: NoticeParts;
  /** Does what is due by now, and returns what of it failed. */
  round(): Promise<readonly unknown[]>;
  /** Ends what runs: a message that is just handed over is `unsure`. */
  close(): Promise<void>;
}

/** Starts the machine that tells people: by alarms as their time comes, and by rounds that find what no alarm rang for. */
export async function startNotices(options: NoticeOptions): Promise<RunningNotices> {
  const { database, gateways, partsPerMonth, clock, tell, openQueue, onError } = options;
  const ending = new AbortController();
  let queue: AlarmQueue | null = null;
  const parts: NoticeParts = {
    database,
    gateways,
    partsPerMonth,
    clock,
    tell,
    lanes: openLanes(),
    alarm: async (alarm) => {
      // Before the queue is there, and when it fails, the round finds it.
      try {
        if (alarm.kind === 'notice') await queue?.ringForNotice(alarm.id, alarm.at);
        else await queue?.ringForDelivery(alarm.messageId, alarm.recipientCode, alarm.at);
      } catch (error) {
        onError(error, 'an alarm was not set');
      }
    },
  };
  if (openQueue !== null) queue = await openQueue(handlersOf(parts, ending.signal));
  // Each by itself: messages that wait for a gateway hold up no look at what is due.
  const rounds = (openQueue === null ? [] : [lookAtDeliveries, handOver]).map((work) =>
    keepDoing(() => work(parts, ending.signal), onError),
  );
  return {
    parts,
    round: () => runRound(parts, ending.signal),
    close: async () => {
      ending.abort();
      await Promise.all(rounds.map((stop) => stop()));
      await queue?.close();
      for (const gateway of gateways) await gateway.close();
    },
  };
}

function handlersOf(parts: NoticeParts, signal: AbortSignal): AlarmHandlers {
  const { database, clock } = parts;
  return {
    message: async (messageId) => {
      const planner = createPlanner(database);
      for (const key of await database.alarms.dueOf(messageId, clock())) await runAlarm(parts, key, planner);
    },
    delivery: (messageId, recipientCode) => runAlarm(parts, { messageId, recipientCode }),
    notice: (id) => sendNotice(parts, id, signal),
  };
}

/** Does it again and again until the function that it returns is called, which waits for what runs. */
function keepDoing(work: () => Promise<readonly unknown[]>, onError: NoticeOptions['onError']): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const round = async (): Promise<void> => {
    try {
      for (const failure of await work()) onError(failure, 'part of a round of notices failed');
    } catch (error) {
      onError(error, 'a round of notices failed');
    }
    if (!stopped) timer = setTimeout(() => void (running = round()), ROUND_MS);
  };
  let running = round();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
