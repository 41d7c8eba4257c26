/** Runs work under the same key one after the other, in the order asked. */
export interface KeyedLock {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (key, work) => {
      const before = tails.get(key);
      // At once when nobody is before it, so that who came first is first, whatever other locks it takes.
      const result = before === undefined ? (async () => await work())() : before.then(work, work);
      // The next one waits for this one's end, whatever it is; its error belongs to its own caller.
      const tail = result.then(
        () => undefined,
        () => undefined,
      );
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return result;
    },
  };
}
