import type { CoreContext } from '../core-context.ts';

/** So long core does nothing else. */
const SLICE_MS = 12;

/** To be waited for between pieces of long work: once a slice is over, it lets others go first. */
export function pausing({ clock, timers }: Pick<CoreContext, 'clock' | 'timers'>): () => Promise<void> {
  let since = clock.now().getTime();
  return async () => {
    if (Math.abs(clock.now().getTime() - since) < SLICE_MS) return;
    await new Promise<void>((resolve) => {
      timers.after(0, resolve);
    });
    since = clock.now().getTime();
  };
}
