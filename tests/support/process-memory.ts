import { readFileSync, writeFileSync } from 'node:fs';

const MEGABYTE = 1024 * 1024;

/** The most that a process on Linux has held at a time, in bytes. */
export function peakBytes(pid: number): number {
  return readStatus(pid, 'VmHWM') * MEGABYTE;
}

/** Memory of a process on Linux, in megabytes. */
export function residentMB(pid: number): number {
  return readStatus(pid, 'VmRSS');
}

/** From now on, the most that a process holds at a time; the returned function tells it, in megabytes. */
export function watchPeak(pid: number): () => number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return () => readStatus(pid, 'VmHWM');
}

function readStatus(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`process ${pid} says no ${field}`);
  return (Number(kilobytes) * 1024) / MEGABYTE;
}
