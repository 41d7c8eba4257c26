import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Notice, Outcome } from '#exchange/gateways/notice-gateway.ts';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import { repositoryRoot } from '../lib/repository.ts';
import type { WorkerOrder, WorkerReply } from './worker.ts';

/** What becomes of a message that the worker hands over; null: the worker dies now, whether or not the message went out. */
export type Answer = (channel: NoticeChannel, notice: Notice) => Promise<Outcome | null>;

interface RunningWorker {
  readonly child: ChildProcess;
  readonly exited: Promise<null>;
}

/** The worker, started again whenever it was killed. */
export class Machine {
  readonly #connection: () => object;
  readonly #answer: Answer;
  #running: RunningWorker | null = null;
  #kills = 0;

  constructor(connection: () => object, answer: Answer) {
    this.#connection = connection;
    this.#answer = answer;
  }

  get kills(): number {
    return this.#kills;
  }

  /** One round at an instant. Resolves with what failed, or with null when the worker was killed in the middle of it. */
  async round(now: Date): Promise<readonly string[] | null> {
    const { child, exited } = this.#start();
    const done = new Promise<readonly string[] | null>((resolve, reject) => {
      const heard = (reply: WorkerReply): void => {
        if (reply.type === 'done') {
          child.off('message', heard);
          resolve(reply.failures);
          return;
        }
        this.#answer(reply.channel, reply.notice).then((outcome) => {
          if (outcome === null) void this.kill();
          else child.send({ type: 'outcome', number: reply.number, outcome } satisfies WorkerOrder, () => undefined);
        }, reject);
      };
      child.on('message', heard);
    });
    child.send({ type: 'round', now: now.toISOString() } satisfies WorkerOrder, () => undefined);
    return Promise.race([done, exited]);
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

  #start(): RunningWorker {
    if (this.#running !== null) return this.#running;
    const child = fork(path.join(repositoryRoot, 'scripts/simulate/worker.ts'), [JSON.stringify(this.#connection())], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const exited = once(child, 'exit').then(() => null);
    this.#running = { child, exited };
    return this.#running;
  }
}
