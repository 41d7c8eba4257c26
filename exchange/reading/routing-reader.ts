import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { EdxmlError, type EdxmlErrorCode } from '#shared/edxml/edxml-error.ts';
import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import type { ErrorParams } from '#shared/errors/coded-error.ts';

/** What a reading thread is told. It answers each with one `RoutingAnswer`. */
export type RoutingOrder =
  /** The next bytes of the message lie at the beginning of the thread's `RoutingMemory`, until it answers. */
  | { readonly type: 'piece'; readonly length: number }
  /** The whole message was given. */
  | { readonly type: 'end' }
  /** Whoever asked goes no further. */
  | { readonly type: 'forget' };

/**
 * Where a thread finds what it reads, given as its `workerData`: bytes sent in an order would be copied for each, and the copies
 * of a large message collected late.
 */
export type RoutingMemory = Uint8Array<SharedArrayBuffer>;

export type RoutingAnswer =
  | { readonly type: 'more' }
  | { readonly type: 'routing'; readonly routing: EdxmlRouting }
  | { readonly type: 'refused'; readonly code: EdxmlErrorCode; readonly params: ErrorParams };

/** A message whose routing takes more time or memory than a message may. */
export class TooCostly extends Error {}

export interface RoutingReader {
  /**
   * Reads the routing of one message, which is asked for piece by piece as they are read.
   * @throws EdxmlError when it is no usable message, TooCostly, and what `pieces` throws
   */
  read(pieces: AsyncIterable<Uint8Array>): Promise<EdxmlRouting>;
  close(): Promise<void>;
}

export interface RoutingLimits {
  /** Milliseconds of reading for any message; waiting for its next piece does not count. */
  readonly milliseconds: number;
  readonly millisecondsPerMegabyte: number;
  /** Heap of a thread, in megabytes. The envelope of a message has eight at most, and some copies. */
  readonly heapMegabytes: number;
  readonly threads: number;
}

/** Many times what the largest message takes: a busy server must not refuse a good one. */
export const routingLimits: RoutingLimits = {
  milliseconds: 10_000,
  millisecondsPerMegabyte: 500,
  heapMegabytes: 256,
  threads: Math.min(4, Math.max(2, availableParallelism())),
};

const MEGABYTE = 1024 * 1024;
const MEMORY_BYTES = 256 * 1024;
// Beside the code also in the bundle.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './routing-thread.ts' : './routing-thread.js',
  import.meta.url,
);

interface ReadingThread {
  readonly worker: Worker;
  readonly memory: RoutingMemory;
}

/**
 * Reads messages in threads of their own, one message in each at a time, so that none holds up the requests of others. A
 * thread that one ends, or that has to be ended, is replaced.
 */
export function createRoutingReader(limits: RoutingLimits = routingLimits): RoutingReader {
  const idle: ReadingThread[] = [];
  const all = new Set<ReadingThread>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  const start = (): ReadingThread => {
    const memory: RoutingMemory = new Uint8Array(new SharedArrayBuffer(MEMORY_BYTES));
    const worker = new Worker(threadFile, {
      workerData: memory,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 32 },
    });
    const thread = { worker, memory };
    all.add(thread);
    // Heard by whoever waits for an answer; of one without work it must not end the server.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      all.delete(thread);
      const at = idle.indexOf(thread);
      if (at >= 0) idle.splice(at, 1);
    });
    return thread;
  };
  const take = async (): Promise<ReadingThread> => {
    if (busy >= limits.threads) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    const thread = idle.pop() ?? start();
    thread.worker.ref();
    return thread;
  };
  const giveBack = (thread: ReadingThread): void => {
    thread.worker.unref();
    if (all.has(thread)) idle.push(thread);
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next();
  };

  return {
    read: async (pieces) => {
      const thread = await take();
      let left = limits.milliseconds;
      const ask = async (order: RoutingOrder): Promise<RoutingAnswer> => {
        const started = performance.now();
        try {
          return await askThread(thread.worker, order, left);
        } catch (error) {
          all.delete(thread);
          await thread.worker.terminate();
          throw error;
        } finally {
          left -= performance.now() - started;
        }
      };
      let finished = false;
      try {
        for await (const piece of pieces) {
          left += (piece.length / MEGABYTE) * limits.millisecondsPerMegabyte;
          for (let at = 0; at < piece.length; at += MEMORY_BYTES) {
            const part = piece.subarray(at, at + MEMORY_BYTES);
            thread.memory.set(part);
            const answer = await ask({ type: 'piece', length: part.length });
            if (answer.type !== 'refused') continue;
            finished = true;
            throw new EdxmlError(answer.code, answer.params);
          }
        }
        const answer = await ask({ type: 'end' });
        finished = true;
        if (answer.type === 'routing') return answer.routing;
        if (answer.type === 'refused') throw new EdxmlError(answer.code, answer.params);
        throw new Error('a reading thread wants more than there is');
      } finally {
        if (!finished && all.has(thread)) thread.worker.postMessage({ type: 'forget' } satisfies RoutingOrder);
        giveBack(thread);
      }
    },
    close: async () => {
      await Promise.all([...all].map(({ worker }) => worker.terminate()));
    },
  };
}

/** @throws TooCostly after `milliseconds`, or when the thread ended for want of memory */
function askThread(thread: Worker, order: RoutingOrder, milliseconds: number): Promise<RoutingAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (work: () => void): void => {
      clearTimeout(timer);
      thread.off('message', answered).off('error', failed).off('exit', ended);
      work();
    };
    const answered = (answer: RoutingAnswer): void => settle(() => resolve(answer));
    const failed = (error: unknown): void => {
      const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      settle(() => reject(tooLarge ? new TooCostly('memory') : error));
    };
    const ended = (): void => settle(() => reject(new Error('a reading thread ended')));
    const timer = setTimeout(() => settle(() => reject(new TooCostly('time'))), milliseconds);
    thread.on('message', answered).on('error', failed).on('exit', ended);
    thread.postMessage(order);
  });
}
