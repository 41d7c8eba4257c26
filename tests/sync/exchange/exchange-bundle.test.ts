import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#exchange/storage/embedded-postgres.ts';
import { layOutExchange } from '#scripts/packaging/package-exchange.ts';
import { runCommand, type CommandResult } from '#scripts/lib/run-command.ts';
import { openOffice, expectOk, fetchBytes, letter, readAll } from './office.ts';
import { sourceOf } from '#tests/support/message-source.ts';

/** Holds the copy of the exchange, its data and a PostgreSQL; far from the checkout and its node_modules. */
let folder: string;
let home: string;
let postgres: EmbeddedPostgres;
let databaseUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'van-thu-bundle-'));
  const made = join(folder, 'made');
  await layOutExchange(made);
  home = join(folder, 'installed');
  await cp(made, home, { recursive: true });
  await rm(made, { recursive: true });
  postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  databaseUrl = urlOf(postgres.connection);
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

function urlOf({ host, port, user, password, database }: EmbeddedPostgres['connection']): string {
  const url = new URL(`postgres://${user}@localhost:${port}/${database}`);
  url.password = typeof password === 'string' ? password : '';
  // A folder of a Unix socket is no host name.
  url.searchParams.set('host', host ?? '');
  return url.href;
}

/** Nothing of ours: no NODE_PATH, no NODE_OPTIONS, no node_modules/.bin. */
function environment(url: string | null): Record<string, string> {
  return { PATH: '/usr/bin:/bin', HOME: folder, ...(url === null ? {} : { DATABASE_URL: url }) };
}

function admin(...args: readonly string[]): Promise<CommandResult> {
  const cleared = Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]));
  const env = { ...cleared, ...environment(databaseUrl) };
  return runCommand(process.execPath, ['admin.js', ...args], { cwd: home, env });
}

async function startServer(): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const args = ['server.js', '--data', join(folder, 'data'), '--port', '0', '--log-level', 'warn'];
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const child = spawn(process.execPath, args, { cwd: home, env: environment(databaseUrl), stdio });
  for await (const line of createInterface(child.stdout)) {
    const { event, url } = JSON.parse(line) as { event: string; url: string };
    child.stdout.resume();
    if (event === 'ready') return { url, child };
  }
  throw new Error('the bundled exchange did not start');
}

describe('the folder of the exchange', () => {
  it('holds two programs, a thread of the server, the migrations, and no packages', async () => {
    const names = await readdir(home);
    expect(names.filter((name) => !/^exchange-.*\.js$/.test(name)).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'THIRD-PARTY-LICENSES.md',
      'admin.js',
      'migrations',
      'package.json',
      'routing-thread.js',
      'server.js',
    ]);
    const manifest = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
    expect(manifest.dependencies).toEqual({});
    for (const name of ['fastify', 'pg', 'kysely', 'embedded-postgres']) {
      expect(() => createRequire(join(home, 'server.js')).resolve(name)).toThrow('Cannot find module');
    }
  });

  it('enrols two offices and passes a message from one to the other', async () => {
    const { url, child } = await startServer();
    try {
      expect((await (await fetch(`${url}/v1/health`)).json()).status).toBe('ok');
      for (const code of ['A', 'B']) {
        const added = await admin('add-agency', '--code', code, '--name', `Cơ quan ${code}`);
        expect(added).toMatchObject({ status: 0, stdout: '{"changed":1}\n' });
      }
      const exchange = {
        url,
        enrolmentCode: async (agency: string): Promise<string> => {
          const { stdout } = await admin('enrol-code', '--agency', agency);
          return (JSON.parse(stdout) as { readonly code: string }).code;
        },
      };
      const sender = await openOffice(exchange, 'A');
      const receiver = await openOffice(exchange, 'B');
      const edxml = letter('A', ['B']);
      const id = randomUUID();
      const receipt = expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
      expect(receipt.recipients).toEqual([{ organId: 'B', outcome: 'accepted', seq: 1 }]);
      const verified = await admin('verify-receipt', receipt.proof);
      expect(JSON.parse(verified.stdout)).toMatchObject({ messageId: id, sender: 'A', sha256: receipt.sha256 });
      expect((await admin('verify-receipt', `${receipt.proof}x`)).status).toBe(1);
      const [item] = await readAll(receiver);
      expect(item?.messageId).toBe(id);
      expect(Buffer.compare(await fetchBytes(receiver, item!), edxml)).toBe(0);
    } finally {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await exited).toEqual([0, null]);
    }
  });

  it('says what it needs when no database is named', async () => {
    const child = spawn(process.execPath, ['server.js', '--data', join(folder, 'other')], {
      cwd: home,
      env: environment(null),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said).toContain('set DATABASE_URL');
  });
});
