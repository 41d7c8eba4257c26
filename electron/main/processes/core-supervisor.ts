import { fromCoreSchema, type FromCore, type ToCore } from '#shared/contract/control.ts';
import type { ErrorParams } from '#shared/errors/coded-error.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';

/** What core asks of the shell. */
export type Asked = Extract<
  FromCore,
  { type: 'need-signer' | 'end-signer' | 'need-reader' | 'end-reader' | 'ask' | 'notice' | 'caller' }
>;

/** Why core does not run: a code that it gave, or that it died or hung too often. */
export interface CoreFailure {
  readonly code: Extract<FromCore, { type: 'failed' }>['code'] | 'CORE_CRASHED';
  readonly params: ErrorParams;
}

export interface CoreProcess<Port> {
  post(message: ToCore, ports: readonly Port[]): void;
  kill(): void;
}

/** What the supervisor needs from the machine; tests bring fakes. */
export interface CoreHost<Port> {
  /** Starts a process; `received` and `exited` are called never before this returns. */
  fork(received: (message: unknown) => void, exited: (exitCode: number) => void): CoreProcess<Port>;
  /** Runs once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, run: () => void): () => void;
  /** Milliseconds, monotonic. */
  now(): number;
}

export interface CoreListener {
  ready(info: { readonly sqlite: string; readonly schemaVersion: number }): void;
  /** Core died or could not start; it is being restarted unless `gaveUp` follows. */
  unavailable(): void;
  gaveUp(failure: CoreFailure): void;
  asked(message: Asked): void;
}

export interface CoreTimings {
  readonly restartDelays: readonly number[];
  /** The restarts of so many milliseconds are counted; past `restartDelays.length` of them core is given up. */
  readonly restartWindow: number;
  readonly stopLimit: number;
  /** Between two questions whether core still works. */
  readonly heartbeat: number;
  /** A core that has answered none of them for so long hangs. Signing a large letter keeps it silent for some seconds. */
  readonly silenceLimit: number;
  /** The same while core starts: it copies the database before it changes its form, and checks it, in one go. */
  readonly startLimit: number;
}

export const coreTimings: CoreTimings = {
  restartDelays: [500, 2_000, 8_000],
  restartWindow: 60_000,
  stopLimit: 5_000,
  heartbeat: 5_000,
  silenceLimit: 45_000,
  startLimit: 15 * 60_000,
};

export interface CoreSupervisor<Port> {
  start(): void;
  /** Starts anew after it gave up, with the restarts forgotten. */
  retry(): void;
  /** Starts anew after it was stopped for work on its data folder. */
  resume(): void;
  /** Asks core to stop and resolves when it has, or was killed for taking too long. */
  stop(): Promise<void>;
  /** False when core is not ready; the message and its ports are then dropped. */
  send(message: ToCore, ports?: readonly Port[]): boolean;
  isReady(): boolean;
  status(): { readonly state: string; readonly restarts: number; readonly failure: string | null };
}

type State<Port> =
  | { readonly phase: 'idle' | 'stopped' }
  | { readonly phase: 'starting' | 'ready'; readonly process: CoreProcess<Port> }
  | { readonly phase: 'waiting'; readonly cancel: () => void }
  | { readonly phase: 'gave-up'; readonly failure: CoreFailure }
  | { readonly phase: 'stopping'; readonly process: CoreProcess<Port>; readonly cancel: () => void };

/**
 * Starts core and keeps it running: one that dies, or hangs and is killed, is restarted after a growing delay, at most `restartDelays.length`
 * times within `restartWindow`; one that says it cannot work on the data folder is not restarted.
 * `startMessage` is asked for the message of each start; `attempt` is 0 for the first.
 */
