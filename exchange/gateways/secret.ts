import { inspect } from 'node:util';

/** A password or key that does not come out when it is logged, printed or written as JSON. */
export class Secret {
  readonly #value: string;

  /** @throws RangeError when it is empty */
  constructor(value: string) {
    if (value === '') throw new RangeError('a secret is empty');
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
