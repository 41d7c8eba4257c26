import type { CoreContext } from '../core-context.ts';
import type { UnflushedFile } from '../ports/stores.ts';

/** Nobody waits for it, and what comes within it is done together. */
const SOON_MS = 2_000;

/** Makes durable what commands wrote without waiting for the disk. */
export interface Flushing {
  /** There is something, or will be. */
  soon(): void;
  /** All that is known. Never rejects: what fails stays in the register and is tried again. */
  flush(): Promise<void>;
  /** The last time; waits for it. */
  stop(): Promise<void>;
}

/**
 * A command's small file (a status for the sender) costs it two waits for the disk beside that of its transaction. Its
 * bytes are in the transaction as well, so that the file can wait: it is made durable here, a moment later, and only then
 * do its bytes leave the register.
 */
export function createFlushing(
  ctx: Pick<CoreContext, 'files' | 'log' | 'registers' | 'timers' | 'transact'>,
): Flushing {
  let cancel: (() => void) | null = null;
  let running = Promise.resolve();
  let stopped = false;

  const flushOne = async ({ seq, fileId, bytes }: UnflushedFile): Promise<void> => {
    try {
      await ctx.files.flush(fileId, bytes);
      const options = { durability: 'program-end' } as const;
      ctx.transact('file-flushed', null, ({ stores }) => stores.files.forgetUnflushed(seq), options);
    } catch (error) {
      ctx.log.error('file-not-flushed', error, { fileId });
    }
  };
  const run = async (): Promise<void> => {
    let waiting: readonly UnflushedFile[] = [];
    try {
      waiting = ctx.registers.files.unflushed();
    } catch (error) {
      ctx.log.error('file-not-flushed', error);
    }
    for (const file of waiting) await flushOne(file);
  };
  const flush = (): Promise<void> => {
    running = running.then(run);
    return running;
  };
  return {
    soon: () => {
      cancel ??= ctx.timers.after(SOON_MS, () => {
        cancel = null;
        void flush();
      });
    },
    flush,
    stop: async () => {
      cancel?.();
      cancel = null;
      if (stopped) return;
      stopped = true;
      await flush();
    },
  };
}
