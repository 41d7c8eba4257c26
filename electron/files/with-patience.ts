import { setTimeout as pause } from 'node:timers/promises';

/** What the system answers while another program holds a file: an antivirus, the indexer of Windows, a backup. */
const HELD: ReadonlySet<unknown> = new Set(['EPERM', 'EBUSY', 'EACCES']);
/** They let go within moments; six seconds in all, for a large file on a slow disk. */
const PAUSES_MS: readonly number[] = [20, 40, 80, 160, 400, 800, 1500, 3000];

export function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && HELD.has(error.code);
}

/** Does what another program may be in the way of, again and again until it is let. @throws what the last try met */
export async function withPatience<T>(work: () => Promise<T>, pausesMs = PAUSES_MS): Promise<T> {
  for (const milliseconds of pausesMs) {
    try {
      return await work();
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
    await pause(milliseconds);
  }
  return work();
}

/** The same for a process that has nothing else to do: it stands still meanwhile. */
export function withPatienceSync<T>(work: () => T, pausesMs = PAUSES_MS): T {
  const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));
  for (const milliseconds of pausesMs) {
    try {
      return work();
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
    Atomics.wait(nobodyWakes, 0, 0, milliseconds);
  }
  return work();
}
