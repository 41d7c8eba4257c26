import { readFileSync } from 'node:fs';

/** The newest lines of a log that becomes `<file>.old` when it is full, oldest first. */
export function lastLinesOf(file: string, count: number): string[] {
  return [`${file}.old`, file].flatMap((part) => linesOf(part)).slice(-count);
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    // Diagnostics without this log are worth more than none.
    return code === 'ENOENT' ? [] : [`log not read (${code})`];
  }
}
