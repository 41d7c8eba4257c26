import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { mustRun } from '../lib/run-command.ts';
import { afterExchangeRestore } from './product-commands.ts';
import type { RunLog } from './run-log.ts';
import type { SmallDisk } from './small-disk.ts';
import { keepRunning } from './turns.ts';

/** The one exchange of a run, which is started again whenever it died. */
export interface ExchangeHost {
  readonly port: number;
  readonly disk: SmallDisk;
  /** Does something with the running exchange, again and again while it fails because the exchange fell. */
  ask<Value>(what: string, work: (exchange: TestExchange) => Promise<Value>): Promise<Value>;
  kill(): Promise<void>;
  killPostgres(): Promise<void>;
  stopFor(ms: number): Promise<void>;
  /** Starts it again on a clock that is so many milliseconds from the true time. */
  turnClock(clockMs: number): Promise<void>;
  backUp(backup: number): Promise<void>;
  /** @param isTold whether the administrator says that the data are older now, or leaves that to be found out */
  restore(backup: number, isTold: boolean): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  readonly disk: SmallDisk;
  readonly backupFolder: string;
  readonly log: RunLog;
}

/** Longest that a disk stays full, in milliseconds, with room to spare. */
const FULL_DISK_LIMIT_MS = 30_000;
/** Longest that a question is repeated, in milliseconds: a start over a damaged disk takes seconds. */
const ASK_LIMIT_MS = 90_000;

export async function openExchangeHost({ disk, backupFolder, log }: Options): Promise<ExchangeHost> {
  let port = 0;
  let server = 0;
  let clockMs = 0;
  const kept = keepRunning<TestExchange>({
    start: async () => {
      const exchange = await startTestExchange({
        dataFolder: disk.folder,
        port,
        clockMs,
        args: ['--log-level', 'error'],
      });
      ({ port, pid: server } = exchange);
      return exchange;
    },
    ended: async (exchange) => {
      await exchange.exited;
      // The process is gone; this closes our own connections to its database.
      await exchange.kill();
      const words = exchange.log().trim().split('\n').at(-1) ?? '';
      if (words !== '') log.add(`exchange wrote at last: ${words.slice(0, 400)}`);
    },
    failed: (error) => log.add(`exchange did not start: ${String(error).slice(0, 400)}`),
  });
  await kept.running();
  // Also when this process is told to end: nobody else would stop them.
  process.once('exit', () => {
    for (const pid of [server, readPostmaster(disk.folder)]) end(pid);
  });

  const ask: ExchangeHost['ask'] = async (what, work) => {
    const deadline = performance.now() + ASK_LIMIT_MS;
    for (;;) {
      const exchange = await kept.running();
      try {
        return await work(exchange);
      } catch (error) {
        if (performance.now() > deadline) throw new Error(`${what} in vain`, { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  const stop = (exchange: TestExchange): Promise<void> => exchange.stop({ keepData: true });
  const copyOf = (backup: number): string => path.join(backupFolder, `exchange-${backup}`);

  return {
    port,
    disk,
    ask,
    kill: async () => (await kept.running()).kill(),
    killPostgres: async () => {
      await kept.running();
      if (!end(readPostmaster(disk.folder))) log.add('no PostgreSQL to kill');
    },
    stopFor: (ms) => kept.whileDown(stop, () => new Promise((resolve) => setTimeout(resolve, ms))),
    turnClock: async (ms) => {
      await kept.whileDown(stop, async () => void (clockMs = ms));
      await kept.running();
    },
    backUp: (backup) => kept.whileDown(stop, () => copyFolder(disk.folder, copyOf(backup))),
    restore: async (backup, isTold) => {
      await kept.whileDown(stop, async () => {
        await putBack(copyOf(backup), disk.folder);
        // The disk may be full meanwhile: then the administrator says it again.
        if (isTold) await untilThereIsRoom(() => afterExchangeRestore(disk.folder));
      });
      await kept.running();
    },
    close: () => kept.close(stop),
  };
}

/** Process id of the PostgreSQL that runs in an exchange's folder; 0 when none does. */
function readPostmaster(folder: string): number {
  const file = path.join(folder, 'postgres/cluster/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
}

/** kill -9. @returns whether there was such a process */
function end(pid: number): boolean {
  if (!(pid > 1)) return false;
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** With owners, modes and times, as a backup does. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await mustRun('cp', ['-a', `${from}/.`, to]);
}

/** A folder becomes what its copy is. Whoever puts a copy back begins anew when the disk was full meanwhile. */
export async function putBack(copy: string, folder: string): Promise<void> {
  await untilThereIsRoom(async () => {
    await emptyFolder(folder);
    await copyFolder(copy, folder);
  });
}

async function untilThereIsRoom(work: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + FULL_DISK_LIMIT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** The folder itself stays: it may be a disk. */
async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true, force: true });
}
