import { parentPort, workerData } from 'node:worker_threads';
import type { CheckpointOrder } from './checkpoints.ts';
import { IDLE, WORKING } from './checkpoint-state.ts';
import { Database } from './sqlite.ts';

// A thread that writes the log of a database back into its file, each time it is asked, over a connection of its own.

/** What was committed while the log was written back is little: a second or third time there is nothing left. */
const TRIES = 3;

const { path, state } = workerData as CheckpointOrder;

parentPort?.on('message', () => {
  // Between two orders its owner may have closed.
  if (Atomics.compareExchange(state, 0, IDLE, WORKING) !== IDLE) return;
  try {
    writeBack();
  } catch (error) {
    parentPort?.postMessage(error instanceof Error ? error.message : String(error));
  } finally {
    Atomics.store(state, 0, IDLE);
    Atomics.notify(state, 0);
  }
});

/** Over a connection that is closed again: the one that stays is then the last to close, and leaves no log behind. */
function writeBack(): void {
  const sqlite = new Database(path, { fileMustExist: true, timeout: 0 });
  try {
    sqlite.pragma('synchronous = FULL');
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [done] = sqlite.pragma('wal_checkpoint(PASSIVE)') as readonly { log: number; checkpointed: number }[];
      if (done === undefined || done.log <= done.checkpointed) return;
    }
  } finally {
    sqlite.close();
  }
}
