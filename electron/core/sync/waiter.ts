import type { Timers } from '../ports/system.ts';

/** Until somebody wakes it. */
export const FOREVER = Number.POSITIVE_INFINITY;

/** A pause that a wake ends early. A wake while nobody waits is kept for the next pause. */
export interface Waiter {
  /** Waits `ms`, which may be `FOREVER`, unless woken. */
  pause(ms: number): Promise<void>;
  wake(): void;
}

export function createWaiter(timers: Timers): Waiter {
  let woken = false;
  let end: (() => void) | null = null;
  return {
    pause: (ms) =>
      new Promise((resolve) => {
        if (woken) {
          woken = false;
          resolve();
          return;
        }
        const cancel = ms === FOREVER ? () => undefined : timers.after(ms, () => end?.());
        end = () => {
          end = null;
          cancel();
          resolve();
        };
      }),
    wake: () => {
      if (end === null) woken = true;
      else end();
    },
  };
}
