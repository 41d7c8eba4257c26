import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { repositoryRoot } from '../lib/repository.ts';

/** Of one that ends before it can be used: as often as it may be killed while it starts. */
const MOST_STARTS = 10;

interface Running {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  readonly exited: Promise<void>;
}

/** A module of this folder in a process of its own, started again when it is needed after it was killed. */
export class KillableProcess<Order extends { readonly type: string }, Reply extends { readonly type: string }> {
  readonly #module: string;
  readonly #argsOf: () => readonly string[];
  readonly #onReply: (reply: Reply) => void;
  readonly #beforeStart: () => Promise<void>;
  #running: Running | null = null;
  #kills = 0;

  /** The module says `ready` when it can be used; everything else it says goes to `onReply`. @param beforeStart what it needs */
  constructor(
    module: string,
    argsOf: () => readonly string[],
    onReply: (reply: Reply) => void,
    beforeStart = async (): Promise<void> => undefined,
  ) {
    this.#module = module;
    this.#beforeStart = beforeStart;
    this.#argsOf = argsOf;
    this.#onReply = onReply;
  }

  get kills(): number {
    return this.#kills;
  }

  /** Resolves when it can be used, started anew if need be. */
  async up(): Promise<void> {
    for (let attempt = 0; attempt < MOST_STARTS; attempt += 1) {
      await this.#beforeStart();
      this.#running ??= this.#start();
      const running = this.#running;
      const outcome = await Promise.race([running.ready.then(() => 'ready'), running.exited.then(() => 'exited')]);
      if (outcome === 'ready') return;
      if (this.#running === running) this.#running = null;
    }
    throw new Error(`${this.#module} does not start`);
  }

  /** Nobody hears it when the process ends just now. */
  tell(order: Order): void {
    this.#running?.child.send(order, () => undefined);
  }

  /** Resolves when the process that runs now has ended; at once when none runs. */
  ended(): Promise<void> {
    return this.#running?.exited ?? Promise.resolve();
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    this.#kills += 1;
    running.child.kill('SIGKILL');
    await running.exited;
  }

  #start(): Running {
    const child = fork(path.join(repositoryRoot, 'scripts/simulate', this.#module), [...this.#argsOf()], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const exited = once(child, 'exit').then(() => undefined);
    const ready = new Promise<void>((resolve) => {
      child.on('message', (reply: Reply) => {
        if (reply.type === 'ready') resolve();
        else this.#onReply(reply);
      });
    });
    return { child, ready, exited };
  }
}
