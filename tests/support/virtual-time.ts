import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Timers } from '#core/ports/system.ts';

/** A clock and timers of one world: days of retries pass in milliseconds. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly startedAt: number;
  /** Milliseconds of the world since its start. */
  elapsed(): number;
  /** Sets the clock on without running timers, as a machine that slept. */
  jump(ms: number): void;
  /** Lets time pass until `probe` finds something; fails after `limitMs` of the world's time. */
  until<T>(
    what: string,
    probe: () => Promise<T | null | undefined | false> | T | null | undefined | false,
    limitMs?: number,
  ): Promise<T>;
  /** Lets `ms` pass, running every timer on the way at its time. */
  pass(ms: number): Promise<void>;
}

const DAY_MS = 24 * 3600 * 1000;
/** What the event loop lists while a file is opened, read, written or closed, or another process is asked to read one. */
const diskWork = /^(FSReq|CloseReq|FileHandleCloseReq|ProcessWrap)/;
/** Turns of the event loop without disk work after which the world counts as waiting for its timers. */
const QUIET_TURNS = 5;

export function createVirtualTime(startedAt: number = Date.now()): VirtualTime {
  let now = startedAt;
  const waiting = new Set<{ at: number; task: () => void }>();

  /** Disk work takes real time, in which the world's time must stand still. */
  const settle = async () => {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      await nextTurn();
      if (process.getActiveResourcesInfo().some((name) => diskWork.test(name))) quiet = -1;
    }
  };
  const runNext = (limit: number): boolean => {
    const next = [...waiting].toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined || next.at > limit) return false;
    waiting.delete(next);
    now = Math.max(now, next.at);
    next.task();
    return true;
  };

  return {
    startedAt,
    clock: { now: () => new Date(now) },
    timers: {
      after: (ms, task) => {
        const entry = { at: now + ms, task };
        waiting.add(entry);
        return () => void waiting.delete(entry);
      },
    },
    elapsed: () => now - startedAt,
    jump: (ms) => {
      now += ms;
    },
    until: async (what, probe, limitMs = 7 * DAY_MS) => {
      const limit = now + limitMs;
      // Real work (files, signatures) takes real time too, so a world without timers is waited for as well.
      const deadline = Date.now() + 15_000;
      for (;;) {
        const found = await probe();
        if (found !== null && found !== undefined && found !== false) return found;
        if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
        await settle();
        const early = await probe();
        if (early !== null && early !== undefined && early !== false) return early;
        if (!runNext(limit) && waiting.size > 0) throw new Error(`${what} did not happen in time`);
      }
    },
    pass: async (ms) => {
      const end = now + ms;
      await settle();
      while (runNext(end)) await settle();
      now = Math.max(now, end);
    },
  };
}
