import type { ExchangeOrder, ExchangeReply } from './exchange-process.ts';
import { KillableProcess } from './killable-process.ts';

/** The exchange, started again whenever it was killed. */
export class ExchangeHandle {
  readonly #process: KillableProcess<ExchangeOrder, ExchangeReply>;
  readonly #answers = new Map<number, (failures: readonly string[]) => void>();
  #orders = 0;

  /** @param argsOf of `exchange-process.ts`; asked at each start */
  constructor(argsOf: () => readonly string[], databaseUp: () => Promise<void>) {
    const onReply = (reply: ExchangeReply): void => {
      if (reply.type === 'done') this.#answers.get(reply.number)?.(reply.failures);
    };
    this.#process = new KillableProcess('exchange-process.ts', argsOf, onReply, databaseUp);
  }

  get kills(): number {
    return this.#process.kills;
  }

  up(): Promise<void> {
    return this.#process.up();
  }

  /** kill -9; it is started again at once, as a supervisor would. */
  async kill(): Promise<void> {
    await this.#process.kill();
    void this.#process.up();
  }

  async end(): Promise<void> {
    await this.#process.kill();
  }

  /** One that is killed meanwhile starts with the clock that its arguments say. */
  async setClock(at: number): Promise<void> {
    await this.#ask((number) => ({ type: 'clock', number, at }));
  }

  /** What failed of one round; null when the exchange was killed in the middle of it. */
  round(): Promise<readonly string[] | null> {
    return this.#ask((number) => ({ type: 'round', number }));
  }

  async #ask(orderOf: (number: number) => ExchangeOrder): Promise<readonly string[] | null> {
    await this.#process.up();
    this.#orders += 1;
    const number = this.#orders;
    const answered = new Promise<readonly string[]>((resolve) => this.#answers.set(number, resolve));
    this.#process.tell(orderOf(number));
    const outcome = await Promise.race([answered, this.#process.ended().then(() => null)]);
    this.#answers.delete(number);
    return outcome;
  }
}
