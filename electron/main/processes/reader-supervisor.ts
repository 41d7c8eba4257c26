import { READER_MEMORY_BYTES, type ReaderEnd } from '#shared/contract/control.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';

/** A decompression bomb grows by some hundred megabytes a second. */
const LOOK_EVERY_MS = 250;

export interface ReaderProcess<Port> {
  /** Hands over the end of a channel on which core will ask. */
  connect(port: Port): void;
  kill(): void;
  /** Memory that it occupies, in bytes; 0 while that is not known. */
  memory(): number;
}

export interface ReaderHost<Port> {
  fork(exited: (exitCode: number) => void): ReaderProcess<Port>;
  createChannel(): readonly [Port, Port];
  after(ms: number, run: () => void): () => void;
}

/** Core's side of a reading process; `id` is what core calls it. */
export interface ReaderCustomer<Port> {
  reader(id: number, port: Port): void;
  readerEnded(id: number, why: ReaderEnd): void;
}

export interface ReaderSupervisor {
  /** Starts the process that core will call `id`. */
  provide(id: number): void;
  /** Ends it: core needs it no longer, or it took too long. */
  end(id: number): void;
  /** Ends all of them. */
  stop(): void;
}

/**
 * Runs the processes that read foreign files while core wants them, and kills one that takes more memory than it may. How
 * long a file may take is watched by core, which knows the file.
 */
export function superviseReaders<Port>(
  host: ReaderHost<Port>,
  core: ReaderCustomer<Port>,
  log: Log,
  memoryLimit: number = READER_MEMORY_BYTES,
): ReaderSupervisor {
  const running = new Map<number, ReaderProcess<Port>>();
  let cancelWatch = (): void => undefined;

  function end(id: number): void {
    const ended = running.get(id);
    running.delete(id);
    if (running.size === 0) cancelWatch();
    ended?.kill();
  }

  function watch(): void {
    cancelWatch();
    cancelWatch = host.after(LOOK_EVERY_MS, () => {
      for (const [id, process] of running) {
        const bytes = process.memory();
        if (bytes <= memoryLimit) continue;
        log.error('reader-too-large', { bytes });
        end(id);
        core.readerEnded(id, 'memory');
      }
      if (running.size > 0) watch();
    });
  }

  return {
    provide(id) {
      end(id);
      try {
        const process: ReaderProcess<Port> = host.fork((exitCode) => {
          if (running.get(id) !== process) return;
          end(id);
          log.error('reader-died', { exitCode });
          core.readerEnded(id, 'died');
        });
        running.set(id, process);
        const [forCore, forReader] = host.createChannel();
        process.connect(forReader);
        watch();
        core.reader(id, forCore);
      } catch (error) {
        log.error('reader-not-forked', errorFields(error));
        end(id);
        core.readerEnded(id, 'not-started');
      }
    },
    end,
    stop() {
      for (const id of running.keys()) end(id);
    },
  };
}
