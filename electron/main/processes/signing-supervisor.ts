import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';

const IDLE_LIMIT_MS = 2 * 60_000;

export interface SigningProcess<Port> {
  /** Hands over the end of a channel on which core will ask. */
  connect(port: Port): void;
  kill(): void;
}

export interface SigningHost<Port> {
  /** Starts the process; it calls `used` after each answer it gave. */
  fork(used: () => void, exited: (exitCode: number) => void): SigningProcess<Port>;
  createChannel(): readonly [Port, Port];
  after(ms: number, run: () => void): () => void;
}

/** Core's side of a signing process. */
export interface SigningCustomer<Port> {
  signer(port: Port): void;
  signerFailed(code: 'SIGNER_CRASHED'): void;
}

export interface SigningSupervisor {
  /** Gives core a channel to the signing process, which is started if it does not run. */
  provide(): void;
  stop(): void;
}

/**
 * Runs the signing process only while it is used: started when core asks, killed after two idle minutes. A token driver
 * that crashes it takes nothing else along; core is told.
 */
export function superviseSigning<Port>(
  host: SigningHost<Port>,
  core: SigningCustomer<Port>,
  log: Log,
  idleLimit: number = IDLE_LIMIT_MS,
): SigningSupervisor {
  let running: SigningProcess<Port> | null = null;
  let cancelIdle = (): void => undefined;

  function touch(): void {
    cancelIdle();
    cancelIdle = host.after(idleLimit, stop);
  }

  function stop(): void {
    cancelIdle();
    const ended = running;
    running = null;
    ended?.kill();
  }

  function fork(): SigningProcess<Port> {
    const mine = host.fork(
      () => {
        if (running === mine) touch();
      },
      (exitCode) => {
        if (running !== mine) return;
        running = null;
        cancelIdle();
        log.error('signer-died', { exitCode });
        core.signerFailed('SIGNER_CRASHED');
      },
    );
    return mine;
  }

  return {
    provide() {
      try {
        running ??= fork();
      } catch (error) {
        log.error('signer-not-forked', errorFields(error));
        core.signerFailed('SIGNER_CRASHED');
        return;
      }
      const [forCore, forSigner] = host.createChannel();
      running.connect(forSigner);
      touch();
      core.signer(forCore);
    },
    stop,
  };
}
