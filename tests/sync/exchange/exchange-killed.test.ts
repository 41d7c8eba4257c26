import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Receipt } from '#core/ports/exchange.ts';
import { startBreakingProxy } from '#tests/support/breaking-proxy.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { expectOk, fetchBytes, gateway, letter, type Office, openOffice, readAll } from './office.ts';
import { sourceOf } from '#tests/support/message-source.ts';

let exchange: TestExchange;
let sender: Office;
let receiver: Office;

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies([
    { code: 'A', name: 'Cơ quan A' },
    { code: 'B', name: 'Cơ quan B' },
  ]);
  sender = await openOffice(exchange, 'A');
  receiver = await openOffice(exchange, 'B');
});
afterAll(() => exchange.stop());

/** kill -9 of the server alone, and a new one at the same address over what it left. */
async function killAndRestart(): Promise<void> {
  const { dataFolder, port } = exchange;
  const orphan = postmasterPid(dataFolder);
  await exchange.kill();
  expect(isRunning(orphan)).toBe(true);
  exchange = await startTestExchange({ dataFolder, port });
  expect(isRunning(orphan)).toBe(false);
}

/** One that has ended keeps its entry until whoever inherited it asks for its status: state Z. */
function isRunning(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** As the outbox does: the same message again, once the exchange is back, until there is an answer. */
async function putUntilAnswered(id: string, edxml: Uint8Array, back: Promise<void>): Promise<Receipt> {
  const first = await sender.client.putMessage(id, sourceOf(edxml));
  if (first.kind !== 'offline' && first.kind !== 'retry-later') return expectOk(first);
  await back;
  return expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
}

async function expectDeliveredOnce(id: string, edxml: Uint8Array): Promise<void> {
  const items = await readAll(receiver);
  expect(items.map((item) => item.seq)).toEqual(items.map((_, index) => index + 1));
  const found = items.filter((item) => item.messageId === id);
  expect(found).toHaveLength(1);
  expect(Buffer.compare(await fetchBytes(receiver, found[0]!), edxml)).toBe(0);
}

it('loses and doubles nothing when killed after the file is stored and before the commit', async () => {
  const id = randomUUID();
  const edxml = letter('A', ['B'], '1', 300_000);
  // Somebody else holds the receiver's row, so the server stops exactly there.
  const blocker = await exchange.database.connect();
  blocker.on('error', () => undefined);
  await blocker.query('BEGIN');
  await blocker.query(`SELECT FROM agencies WHERE code = 'B' FOR UPDATE`);
  const interrupted = sender.client.putMessage(id, sourceOf(edxml));
  await expect
    .poll(async () => (await blocker.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount, {
      interval: 20,
      timeout: 15_000,
    })
    .toBeGreaterThan(0);
  const killed = exchange.kill();
  expect((await interrupted).kind).toBe('offline');
  blocker.release(true);
  await killed;
  exchange = await startTestExchange({ dataFolder: exchange.dataFolder, port: exchange.port });

  expect(await readAll(receiver)).toEqual([]);
  expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
  await expectDeliveredOnce(id, edxml);
});

it('loses and doubles nothing when killed after the commit and before the answer', async () => {
  const id = randomUUID();
  const edxml = letter('A', ['B'], '2');
  const proxy = await startBreakingProxy(exchange.port);
  proxy.swallowAnswers = true;
  const behindProxy = gateway.connect({ ...sender.connection, url: proxy.url });
  expect((await behindProxy.putMessage(id, sourceOf(edxml))).kind).toBe('offline');
  expect(proxy.cuts()).toBe(1);
  const committed = await exchange.database.query('SELECT body FROM receipts WHERE message_id = $1', [id]);
  await killAndRestart();
  proxy.swallowAnswers = false;

  expect(expectOk(await behindProxy.putMessage(id, sourceOf(edxml)))).toEqual(committed.rows[0].body);
  await expectDeliveredOnce(id, edxml);
  await proxy.stop();
});

it('keeps everything when killed in the middle of many', async () => {
  const letters = Array.from({ length: 40 }, (_, i) => ({ id: randomUUID(), edxml: letter('A', ['B'], `${100 + i}`) }));
  const before = (await readAll(receiver)).length;
  let announceBack = (): void => undefined;
  const back = new Promise<void>((resolve) => (announceBack = resolve));
  const sending = letters.map(async ({ id, edxml }) => putUntilAnswered(id, edxml, back));
  await Promise.race(sending);
  await killAndRestart();
  announceBack();
  const receipts = await Promise.all(sending);
  const items = (await readAll(receiver)).slice(before);
  expect(items.map((item) => item.messageId).toSorted()).toEqual(letters.map(({ id }) => id).toSorted());
  expect(items.map((item) => item.seq)).toEqual(items.map((_, index) => before + 1 + index));
  for (const receipt of receipts) {
    const item = items.find(({ messageId }) => messageId === receipt.messageId)!;
    expect(receipt.recipients).toEqual([{ organId: 'B', outcome: 'accepted', seq: item.seq }]);
  }
});

it('refuses a second server on the same folder and leaves the first alone', async () => {
  await expect(startTestExchange({ dataFolder: exchange.dataFolder })).rejects.toThrow(
    `process ${exchange.pid} already runs an exchange`,
  );
  expectOk(await sender.client.agencies(0));
});

it('ends when its database dies, refusing nothing meanwhile, and starts anew over it', async () => {
  const { dataFolder, port, exited } = exchange;
  process.kill(postmasterPid(dataFolder), 'SIGKILL');
  const kinds = new Set<string>();
  let ended = false;
  void exited.then(() => (ended = true));
  while (!ended) kinds.add((await sender.client.agencies(0)).kind);
  expect(await exited).toBe(1);
  for (const kind of kinds) expect(['ok', 'retry-later', 'offline']).toContain(kind);
  exchange = await startTestExchange({ dataFolder, port });
  expectOk(await sender.client.agencies(0));
});

function postmasterPid(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}
