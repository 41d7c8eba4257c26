import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { openDatabase } from '#exchange/storage/database.ts';
import { readEmbeddedConnection } from '#exchange/storage/embedded-postgres.ts';
import { beginEpoch } from '#exchange/use-cases/begin-epoch.ts';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import { issueEnrolmentCode } from '#exchange/use-cases/issue-enrolment-code.ts';

const serverScript = join(import.meta.dirname, '../../exchange/entries/server.ts');

/** A module that turns a process's clock before anything else runs. */
function shiftedClock(ms: number): string {
  const from = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'shifted-clock.ts')).href);
  return `data:text/javascript,import { shiftClock } from ${encodeURIComponent(from)}; shiftClock(${ms});`;
}

/** A real exchange in its own process over its own PostgreSQL. */
export interface TestExchange {
  readonly url: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly pid: number;
  /** Direct access to its database, for arranging and checking. Ends with `stop` and `kill`. */
  readonly database: pg.Pool;
  addAgencies(
    agencies: readonly { readonly code: string; readonly name: string; readonly validTo?: string }[],
  ): Promise<void>;
  /** What an administrator does after a restore. */
  beginEpoch(): Promise<void>;
  enrolmentCode(agencyCode: string, lifeHours?: number): Promise<string>;
  /** Resolves with the exit status when the server process ends, for whatever reason. */
  readonly exited: Promise<number | null>;
  /** What it wrote to its log so far. */
  log(): string;
  /** kill -9: PostgreSQL stays behind as an orphan. */
  kill(): Promise<void>;
  /** Orderly end; `{ keepData: true }` leaves the folder for a next start. */
  stop(options?: { readonly keepData?: boolean }): Promise<void>;
}

export interface TestExchangeOptions {
  /** Where an earlier one ran; a new temporary folder by default. */
  readonly dataFolder?: string;
  /** The same port as before, so that clients find it again; any free one by default. */
  readonly port?: number;
  readonly seedFile?: string;
  /** How far its clock is from the true time, in milliseconds; that of its database is right. */
  readonly clockMs?: number;
  /** More of the server's own options. */
  readonly args?: readonly string[];
}

export async function startTestExchange(options: TestExchangeOptions = {}): Promise<TestExchange> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'van-thu-exchange-')));
  const seed = options.seedFile === undefined ? [] : ['--seed', options.seedFile];
  const clock = options.clockMs ?? 0;
  const args = [
    ...(clock === 0 ? [] : ['--import', shiftedClock(clock)]),
    serverScript,
    '--data',
    dataFolder,
    '--port',
    String(options.port ?? 0),
    ...seed,
    ...(options.args ?? []),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: withoutDatabaseUrl() });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const { url, port } = await readyEvent(child, () => log);

  const connection = await readEmbeddedConnection(join(dataFolder, 'postgres'));
  if (!connection) throw new Error('the exchange left no connection file');
  const database = new pg.Pool({ ...connection, max: 2 });
  database.on('error', () => undefined);
  const stores = openDatabase({ ...connection, max: 2 }, () => undefined);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await exited;
    }
    if (database.ending) return;
    await database.end();
    await stores.close();
  };
  return {
    url,
    port,
    dataFolder,
    pid: child.pid ?? 0,
    exited,
    database,
    addAgencies: async (agencies) => void (await importAgencies(stores, agencies)),
    beginEpoch: async () => void (await beginEpoch(stores)),
    enrolmentCode: async (agencyCode, lifeHours) => (await issueEnrolmentCode(stores, agencyCode, lifeHours)).code,
    log: () => log,
    kill: () => end('SIGKILL'),
    stop: async ({ keepData = false } = {}) => {
      await end('SIGTERM');
      if (!keepData) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function readyEvent(child: ChildProcess, log: () => string): Promise<{ url: string; port: number }> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the exchange ended with ${code}: ${log()}`)));
    if (!child.stdout) return;
    createInterface(child.stdout).on('line', (line) => {
      const event = JSON.parse(line) as { event: string; url: string; port: number };
      if (event.event === 'ready') resolve(event);
    });
  });
}

function withoutDatabaseUrl(): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env;
  return rest;
}
