import { EventEmitter, once } from 'node:events';

/** Runs pieces of work one after the other; a failed one does not stop the next. */
export type Turns = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function takeTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** A process that is started anew whenever it ended, unless it is held. */
export interface Kept<Process> {
  /** The running one, as soon as there is one. */
  running(): Promise<Process>;
  /** Ends it with `end`, does `work` while there is none, and lets it start again. */
  whileDown<Value>(end: (process: Process) => Promise<void>, work: () => Promise<Value>): Promise<Value>;
  close(end: (process: Process) => Promise<void>): Promise<void>;
}

interface Keeping<Process> {
  /** Starts it and waits until it is ready. A rejection is told to `failed`, and it is tried again. */
  start(): Promise<Process>;
  /** Resolves when it has ended, by whatever. */
  ended(process: Process): Promise<unknown>;
  failed(error: unknown): void;
}

const AGAIN_MS = 300;

export function keepRunning<Process>({ start, ended, failed }: Keeping<Process>): Kept<Process> {
  let current: Process | null = null;
  let held = 0;
  let closed = false;
  /** How one ends that was still starting when all was closed. */
  let endLate: ((process: Process) => Promise<void>) | null = null;
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  const change = (): void => void changes.emit('change');
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await once(changes, 'change');
  };
  const inTurn = takeTurns();

  const keep = async (): Promise<void> => {
    for (;;) {
      await until(() => closed || held === 0);
      if (closed) return;
      try {
        current = await start();
      } catch (error) {
        failed(error);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        continue;
      }
      change();
      if (endLate !== null) await endLate(current);
      await ended(current);
      current = null;
      change();
    }
  };
  const done = keep();

  const running = async (): Promise<Process> => {
    await until(() => closed || current !== null);
    if (current === null) throw new Error('it was closed');
    return current;
  };
  return {
    running,
    whileDown: (end, work) =>
      inTurn(async () => {
        const process = await running();
        held += 1;
        try {
          await end(process);
          await until(() => current === null);
          return await work();
        } finally {
          held -= 1;
          change();
        }
      }),
    close: async (end) => {
      closed = true;
      endLate = end;
      change();
      if (current !== null) await end(current);
      await done;
    },
  };
}