export function superviseCore<Port>(
  host: CoreHost<Port>,
  startMessage: (attempt: number) => Extract<ToCore, { type: 'start' }>,
  listener: CoreListener,
  log: Log,
  timings: CoreTimings = coreTimings,
): CoreSupervisor<Port> {
  let state: State<Port> = { phase: 'idle' };
  let attempts = 0;
  let totalRestarts = 0;
  let restartTimes: number[] = [];
  let stopped = Promise.resolve();
  let tellStopped = (): void => undefined;
  let cancelHeartbeat = (): void => undefined;
  let lastPing = 0;
  let lastPong = 0;
  /** Milliseconds. */
  let silent = 0;

  function fork(): void {
    const message = startMessage(attempts);
    attempts += 1;
    let mine: CoreProcess<Port>;
    try {
      mine = host.fork(
        (received) => {
          if (runs(mine)) receive(mine, received);
        },
        (exitCode) => {
          if (runs(mine)) exited(exitCode);
        },
      );
    } catch (error) {
      log.error('core-not-forked', errorFields(error));
      died(null);
      return;
    }
    state = { phase: 'starting', process: mine };
    mine.post(message, []);
    watch(mine);
  }

  /**
   * Asks core every few seconds whether it still works, and counts how long it has been silent. Each interval counts
   * once, however late its end comes: a machine that slept, or a shell that was held up itself, proves nothing.
   */
  function watch(process: CoreProcess<Port>): void {
    cancelHeartbeat();
    silent = 0;
    const beat = (): void => {
      cancelHeartbeat = host.after(timings.heartbeat, () => {
        if (!runs(process) || state.phase === 'stopping') return;
        if (lastPong === lastPing) silent = 0;
        else silent += timings.heartbeat;
        if (silent >= (state.phase === 'starting' ? timings.startLimit : timings.silenceLimit)) {
          log.error('core-hangs', { phase: state.phase, silent });
          process.kill();
          // What it hung for does not count as time in which it worked.
          restartTimes = restartTimes.map((time) => time + silent);
          died(null);
          return;
        }
        if (lastPong === lastPing) {
          lastPing += 1;
          process.post({ type: 'ping', number: lastPing }, []);
        }
        beat();
      });
    };
    lastPong = lastPing;
    beat();
  }

  /** A killed process may still have something to say; it is no longer listened to. */
  function runs(process: CoreProcess<Port>): boolean {
    return 'process' in state && state.process === process;
  }

  function receive(process: CoreProcess<Port>, received: unknown): void {
    const parsed = fromCoreSchema.safeParse(received);
    if (!parsed.success) {
      log.error('core-message-invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'ready':
        if (state.phase !== 'starting') return;
        state = { phase: 'ready', process };
        silent = 0;
        log.info('core-ready', { attempt: attempts - 1, schemaVersion: message.schemaVersion });
        listener.ready(message);
        return;
      case 'failed':
        if (state.phase === 'stopping') return;
        process.kill();
        giveUp({ code: message.code, params: message.params });
        return;
      case 'stopped':
        if (state.phase === 'stopping') finishStop();
        return;
      case 'pong':
        if (message.number === lastPing) lastPong = lastPing;
        return;
      default:
        listener.asked(message);
    }
  }

  function exited(exitCode: number): void {
    if (state.phase === 'stopping') finishStop();
    else died(exitCode);
  }

  function died(exitCode: number | null): void {
    cancelHeartbeat();
    const now = host.now();
    restartTimes = restartTimes.filter((time) => time > now - timings.restartWindow);
    const delay = timings.restartDelays[restartTimes.length];
    log.error('core-died', { exitCode, restartIn: delay ?? null });
    if (delay === undefined) {
      giveUp({ code: 'CORE_CRASHED', params: { exitCode: exitCode ?? -1 } });
      return;
    }
    restartTimes.push(now);
    totalRestarts += 1;
    state = { phase: 'waiting', cancel: host.after(delay, fork) };
    listener.unavailable();
  }

  function giveUp(failure: CoreFailure): void {
    cancelHeartbeat();
    state = { phase: 'gave-up', failure };
    log.error('core-given-up', { code: failure.code });
    listener.unavailable();
    listener.gaveUp(failure);
  }

  function finishStop(): void {
    if (state.phase !== 'stopping') return;
    const { process, cancel } = state;
    state = { phase: 'stopped' };
    cancel();
    process.kill();
    tellStopped();
  }

  return {
    start() {
      if (state.phase === 'idle') fork();
    },
    retry() {
      if (state.phase !== 'gave-up') return;
      restartTimes = [];
      fork();
    },
    resume() {
      if (state.phase !== 'stopped') return;
      restartTimes = [];
      fork();
    },
    stop() {
      if (state.phase === 'starting' || state.phase === 'ready') {
        const { process } = state;
        stopped = new Promise((resolve) => {
          tellStopped = resolve;
        });
        const cancel = host.after(timings.stopLimit, () => {
          log.warn('core-stop-too-slow');
          finishStop();
        });
        state = { phase: 'stopping', process, cancel };
        process.post({ type: 'stop' }, []);
      } else if (state.phase !== 'stopping') {
        if (state.phase === 'waiting') state.cancel();
        state = { phase: 'stopped' };
      }
      return stopped;
    },
    send(message, ports = []) {
      if (state.phase !== 'ready') return false;
      state.process.post(message, ports);
      return true;
    },
    isReady: () => state.phase === 'ready',
    status: () => ({
      state: state.phase,
      restarts: totalRestarts,
      failure: state.phase === 'gave-up' ? state.failure.code : null,
    }),
  };
}
