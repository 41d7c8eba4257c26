/** A hostile or broken agency beside others: what it may use up, and that the others notice nothing. */
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import { contentDigest } from '#shared/wire/messages.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import {
  anyRegister,
  askByHand,
  codeOf,
  expectOk,
  fromStart,
  letter,
  type Office,
  openOffice,
  proofFor,
} from './office.ts';

let exchange: TestExchange;
let quiet: Office;

beforeAll(async () => {
  const limits = join(mkdtempSync(join(tmpdir(), 'van-thu-limits-')), 'limits.json');
  writeFileSync(
    limits,
    JSON.stringify({
      workstationRequests: { burst: 60, perSecond: 0.01 },
      agencyBytes: { burst: 300_000, perSecond: 1 },
      agencyRecipients: { burst: 20, perSecond: 0.01 },
      recipientsPerMessage: 5,
      pollsPerWorkstation: 2,
      bodiesPerWorkstation: 16,
      waitingPerWorkstation: 50,
      bodyStallSeconds: 3,
      bodyBytesPerSecond: 1_000,
      bodyWindowSeconds: 2,
    }),
  );
  exchange = await startTestExchange({ args: ['--limits', limits] });
  const codes = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L'];
  await exchange.addAgencies(codes.map((code) => ({ code, name: `Cơ quan ${code}` })));
  quiet = await openOffice(exchange, 'B');
});
afterAll(() => exchange.stop());

/** Message files that are kept, and those that are being received. */
function filesOf({ dataFolder }: TestExchange): { kept: number; incoming: number } {
  const root = join(dataFolder, 'messages');
  const kept = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const incoming = readdirSync(join(root, 'incoming')).length;
  return { kept: kept.length - incoming, incoming };
}

/** Sends the head of a message's request and the first bytes of its body. */
async function beginUpload(
  office: Office,
  length: number,
  first: string,
): Promise<{ socket: Socket; said: () => string }> {
  const target = `/v1/messages/${randomUUID()}`;
  const digest = contentDigest(createHash('sha256').update('').digest('base64'));
  const proof = await proofFor(office, { method: 'PUT', target, contentDigest: digest });
  const socket = connect(exchange.port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `PUT ${target} HTTP/1.1\r\nhost: x\r\nauthorization: DPoP ${proof}\r\ncontent-type: application/xml\r\n` +
      `content-digest: ${digest}\r\ncontent-length: ${length}\r\n\r\n${first}`,
  );
  return { socket, said: () => text };
}

