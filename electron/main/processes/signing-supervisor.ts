import type { SignerEnd } from '#shared/contract/control.ts';
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
  signerEnded(why: SignerEnd): void;
}

export interface SigningSupervisor {
  /** Gives core a channel to the signing process, which is started if it does not run. */
  provide(): void;
  /** Kills a process that hangs; core, which counts the time of each request, says so. */
  end(): void;
  stop(): void;
}

/**
 * Runs the signing process only while it is used: started when core asks, killed after two idle minutes. A token driver
 * that crashes or hangs it takes nothing else along.
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
        core.signerEnded('died');
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
        core.signerEnded('not-started');
        return;
      }
      const [forCore, forSigner] = host.createChannel();
      running.connect(forSigner);
      touch();
      core.signer(forCore);
    },
    end() {
      log.error('signer-hung');
      stop();
    },
    stop,
  };
}
