import type { Timers } from '../ports/system.ts';

/** A pause that a wake ends early. A wake while nobody waits is kept for the next pause. */
export interface Waiter {
  /** Waits `ms`, or for ever when null, unless woken or closed. */
  pause(ms: number | null): Promise<void>;
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
        const cancel = ms === null ? () => undefined : timers.after(ms, () => end?.());
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
