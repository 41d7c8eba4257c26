import { type Logger as GraphileLogger, Logger, run, type Runner } from 'graphile-worker';
import pg from 'pg';
import type { DatabaseConnection } from './database.ts';

/** Work that is rung for. What must be done is found from the tables when it rings: a ring may be late, twice or for nothing. */
export interface AlarmHandlers {
  /** A message was accepted whose deliveries are watched. */
  message(messageId: string): Promise<void>;
  delivery(messageId: string, recipientCode: string): Promise<void>;
  notice(id: string): Promise<void>;
}

/** Names of the kinds of job; jobs of the first are written by the statement that accepts a message. */
export const MESSAGE_JOB = 'message';
const DELIVERY_JOB = 'delivery';
const NOTICE_JOB = 'notice';

/** Jobs that run at the same time: most of them wait for a gateway. */
const CONCURRENCY = 6;
const POLL_MS = 1_000;
/** Longer than any job takes: whoever holds one for longer is dead. */
const HELD_TOO_LONG_MINUTES = 5;
const MOST_ATTEMPTS = 3;

export interface AlarmQueue {
  ringForDelivery(messageId: string, recipientCode: string, at: Date): Promise<void>;
  ringForNotice(id: string, at: Date): Promise<void>;
  /** Lets running jobs end. */
  close(): Promise<void>;
}

/**
 * Takes jobs from the database as their time comes (graphile-worker), with connections of its own: a job that waits for a
 * gateway holds up no request.
 */
export async function openAlarmQueue(
  connection: DatabaseConnection,
  handlers: AlarmHandlers,
  log: (level: 'error' | 'warn', message: string) => void,
): Promise<AlarmQueue> {
  const pool = new pg.Pool({ max: CONCURRENCY + 3, application_name: 'van-thu-alarms', ...connection });
  const onError = (error: Error): void => log('warn', error.message);
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => undefined);
  await pool.query(
    `SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by)) FROM graphile_worker._private_jobs
     WHERE locked_at < now() - $1::int * interval '1 minute' HAVING count(*) > 0`,
    [HELD_TOO_LONG_MINUTES],
  );
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    parsedCronItems: [],
    logger: quietLogger(log),
    taskList: {
      [MESSAGE_JOB]: (payload) => handlers.message(textOf(payload, 'messageId')),
      [DELIVERY_JOB]: (payload) => handlers.delivery(textOf(payload, 'messageId'), textOf(payload, 'recipientCode')),
      [NOTICE_JOB]: (payload) => handlers.notice(textOf(payload, 'id')),
    },
  });
  const ring = async (job: string, payload: object, key: string, at: Date): Promise<void> => {
    await pool.query('SELECT graphile_worker.add_job($1, $2::json, run_at := $3, max_attempts := $4, job_key := $5)', [
      job,
      JSON.stringify(payload),
      at,
      MOST_ATTEMPTS,
      key,
    ]);
  };
  return {
    ringForDelivery: (messageId, recipientCode, at) =>
      ring(DELIVERY_JOB, { messageId, recipientCode }, `${DELIVERY_JOB}:${messageId}:${recipientCode}`, at),
    ringForNotice: (id, at) => ring(NOTICE_JOB, { id }, `${NOTICE_JOB}:${id}`, at),
    close: async () => {
      await runner.stop();
      await pool.end();
    },
  };
}

function textOf(payload: unknown, name: string): string {
  const value = (payload as Readonly<Record<string, unknown>>)[name];
  if (typeof value !== 'string') throw new Error(`a job without ${name}`);
  return value;
}

/** What goes well is not told. */
function quietLogger(log: (level: 'error' | 'warn', message: string) => void): GraphileLogger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log('error', message);
    if (level === 'warning') log('warn', message);
  });
}
