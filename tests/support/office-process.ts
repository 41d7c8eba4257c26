import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FaultPointName } from '#core/ports/system.ts';
import { CORE_V8_FLAGS } from '#main/processes/core-flags.ts';
import type { CallName, CallOutput } from '#shared/contract/contract.ts';
import type { Answer } from '#shared/contract/define.ts';

const officeScript = join(import.meta.dirname, 'crash-office.ts');

/** Calls of a test carry file paths as {$file}; the process makes tokens of them. */
export type LooseInput = Readonly<Record<string, unknown>>;

export interface OfficeRequest {
  readonly ask: number;
  readonly name: string;
  readonly input: unknown;
}

export type OfficeControl =
  /** Turns the machine's clock, in milliseconds from the true time. */
  | { readonly control: 'clock'; readonly offsetMs: number }
  /** Where the process dies the next time it gets there; '' nowhere. */
  | { readonly control: 'fault-point'; readonly name: FaultPointName | '' }
  | { readonly control: 'network-changed' };

interface Options {
  readonly faultPoint?: FaultPointName;
  /** What it writes as errors; shown on the terminal by default. */
  readonly onErrorOutput?: (text: string) => void;
}

/** An office in a process that may die; a call to a dead one answers null. */
export class OfficeProcess {
  readonly #child;
  readonly #waiting = new Map<number, (answer: Answer<unknown> | null) => void>();
  #asked = 0;
  /** Rejects when it ends before it is ready. */
  readonly ready: Promise<void>;
  readonly died: Promise<NodeJS.Signals | null>;

  constructor(dataDir: string, { faultPoint, onErrorOutput }: Options = {}) {
    this.#child = spawn(process.execPath, [...CORE_V8_FLAGS, officeScript, dataDir, faultPoint ?? ''], {
      stdio: ['pipe', 'pipe', onErrorOutput === undefined ? 'inherit' : 'pipe'],
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.on('data', (chunk: Buffer) => onErrorOutput?.(chunk.toString()));
    if (this.#child.stdout === null) throw new Error('the office has no output');
    const lines = createInterface(this.#child.stdout);
    this.died = once(this.#child, 'exit').then(([, signal]) => {
      for (const answer of this.#waiting.values()) answer(null);
      this.#waiting.clear();
      return signal as NodeJS.Signals | null;
    });
    this.ready = Promise.race([
      once(lines, 'line').then(() => undefined),
      this.died.then(() => {
        throw new Error('the office ended before it was ready');
      }),
    ]);
    this.ready.catch(() => undefined);
    lines.on('line', (line) => {
      const said = JSON.parse(line) as { ready: true } | { ask: number; answer: Answer<unknown> };
      if ('ready' in said) return;
      this.#waiting.get(said.ask)?.(said.answer);
      this.#waiting.delete(said.ask);
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async call<N extends CallName>(name: N, input: LooseInput): Promise<Answer<CallOutput<N>> | null> {
    await this.ready;
    if (!this.isAlive) return null;
    this.#asked += 1;
    const ask = this.#asked;
    const answer = new Promise<Answer<unknown> | null>((resolve) => this.#waiting.set(ask, resolve));
    this.#send({ ask, name, input });
    return (await answer) as Answer<CallOutput<N>> | null;
  }

  async ok<N extends CallName>(name: N, input: LooseInput): Promise<CallOutput<N>> {
    const answer = await this.call(name, input);
    if (answer === null) throw new Error(`${name}: the office died`);
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.code} ${JSON.stringify(answer.params)}`);
    return answer.value;
  }

  control(what: OfficeControl): void {
    this.#send(what);
  }

  kill(): Promise<NodeJS.Signals | null> {
    this.#child.kill('SIGKILL');
    return this.died;
  }

  async end(): Promise<void> {
    this.#child.stdin?.end();
    await this.died;
  }

  #send(line: OfficeRequest | OfficeControl): void {
    this.#child.stdin?.write(`${JSON.stringify(line)}\n`);
  }
}
