import { spawn } from 'node:child_process';
import path from 'node:path';
import { repositoryRoot } from './repository.ts';

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to (or, with `undefined`, removed from) this process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `capture` returns the output; `inherit` shows it as it comes. */
  readonly output?: 'capture' | 'inherit';
  /** Milliseconds after which the command is killed. */
  readonly timeout?: number;
}

export interface CommandResult {
  /** Exit status; null when killed by a signal or by the timeout. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** Runs a command to its end. A non-zero exit status is a result; only a command that cannot start rejects. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? repositoryRoot,
      env: { ...process.env, ...options.env },
      stdio: options.output === 'inherit' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      ...(options.timeout === undefined ? {} : { timeout: options.timeout, killSignal: 'SIGKILL' as const }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({
        status,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        ms: performance.now() - started,
      });
    });
  });
}

/** A command that had to succeed and did not. */
export class CommandFailed extends Error {
  readonly code = 'COMMAND_FAILED';
  readonly result: CommandResult;

  constructor(commandLine: string, result: CommandResult) {
    const shown = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-20).join('\n');
    super(`"${commandLine}" ended with ${result.status === null ? 'a signal' : `status ${result.status}`}\n${shown}`);
    this.name = 'CommandFailed';
    this.result = result;
  }
}

/** Like {@link runCommand}, but anything other than exit status 0 rejects with {@link CommandFailed}. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await runCommand(command, args, options);
  if (result.status !== 0) throw new CommandFailed([command, ...args].join(' '), result);
  return result;
}

/** Path of a command-line tool of a dependency, as npm links it. */
export function tool(name: string): string {
  const suffix = process.platform === 'win32' ? '.cmd' : '';
  return path.join(repositoryRoot, 'node_modules', '.bin', name + suffix);
}
