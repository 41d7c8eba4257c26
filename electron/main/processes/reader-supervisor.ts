import type { ReaderEnd } from '#shared/contract/control.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';

/** All that the reading process may occupy: a PDF of 100 MB takes about half of it. */
export const READER_MEMORY_BYTES = 1024 * 1024 * 1024;
/** Of it what V8 may use for objects. */
export const READER_HEAP_MEGABYTES = 512;
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
  /** Ends it, when it is still that one: core needs it no longer, or it took too long. */
  end(id: number): void;
  stop(): void;
}

/**
 * Runs the process that reads foreign files while core wants it, and kills it when it takes more memory than it may. How
 * long a file may take is watched by core, which knows the file.
 */
export function superviseReader<Port>(
  host: ReaderHost<Port>,
  core: ReaderCustomer<Port>,
  log: Log,
  memoryLimit: number = READER_MEMORY_BYTES,
): ReaderSupervisor {
  let running: { readonly id: number; readonly process: ReaderProcess<Port> } | null = null;
  let cancelWatch = (): void => undefined;

  function stop(): void {
    cancelWatch();
    const ended = running;
    running = null;
    ended?.process.kill();
  }

  function watch(): void {
    cancelWatch = host.after(LOOK_EVERY_MS, () => {
      if (running === null) return;
      const { id, process } = running;
      const bytes = process.memory();
      if (bytes <= memoryLimit) {
        watch();
        return;
      }
      log.error('reader-too-large', { bytes });
      stop();
      core.readerEnded(id, 'memory');
    });
  }

  return {
    provide(id) {
      stop();
      try {
        const process: ReaderProcess<Port> = host.fork((exitCode) => {
          if (running?.process !== process) return;
          running = null;
          cancelWatch();
          log.error('reader-died', { exitCode });
          core.readerEnded(id, 'died');
        });
        running = { id, process };
        const [forCore, forReader] = host.createChannel();
        process.connect(forReader);
        watch();
        core.reader(id, forCore);
      } catch (error) {
        log.error('reader-not-forked', errorFields(error));
        stop();
        core.readerEnded(id, 'not-started');
      }
    },
    end(id) {
      if (running?.id === id) stop();
    },
    stop,
  };
}