describe('what one uses up', () => {
  it('in requests is its own', async () => {
    const office = await openOffice(exchange, 'A');
    let outcome = await office.client.agencies(0);
    for (let asked = 1; asked < 80 && outcome.kind === 'ok'; asked += 1) outcome = await office.client.agencies(0);
    expect(outcome).toMatchObject({ kind: 'retry-later', retryAfterMs: expect.any(Number) });
    expect(outcome.kind === 'retry-later' && outcome.retryAfterMs).toBeGreaterThan(1_000);
    expectOk(await quiet.client.agencies(0));
  });

  it('in bytes is its own', async () => {
    const office = await openOffice(exchange, 'C');
    expectOk(await office.client.putMessage(randomUUID(), sourceOf(letter('C', ['B'], '1', 400_000))));
    await expect.poll(async () => (await office.client.agencies(0)).kind).toBe('retry-later');
    expectOk(await quiet.client.agencies(0));
  });

  it('in recipients is its own, and a message has not too many', async () => {
    const office = await openOffice(exchange, 'D');
    const put = (to: string[]): Promise<unknown> => office.client.putMessage(randomUUID(), sourceOf(letter('D', to)));
    expect(await put(['A', 'B', 'C', 'D', 'E', 'F'])).toMatchObject({ kind: 'refused', code: 'TOO_MANY_RECIPIENTS' });
    for (let sent = 0; sent < 5; sent += 1) expect(await put(['A', 'B', 'C', 'G'])).toMatchObject({ kind: 'ok' });
    await put(['B']);
    expect(await put(['B'])).toMatchObject({ kind: 'retry-later' });
    expectOk(await quiet.client.putMessage(randomUUID(), sourceOf(letter('B', ['A']))));
  });

  it('in open inbox requests is its own, and a place that is left is free again', async () => {
    const office = await openOffice(exchange, 'E');
    const gone = new AbortController();
    const poll = () => office.client.inbox({ ...fromStart, limit: 1, waitSeconds: 25 }, gone.signal);
    const open = [poll(), poll(), poll()];
    expect(await Promise.race(open)).toMatchObject({ kind: 'retry-later' });
    expectOk(await quiet.client.inbox({ ...fromStart, limit: 1, waitSeconds: 0 }));
    gone.abort();
    await Promise.all(open);
    await expect
      .poll(async () => (await office.client.inbox({ ...fromStart, limit: 1, waitSeconds: 0 })).kind)
      .toBe('ok');
  });

  it('in messages that are stuck in the database is its own', async () => {
    const hostile = await openOffice(exchange, 'F');
    const blocker = await exchange.database.connect();
    await blocker.query('BEGIN');
    await blocker.query(`SELECT FROM agencies WHERE code = 'L' FOR UPDATE`);
    // More than there are connections, all of them waiting for the same row.
    const stuck = Array.from({ length: 14 }, (_, n) =>
      hostile.client.putMessage(randomUUID(), sourceOf(letter('F', ['L'], `${n}`))),
    );
    await expect
      .poll(async () => (await blocker.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount)
      .toBeGreaterThan(0);
    expectOk(await quiet.client.putMessage(randomUUID(), sourceOf(letter('B', ['K'], 'past the stuck ones'))));
    const { rows } = await blocker.query(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE application_name = 'van-thu-exchange' AND wait_event_type = 'Lock'`,
    );
    expect(rows[0].waiting).toBeLessThanOrEqual(3);
    await blocker.query('COMMIT');
    blocker.release();
    await Promise.all(stuck);
  });
});

describe('a body', () => {
  it('announced over the limit is refused before a byte of it is read', async () => {
    const office = await openOffice(exchange, 'G');
    const { socket, said } = await beginUpload(office, 150 * 1024 * 1024 + 1, '');
    await once(socket, 'close');
    expect(said()).toMatch(/^HTTP\/1\.1 413 /);
    expect(said()).toContain('MESSAGE_TOO_LARGE');
  });

  it('that does not come is cut off, and nothing of it stays', async () => {
    const office = await openOffice(exchange, 'H');
    const before = filesOf(exchange);
    const { socket } = await beginUpload(office, 100_000, '<?xml');
    await expect.poll(() => filesOf(exchange).incoming).toBe(before.incoming + 1);
    await once(socket, 'close');
    await expect.poll(() => filesOf(exchange)).toEqual(before);
  });

  it('that trickles is cut off', async () => {
    const office = await openOffice(exchange, 'I');
    const { socket } = await beginUpload(office, 100_000, '<?xml');
    const trickle = setInterval(() => socket.write(' '), 50);
    await once(socket, 'close');
    clearInterval(trickle);
  });

  it('that stands still hinders the same workstation only as far as it has places', async () => {
    const office = await openOffice(exchange, 'J');
    const begun = await Promise.all(Array.from({ length: 16 }, () => beginUpload(office, 100_000, '<?xml')));
    await expect.poll(() => filesOf(exchange).incoming).toBe(16);
    const waiting = office.client.putMessage(randomUUID(), sourceOf(letter('J', ['B'], '2')));
    expectOk(await quiet.client.putMessage(randomUUID(), sourceOf(letter('B', ['J'], '3'))));
    await Promise.all(begun.map(({ socket }) => once(socket, 'close')));
    expectOk(await waiting);
  });

  it('whose line broke while its caller was looked up takes no place', async () => {
    const office = await openOffice(exchange, 'L');
    const blocker = await exchange.database.connect();
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE workstations IN ACCESS EXCLUSIVE MODE');
    const begun = await Promise.all(Array.from({ length: 16 }, () => beginUpload(office, 100_000, '<?xml')));
    await expect
      .poll(async () => (await blocker.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount)
      .toBeGreaterThanOrEqual(12);
    const closed = begun.map(({ socket }) => once(socket, 'close'));
    for (const { socket } of begun) socket.resetAndDestroy();
    await Promise.all(closed);
    // What the server answers now, it answers after it has seen the broken lines.
    for (let n = 0; n < 3; n += 1) await fetch(`${exchange.url}/nowhere`);
    await blocker.query('COMMIT');
    blocker.release();
    expectOk(await office.client.putMessage(randomUUID(), sourceOf(letter('L', ['B'], '5'))));
  });

  it('of a message that is refused leaves no file', async () => {
    const office = await openOffice(exchange, 'K');
    const id = randomUUID();
    expectOk(await office.client.putMessage(id, sourceOf(letter('K', ['B'], '1'))));
    const before = filesOf(exchange);
    const put = (with_: string, bytes: Uint8Array): Promise<unknown> =>
      office.client.putMessage(with_, sourceOf(bytes));
    expect(await put(randomUUID(), letter('K', ['NOBODY'], '2'))).toMatchObject({ code: 'RECIPIENT_UNKNOWN' });
    expect(await put(id, letter('K', ['B'], '3'))).toMatchObject({ code: 'MESSAGE_ID_CONFLICT' });
    expect(await put(randomUUID(), letter('B', ['K'], '4'))).toMatchObject({ code: 'SENDER_MISMATCH' });
    expect(filesOf(exchange)).toEqual(before);
  });
});

describe('the directory', () => {
  it('that has not changed is not sent again', async () => {
    const statuses: number[] = [];
    const gateway = createExchangeGateway(async (url, init) => {
      const answer = await fetch(url, init);
      statuses.push(answer.status);
      return answer;
    });
    const client = gateway.connect(quiet.connection);
    const { version } = expectOk(await client.agencies(0));
    expect(expectOk(await client.agencies(version))).toEqual({ version, agencies: [] });
    await exchange.addAgencies([{ code: 'Z', name: 'Cơ quan mới' }]);
    const changed = expectOk(await client.agencies(version));
    expect(changed.agencies.map(({ code }) => code)).toEqual(['Z']);
    expect(statuses).toEqual([200, 304, 200]);
    const target = `/v1/agencies?since=${version}`;
    expect((await askByHand(quiet, target, { headers: { 'if-none-match': '"directory-0"' } })).status).toBe(200);
  });

  it('is sent whole to who knows a later one, from before a restore', async () => {
    const whole = expectOk(await quiet.client.agencies(0));
    expect(expectOk(await quiet.client.agencies(whole.version + 5))).toEqual(whole);
  });
});

describe('an enrolment code', () => {
  it('that was refused often is refused to all, wherever they ask from', async () => {
    const enrol = (address: string): Promise<Response> =>
      fetch(`${exchange.url}/v1/enrol`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address, 'x-forwarded-proto': 'https' },
        body: JSON.stringify({
          code: 'AAAAA-BBBBB',
          publicKey: { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) },
          workstationName: 'Máy',
          ...anyRegister(),
        }),
      });
    const codes: string[] = [];
    for (let n = 1; n <= 12; n += 1) codes.push(await codeOf(await enrol(`203.0.113.${n}`)));
    expect(codes).toEqual([...Array<string>(10).fill('ENROL_CODE_INVALID'), 'RATE_LIMITED', 'RATE_LIMITED']);
  });
});
