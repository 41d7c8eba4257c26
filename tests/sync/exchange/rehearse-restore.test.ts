import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { repositoryRoot } from '#tests/support/test-office.ts';
import { expectOk, letter, openOffice, readAll } from './office.ts';

let exchange: TestExchange;
const lost = randomUUID();

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies([
    { code: 'A', name: 'Cơ quan A' },
    { code: 'B', name: 'Cơ quan B' },
  ]);
  const sender = await openOffice(exchange, 'A');
  const receiver = await openOffice(exchange, 'B');
  expectOk(await sender.client.putMessage(randomUUID(), sourceOf(letter('A', ['B'], '1'))));
  expectOk(await sender.client.putMessage(lost, sourceOf(letter('A', ['B'], '2'))));
  const item = (await readAll(receiver)).find(({ messageId }) => messageId === lost)!;
  await exchange.stop({ keepData: true });
  await rm(join(exchange.dataFolder, 'messages', item.sha256.slice(0, 2), item.sha256));
}, 60_000);
afterAll(() => rm(exchange.dataFolder, { recursive: true, force: true }));

it('a restore is rehearsed on a copy: what is lost is named, and the backup stays as it is', async () => {
  const before = await readdir(exchange.dataFolder, { recursive: true });
  const script = join(repositoryRoot, 'scripts/rehearse-restore.ts');
  const child = spawn(process.execPath, [script, exchange.dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const output = await text(child.stdout);
  expect(await exited).toBe(0);
  expect(output).toContain('2 messages, 1 lost');
  expect(output).toContain(lost);
  expect(output).toContain('status 200');
  expect((await readdir(exchange.dataFolder, { recursive: true })).toSorted()).toEqual(before.toSorted());
});
