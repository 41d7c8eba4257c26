import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';

/**
 * What a database's file looked like when its office was closed in order. As long as it still looks so, nobody has written
 * into it, and a start need not read all of it; what a medium loses by itself is found by the daily check and by backups.
 */
const markSchema = z.strictObject({ size: z.string(), modified: z.string(), inode: z.string() });
type Mark = z.infer<typeof markSchema>;

const markOf = (database: string): string => `${database}.closed`;
const suspicionOf = (database: string): string => `${database}.suspect`;

/** Of the clocks by which file systems date what is written: two writes within it may bear the same time. */
const CLOCK_MS = 20;

/** Remembers the file as it is now. Only when no connection has it open: with work left in its log nothing is remembered. */
export function markClosed(database: string): void {
  const { modified } = factsOf(database);
  if (hasLog(database)) return;
  // Whatever is written from here on must bear another time.
  const young = CLOCK_MS - (Date.now() - Number(BigInt(modified) / 1_000_000n));
  if (young > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(young, CLOCK_MS));
  // Not flushed: one that is lost or torn costs the next start a whole check.
  writeFileSync(markOf(database), JSON.stringify(factsOf(database)));
}

/** Whether the file is as the office left it, and nobody doubts it. */
export function isAsClosed(database: string): boolean {
  if (hasLog(database) || existsSync(suspicionOf(database))) return false;
  try {
    const mark = markSchema.parse(JSON.parse(readFileSync(markOf(database), 'utf8')));
    const { size, modified, inode } = factsOf(database);
    return mark.size === size && mark.modified === modified && mark.inode === inode;
  } catch {
    // None, of an office that did not close, or not whole.
    return false;
  }
}

/** Forgets how the file was: durable before the first write, so that after a power cut no old mark speaks for it. */
export function unmark(database: string): void {
  const descriptor = openSync(markOf(database), 'a', 0o600);
  try {
    ftruncateSync(descriptor);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Has the next start read all of it, however the office is closed until then: what was read of it is damaged. */
export function suspectDatabase(database: string): void {
  writeFileSync(suspicionOf(database), '');
}

/** After it was read whole. */
export function clearSuspicion(database: string): void {
  rmSync(suspicionOf(database), { force: true });
}

function factsOf(database: string): Mark {
  const { size, mtimeNs, ino } = statSync(database, { bigint: true });
  return { size: String(size), modified: String(mtimeNs), inode: String(ino) };
}

function hasLog(database: string): boolean {
  return (statSync(`${database}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
