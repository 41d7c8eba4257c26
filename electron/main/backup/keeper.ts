import type { BackupPhase } from '#shared/contract/backup.ts';
import { fromKeeperSchema, type KeeperOrder } from '#shared/contract/keeper.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Log } from '../diagnostics/log.ts';

export interface KeeperHost {
  /** Starts a process on an order; `received` and `exited` are called never before this returns. */
  fork(
    order: KeeperOrder,
    received: (message: unknown) => void,
    exited: (exitCode: number) => void,
  ): { readonly kill: () => void };
}

export interface Progress {
  readonly phase: BackupPhase;
  readonly done: number;
  readonly total: number;
}

export interface Keeper {
  /**
   * Has an order carried out in a process of its own, and answers its value.
   * @param signal ends the process; `run` then rejects once it is gone
   * @throws CodedError what the order was refused for; Error when the process died
   */
  run(order: KeeperOrder, progress: (at: Progress) => void, signal?: AbortSignal): Promise<unknown>;
  /** Ends what runs. A backup then counts as none; a restore is whole or has not happened. */
  stop(): void;
}

export function createKeeper(host: KeeperHost, log: Log): Keeper {
  const running = new Set<{ readonly kill: () => void }>();
  return {
    async run(order, progress, signal) {
      let child: { readonly kill: () => void } | undefined;
      try {
        return await new Promise((resolve, reject) => {
          child = host.fork(
            order,
            (message) => {
              const said = fromKeeperSchema.parse(message);
              if (said.type === 'progress') progress(said);
              else if (said.type === 'done') resolve(said.value);
              else {
                log.warn('keeper-failed', { what: order.what, code: said.code, detail: said.detail });
                reject(said.code === 'UNEXPECTED' ? new Error(said.detail) : new CodedError(said.code, said.params));
              }
            },
            (exitCode) => {
              reject(new Error(`the keeper died (${exitCode})`));
            },
          );
          running.add(child);
          signal?.addEventListener('abort', () => child?.kill());
        });
      } finally {
        if (child !== undefined) {
          running.delete(child);
          child.kill();
        }
      }
    },
    stop: () => {
      for (const child of running) child.kill();
    },
  };
}
