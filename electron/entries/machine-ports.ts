import { randomUUID } from 'node:crypto';
import type { Clock, Ids, Log, Random, Timers } from '#core/ports/system.ts';

export const machineClock: Clock = { now: () => new Date() };
export const machineIds: Ids = { next: () => randomUUID() };
export const machineRandom: Random = { next: () => Math.random() };
export const machineTimers: Timers = {
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
export const noLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Dies at once, as a power cut would, when the named point is reached. Only crash tests name one. */
export function faultAt(name: string | null): (point: string) => void {
  return (point) => {
    if (point === name) process.kill(process.pid, 'SIGKILL');
  };
}
