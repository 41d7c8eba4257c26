import { useSyncExternalStore } from 'react';

const TICK_MS = 20_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) {
      clearInterval(timer);
      timer = null;
    }
  };
}

function read(): number {
  // Nobody is listening yet: the first reader must not get the time the program started.
  if (!timer) now = Date.now();
  return now;
}

/** The time, in ms since 1970, for countdowns; one clock for all of them. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, read);
}
