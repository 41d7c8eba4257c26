import type { NoticeGateway } from '../gateways/notice-gateway.ts';
import type { Database } from '../storage/database.ts';
import type { AlarmHandlers, AlarmQueue } from '../storage/alarm-queue.ts';
import { createPlanner } from '../use-cases/plan-steps.ts';
import { runRound } from './notice-machine.ts';
import type { NoticeParts } from './notice-parts.ts';
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
  readonly openQueue: (handlers: AlarmHandlers) => Promise<AlarmQueue>;
  readonly onError: (error: unknown, what: string) => void;
}

export interface RunningNotices {
  readonly parts: NoticeParts;
  /** Ends what runs: a message that is just handed over is `unsure`. */
  close(): Promise<void>;
}

/** Starts the machine that tells people: by alarms as their time comes, and by rounds that find what no alarm rang for. */
export async function startNotices(options: NoticeOptions): Promise<RunningNotices> {
  const { database, gateways, partsPerMonth, clock, tell, onError } = options;
  const ending = new AbortController();
  let queue: AlarmQueue | null = null;
  const parts: NoticeParts = {
    database,
    gateways,
    partsPerMonth,
    clock,
    tell,
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
  queue = await options.openQueue({
    message: async (messageId) => {
      const planner = createPlanner(database);
      for (const key of await database.alarms.dueOf(messageId, clock())) await runAlarm(parts, key, planner);
    },
    delivery: (messageId, recipientCode) => runAlarm(parts, { messageId, recipientCode }),
    notice: (id) => sendNotice(parts, id, ending.signal),
  });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    try {
      for (const failure of await runRound(parts, ending.signal)) onError(failure, 'part of a round of notices failed');
    } catch (error) {
      onError(error, 'a round of notices failed');
    }
    if (!ending.signal.aborted) timer = setTimeout(() => void (running = round()), ROUND_MS);
  };
  running = round();
  return {
    parts,
    close: async () => {
      ending.abort();
      clearTimeout(timer);
      await running;
      await queue?.close();
      for (const gateway of gateways) await gateway.close();
    },
  };
}
