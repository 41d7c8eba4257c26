import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from '#core/ports/system.ts';
import { isHeld } from './with-patience.ts';

const MAX_BYTES = 2 * 1024 * 1024;

/** JSON lines in `path`; at 2 MB the file becomes `<path>.old`, replacing the one before. */
export function createLogFile(path: string): Log {
  mkdirSync(dirname(path), { recursive: true });
  let size = sizeOf(path);
  const write = (level: string, event: string, details: Readonly<Record<string, unknown>> = {}) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), level, event, ...details })}\n`;
    try {
      if (size + line.length > MAX_BYTES && isMoved(path)) size = 0;
      appendFileSync(path, line);
      size += line.length;
    } catch {
      // A full disk must not stop the office because of its log; the failure shows where it matters.
      process.stderr.write(line);
    }
  };
  return {
    info: (event, details) => write('info', event, details),
    warn: (event, details) => write('warn', event, details),
    error: (event, error, details) => write('error', event, { ...details, error: describe(error) }),
  };
}

/** A file that another program holds grows until it is let go. */
function isMoved(path: string): boolean {
  try {
    renameSync(path, `${path}.old`);
    return true;
  } catch (error) {
    if (isHeld(error)) return false;
    throw error;
  }
}

function describe(error: unknown): unknown {
  return error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : String(error);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
