import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { lastLinesOf } from '#files/last-lines.ts';
import { systemCode } from './system-code.ts';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** Events by name, with codes and figures. Never document text, names of people, or passwords. */
export interface Log {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

export interface LogFile extends Log {
  /** The newest lines, oldest first. */
  lastLines(count: number): string[];
  /** How many warnings and errors this run has seen. */
  counts(): { readonly warnings: number; readonly errors: number };
}

const MAX_BYTES = 2 * 1024 * 1024;

/**
 * A log of JSON lines that never stops the application: written at once, so that the last line before a crash is there;
 * a line that cannot be written goes to stderr. Past `maxBytes` the file becomes `<name>.old`, in place of the one before.
 */
export function openLog(file: string, now: () => Date, maxBytes: number = MAX_BYTES): LogFile {
  const old = `${file}.old`;
  let warnings = 0;
  let errors = 0;

  function write(level: 'info' | 'warn' | 'error', event: string, fields: Fields = {}): void {
    const line = `${JSON.stringify({ at: now().toISOString(), level, event, ...fields })}\n`;
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      rotateWhenFull(line.length);
      appendFileSync(file, line);
    } catch (error) {
      process.stderr.write(`log not written (${systemCode(error)}): ${line}`);
    }
  }

  function rotateWhenFull(coming: number): void {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) + coming <= maxBytes) return;
    try {
      renameSync(file, old);
    } catch (error) {
      // Another program may hold it: then it grows until it is let go.
      process.stderr.write(`log not moved (${systemCode(error)})\n`);
    }
  }

  return {
    info: (event, fields) => {
      write('info', event, fields);
    },
    warn: (event, fields) => {
      warnings += 1;
      write('warn', event, fields);
    },
    error: (event, fields) => {
      errors += 1;
      write('error', event, fields);
    },
    lastLines: (count) => lastLinesOf(file, count),
    counts: () => ({ warnings, errors }),
  };
}
