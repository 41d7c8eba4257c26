interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}

/** A place taken in a queue. */
export interface Turn {
  /** Resolves when it is this one's turn. */
  readonly begun: Promise<void>;
  /** Ends the turn, or gives up waiting for it; repeating it changes nothing. */
  readonly end: () => void;
}

/** Lets so many of each key work at once; the others of the same key wait, first come, first served. */
export class Turns {
  readonly #queues = new Map<string, Queue>();
  readonly #most: number;
  readonly #mostWaiting: number;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /** Null when too many wait already. */
  take(key: string): Turn | null {
    const queue = this.#queues.get(key) ?? { running: 0, waiting: [] };
    if (queue.running < this.#most) {
      this.#queues.set(key, queue);
      queue.running += 1;
      return { begun: Promise.resolve(), end: once(() => this.#next(key, queue)) };
    }
    if (queue.waiting.length >= this.#mostWaiting) return null;
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    queue.waiting.push(begin);
    const end = once(() => {
      const place = queue.waiting.indexOf(begin);
      if (place === -1) this.#next(key, queue);
      else queue.waiting.splice(place, 1);
    });
    return { begun, end };
  }

  #next(key: string, queue: Queue): void {
    const begin = queue.waiting.shift();
    if (begin) return begin();
    queue.running -= 1;
    if (queue.running === 0) this.#queues.delete(key);
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
