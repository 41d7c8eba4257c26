import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { issueEnrolmentCode } from '#exchange/use-cases/issue-enrolment-code.ts';
import { openAdminDatabase } from '#exchange/entries/open-admin-database.ts';
import { repositoryRoot } from '../lib/repository.ts';

/**
 * A real exchange server in a process of its own, on loopback, that can be stopped and started again at its address. It tells
 * people by the gateways of `notices.json` in its data folder, when there is one.
 */
export interface ExchangeProcess {
  readonly url: string;
  /** A one-time code for a workstation of an agency. */
  enrolmentCode(agencyCode: string): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const STOP_LIMIT_MS = 20_000;

export async function startExchangeProcess(dataFolder: string): Promise<ExchangeProcess> {
  let child: ChildProcess | null = null;
  let port = 0;
  let url = '';

  const start = async (): Promise<void> => {
    const notices = path.join(dataFolder, 'notices.json');
    const server = spawn(
      process.execPath,
      [
        path.join(repositoryRoot, 'exchange/entries/server.ts'),
        `--data=${dataFolder}`,
        `--port=${port}`,
        '--log-level=warn',
        `--seed=${path.join(repositoryRoot, 'resources/demo/agencies.json')}`,
        ...(existsSync(notices) ? [`--notices=${notices}`] : []),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child = server;
    let problems = '';
    server.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString('utf8')));
    for await (const line of createInterface(server.stdout)) {
      const event = JSON.parse(line) as { event: string; url: string; port: number };
      if (event.event !== 'ready') continue;
      ({ url, port } = event);
      server.stdout.resume();
      return;
    }
    throw new Error(`the exchange did not start: ${problems.slice(-2000)}`);
  };

  const stop = async (): Promise<void> => {
    const server = child;
    child = null;
    if (server === null || server.exitCode !== null) return;
    const exited = once(server, 'exit');
    server.kill('SIGTERM');
    const timer = setTimeout(() => server.kill('SIGKILL'), STOP_LIMIT_MS);
    await exited;
    clearTimeout(timer);
  };

  await start();
  return {
    get url() {
      return url;
    },
    enrolmentCode: async (agencyCode) => {
      const { database, close } = await openAdminDatabase(dataFolder, process.env['DATABASE_URL'] ?? null);
      try {
        return (await issueEnrolmentCode(database, agencyCode)).code;
      } finally {
        await close();
      }
    },
    start,
    stop,
  };
}
