/**
 * A PostgreSQL of our own in a data folder, for a pilot on one machine and for tests. It listens on a Unix socket only
 * (on Windows: loopback), with a password kept beside it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { preparePostgresBinaries } from './postgres-binaries.ts';
import { chooseIdentity, giveFolder, type ProcessIdentity } from './unprivileged-user.ts';

export interface EmbeddedPostgres {
  readonly connection: pg.PoolConfig;
  /** Resolves when the server process ended, whoever ended it. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const LONGEST_SOCKET_FOLDER = 80;

/**
 * Starts (and the first time creates) the database in `folder`. A server that a killed predecessor left running there
 * is stopped first; the caller makes sure that no living exchange uses the folder.
 * @param more settings of PostgreSQL that are to be otherwise
 */
export async function startEmbeddedPostgres(
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  const binaries = await preparePostgresBinaries();
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
  const identity = chooseIdentity([folder, binaries.postgres]);
  const cluster = join(folder, 'cluster');
  await stopOrphan(cluster);
  await ensureCluster(cluster, folder, binaries.initdb, identity);

  const socketFolder = prepareSocketFolder(folder, identity);
  const port = socketFolder === null ? await freePort() : 5432;
  const password = readFileSync(passwordFile(folder), 'utf8');
  const connection: pg.PoolConfig = {
    host: socketFolder ?? '127.0.0.1',
    port,
    user: 'exchange',
    database: 'postgres',
    password,
  };
  writeFileSync(connectionFile(folder), JSON.stringify({ host: connection.host, port }));

  const settings = {
    listen_addresses: socketFolder === null ? '127.0.0.1' : '',
    unix_socket_directories: socketFolder ?? '',
    port: String(port),
    max_connections: '40',
    shared_buffers: '64MB',
    max_wal_size: '256MB',
    ...more,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = await startServer([binaries.postgres, '-D', cluster, ...flags], folder, identity, connection);
  const exited = new Promise<void>((resolve) => {
    if (hasEnded(child)) resolve();
    else child.once('exit', () => resolve());
  });
  return { connection, exited, stop: () => stopServer(child, exited) };
}

/** How to reach the database of an exchange that runs in `folder`; null when none was ever started there. */
export async function readEmbeddedConnection(folder: string): Promise<pg.PoolConfig | null> {
  if (!existsSync(connectionFile(folder))) return null;
  const { host, port } = JSON.parse(await readFile(connectionFile(folder), 'utf8')) as { host: string; port: number };
  const password = await readFile(passwordFile(folder), 'utf8');
  return { host, port, user: 'exchange', database: 'postgres', password };
}

/** Made under another name first, so that a kill in between leaves no half cluster that looks like one. */
async function ensureCluster(
  cluster: string,
  folder: string,
  initdb: string,
  identity: ProcessIdentity,
): Promise<void> {
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    giveFolder(cluster, identity);
    return;
  }
  const unfinished = `${cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile(folder), randomBytes(24).toString('base64url'), { mode: 0o600 });
  const handOver = `${unfinished}.password`;
  writeFileSync(handOver, readFileSync(passwordFile(folder)), { mode: 0o600 });
  giveFolder(unfinished, identity);
  if (identity.user) chownSync(handOver, identity.user.uid, identity.user.gid);
  const options = ['--username=exchange', `--pwfile=${handOver}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const made = spawnAs(identity, [initdb, '-D', unfinished, ...options, '--locale=C', '--no-instructions']);
  const code = await new Promise<number | null>((resolve, reject) => {
    made.once('error', reject);
    made.once('exit', resolve);
  });
  rmSync(handOver, { force: true });
  if (code !== 0) throw new Error(`initdb failed with status ${code} in ${folder}`);
  await rename(unfinished, cluster);
}

async function startServer(
  command: readonly string[],
  folder: string,
  identity: ProcessIdentity,
  connection: pg.PoolConfig,
): Promise<ChildProcess> {
  const logPath = join(folder, 'postgres.log');
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const log = openSync(logPath, 'w');
    const child = spawnAs(identity, command, log);
    closeSync(log);
    let failure = '';
    child.once('error', (error) => (failure = error.message));
    while (!hasEnded(child) && failure === '') {
      if (await canConnect(connection)) return child;
      if (Date.now() > deadline) {
        child.kill('SIGQUIT');
        throw new Error(`PostgreSQL did not become ready in ${START_TIMEOUT_MS / 1000} s, see ${logPath}`);
      }
      await delay(15);
    }
    const reason = failure || readFileSync(logPath, 'utf8').trim().split('\n').slice(-3).join(' | ');
    // Backends of a killed server need a moment to notice and let go of its shared memory.
    if (!/shared memory block|lock file/.test(reason) || Date.now() > deadline) {
      throw new Error(`PostgreSQL did not start: ${reason}`);
    }
    await delay(100);
  }
}

async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (hasEnded(child)) return;
  child.kill('SIGINT');
  const late = setTimeout(() => child.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(late);
}

/** After kill -9 of the exchange its PostgreSQL goes on alone; it holds the folder and nobody would ever stop it. */
async function stopOrphan(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!isServerOf(pid, cluster)) {
    rmSync(pidFile, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isServerOf(pid, cluster)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGQUIT');
    await delay(20);
  }
}

/** The process id may have been given to something else since, so its working folder decides (Linux). */
function isServerOf(pid: number, cluster: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return false;
  }
}

function prepareSocketFolder(folder: string, identity: ProcessIdentity): string | null {
  if (process.platform === 'win32') return null;
  const near = join(folder, 'socket');
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const socketFolder = near.length <= LONGEST_SOCKET_FOLDER ? near : join(tmpdir(), `van-thu-${name}`);
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 });
  giveFolder(socketFolder, identity);
  return socketFolder;
}

function spawnAs(identity: ProcessIdentity, command: readonly string[], log?: number): ChildProcess {
  const [program = '', ...rest] = [...identity.prefix, ...command];
  return spawn(program, rest, {
    stdio: ['ignore', log ?? 'ignore', log ?? 'inherit'],
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', LC_ALL: 'C' },
    // A Ctrl+C in the terminal goes to the whole group; the exchange alone decides when its database stops.
    detached: true,
    ...(identity.user && identity.prefix.length === 0 ? identity.user : {}),
  });
}

async function canConnect(connection: pg.PoolConfig): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function passwordFile(folder: string): string {
  return join(folder, 'database-password');
}

function connectionFile(folder: string): string {
  return join(folder, 'database-connection.json');
}
