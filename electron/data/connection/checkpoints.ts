import { Worker } from 'node:worker_threads';
import type { Log } from '#core/ports/system.ts';
import { CLOSED, IDLE, WORKING } from './checkpoint-state.ts';

/** What the thread is started with. */
export interface CheckpointOrder {
  /** The database file. */
  readonly path: string;
  readonly state: Int32Array;
}

/** Writes the log of an open database back into its file, beside the commits. */
export interface Checkpoints {
  /** Something was committed. */
  committed(): void;
  /** Ends it, before the database is closed; waits for one that is under way. */
  stop(): void;
}

/** Nobody commits just then. */
const QUIET_MS = 1_000;
/** So many commits are written back even if there is no quiet moment: about 20 MB of log. */
const MOST_COMMITS = 100;
/** One that is under way when the office closes takes parts of a second. */
const STOP_LIMIT_MS = 10_000;

// Beside the code also in the bundle.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './checkpoint-thread.ts' : './checkpoint-thread.js',
  import.meta.url,
);

/**
 * Writes the log back in a thread of its own, in quiet moments: left to SQLite, the commit that fills the log writes all of
 * it back, and whoever made it waits (SQLite, "Write-Ahead Logging", 2.1 and 3). The thread begins with the first of them.
 */
export function startCheckpoints(path: string, log: Log): Checkpoints {
  const state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let worker: Worker | null = null;
  let commits = 0;
  let timer: NodeJS.Timeout | null = null;

  const failed = (error: unknown): void => log.warn('checkpoint-failed', { error: String(error) });
  const start = (): Worker => {
    const order: CheckpointOrder = { path, state };
    const started = new Worker(threadFile, { workerData: order, execArgv: [] });
    // It keeps no process alive.
    started.unref();
    // It says nothing of what went well.
    started.on('message', failed);
    started.on('error', (error) => {
      // The next quiet moment starts another one; until then SQLite itself looks after a log that grows too long.
      worker = null;
      Atomics.compareExchange(state, 0, WORKING, IDLE);
      failed(error);
    });
    return started;
  };
  const writeBack = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    commits = 0;
    worker ??= start();
    worker.postMessage(null);
  };
  return {
    committed: () => {
      commits += 1;
      if (commits >= MOST_COMMITS) writeBack();
      else if (timer === null) timer = setTimeout(writeBack, QUIET_MS).unref();
      else timer.refresh();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      const end = performance.now() + STOP_LIMIT_MS;
      while (Atomics.compareExchange(state, 0, IDLE, CLOSED) === WORKING) {
        const left = end - performance.now();
        if (left <= 0) break;
        Atomics.wait(state, 0, WORKING, left);
      }
      void worker?.terminate();
      worker = null;
    },
  };
}
