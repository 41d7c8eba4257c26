import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repositoryRoot } from '#scripts/lib/repository.ts';

const script = join(repositoryRoot, 'electron/entries/cli.ts');

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The command line as IT runs it, in a process of its own: Node's, also where the tests run in Electron.
 * @param environment all that it has beside PATH
 */
export async function runVanthu(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd: string = repositoryRoot,
): Promise<CommandResult> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn('node', [script, ...args], {
    cwd,
    env: { PATH, NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = await said;
  return { status, stdout, stderr };
}
