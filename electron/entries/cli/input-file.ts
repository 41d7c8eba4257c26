import { readFile, stat } from 'node:fs/promises';
import { UsageError } from './failures.ts';

/** The bytes of a file named on the command line. @throws UsageError when it cannot be read or is over `maxBytes` */
export async function readInput(path: string | undefined, maxBytes: number): Promise<Uint8Array> {
  if (path === undefined) throw new UsageError('a FILE is missing; see: vanthu help');
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw new UsageError(`${path} is larger than ${Math.round(maxBytes / 1024 / 1024)} MB`);
    const bytes = await readFile(path);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A secret comes from the environment, so that no list of processes shows it. @throws UsageError when it is not set */
export function readPasswordVariable(variable: string): string;
export function readPasswordVariable(variable: string | undefined): string | undefined;
export function readPasswordVariable(variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined;
  const password = process.env[variable];
  if (password === undefined) throw new UsageError(`the environment variable ${variable} is not set`);
  return password;
}

/** The value of an option that has to be given. @throws UsageError */
export function required(value: string | undefined, flag: string): string {
  if (value === undefined || value === '') throw new UsageError(`${flag} is missing; see: vanthu help`);
  return value;
}

export function refuseExtra(positionals: readonly string[], expected: number): void {
  const extra = positionals[expected];
  if (extra !== undefined) throw new UsageError(`unexpected argument ${JSON.stringify(extra)}; see: vanthu help`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** `name  value` lines; lists one entry a line. */
export function printFields(fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) process.stdout.write(`${name.padEnd(14)} ${one === null ? '-' : String(one)}\n`);
  }
}
