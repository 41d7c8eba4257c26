import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeClient, InboxItem } from '#core/ports/exchange.ts';
import type { ExchangeIdentity } from '#exchange/rules/exchange-key.ts';
import type { AnswerStatement } from '#shared/wire/answer-proof.ts';
import { createPartFileSink } from '#tests/support/part-file-sink.ts';
import { startBreakingProxy } from '#tests/support/breaking-proxy.ts';
import { makeIdentity, proofOf } from '#tests/support/signed-exchange.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { expectOk, fromStart, gateway, letter, type Office, openOffice, readAll } from './office.ts';
import { sourceOf } from '#tests/support/message-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'van-thu-network-'));

describe('over a link that breaks', () => {
  let exchange: TestExchange;
  let receiver: Office;
  let item: InboxItem;
  const edxml = letter('A', ['B'], '1', 2_000_000);

  beforeAll(async () => {
    exchange = await startTestExchange();
    await exchange.addAgencies([
      { code: 'A', name: 'Cơ quan A' },
      { code: 'B', name: 'Cơ quan B' },
    ]);
    const sender = await openOffice(exchange, 'A');
    receiver = await openOffice(exchange, 'B');
    expectOk(await sender.client.putMessage(randomUUID(), sourceOf(edxml)));
    item = (await readAll(receiver))[0]!;
  });
  afterAll(() => exchange.stop());

  it('a download goes on where it was cut, and its bytes are right', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    proxy.cutAfterServerBytes = 400_000;
    const client = gateway.connect({ ...receiver.connection, url: proxy.url });
    const path = join(folder, randomUUID());
    let outcome = await client.getMessage(item, createPartFileSink(path));
    // A reset can take back all that an attempt brought; the sync then comes again, as here.
    while (outcome.kind === 'offline') outcome = await client.getMessage(item, createPartFileSink(path));
    expectOk(outcome);
    expect(proxy.cuts()).toBeGreaterThanOrEqual(6);
    expect(Buffer.compare(readFileSync(path), edxml)).toBe(0);
    await proxy.stop();
  });

  it('a part left by an earlier run is used when it is right and dropped when it is not', async () => {
    const right = join(folder, randomUUID());
    writeFileSync(right, edxml.subarray(0, 1_000_000));
    expectOk(await receiver.client.getMessage(item, createPartFileSink(right)));
    expect(Buffer.compare(readFileSync(right), edxml)).toBe(0);

    const wrong = join(folder, randomUUID());
    writeFileSync(wrong, Buffer.alloc(1_000_000, 'x'));
    expectOk(await receiver.client.getMessage(item, createPartFileSink(wrong)));
    expect(Buffer.compare(readFileSync(wrong), edxml)).toBe(0);

    const tooLong = join(folder, randomUUID());
    writeFileSync(tooLong, Buffer.alloc(edxml.length + 1));
    expectOk(await receiver.client.getMessage(item, createPartFileSink(tooLong)));
  });

  it('that brings nothing ends as offline and keeps what there is', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    proxy.swallowAnswers = true;
    const client = gateway.connect({ ...receiver.connection, url: proxy.url });
    const path = join(folder, randomUUID());
    writeFileSync(path, edxml.subarray(0, 10));
    expect(await client.getMessage(item, createPartFileSink(path))).toMatchObject({ kind: 'offline' });
    expect(readFileSync(path)).toHaveLength(10);
    await proxy.stop();
  });

  it('a server that is not there is offline', async () => {
    const client = gateway.connect({ ...receiver.connection, url: 'http://127.0.0.1:9' });
    const kinds = [
      await client.agencies(0),
      await client.inbox({ ...fromStart, limit: 1, waitSeconds: 1 }),
      await client.putMessage(randomUUID(), sourceOf(edxml)),
      await client.getMessage(item, createPartFileSink(join(folder, randomUUID()))),
    ].map((outcome) => outcome.kind);
    expect(kinds).toEqual(Array<string>(4).fill('offline'));
  });
});

describe('when something else answers', () => {
  let server: Server;
  let answer: RequestListener;
  let client: ExchangeClient;
  let identity: ExchangeIdentity;
  const item = { messageId: randomUUID(), size: 12, sha256: 'a'.repeat(64) };
  const etag = `"${item.sha256}"`;

  beforeAll(async () => {
    identity = await makeIdentity();
    server = createServer((request, response) => {
      request.resume();
      answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    client = gateway.connect({
      url: `http://127.0.0.1:${address.port}`,
      exchangeId: identity.exchangeId,
      exchangeKey: identity.key.publicJwk,
      workstationId: randomUUID(),
      deviceSecret: await gateway.createDeviceSecret(),
    });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const bare = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
    answer = (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };
  /** As `bare`, signed by the exchange; what it signs may be another thing (`lie`). */
  const json = (
    status: number,
    content: unknown,
    more: Record<string, string> = {},
    lie: Partial<AnswerStatement> = {},
  ): void => {
    const body = typeof content === 'string' ? content : JSON.stringify(content);
    const headers = { 'content-type': 'application/json', ...more };
    answer = (request, response) => {
      void proofOf(identity, request.headers.authorization ?? '', { status, body, headers }, lie).then((proof) => {
        response.writeHead(status, { ...headers, ...proof });
        response.end(body);
      });
    };
  };
  const everyCall = async (): Promise<string[]> => {
    const outcomes = [
      await client.agencies(0),
      await client.inbox({ ...fromStart, limit: 1, waitSeconds: 0 }),
      await client.putMessage(randomUUID(), sourceOf(Buffer.from('<edXML/>'))),
      await client.getMessage(item, createPartFileSink(join(folder, randomUUID()))),
    ];
    return outcomes.map((outcome) => outcome.kind);
  };
  const four = (kind: string): string[] => Array<string>(4).fill(kind);

  it('a captive portal is garbage, also with a status of its own', async () => {
    const page = '<!doctype html><html><body>Đăng nhập Wi-Fi</body></html>';
    for (const status of [200, 403, 404, 511]) {
      bare(status, page, { 'content-type': 'text/html' });
      expect(await everyCall()).toEqual(four('garbage'));
    }
  });

  it('a redirect is never followed', async () => {
    let followed = false;
    answer = (request, response) => {
      if (request.url === '/login') followed = true;
      response.writeHead(307, { location: '/login' }).end();
    };
    expect(await everyCall()).toEqual(four('offline'));
    expect(followed).toBe(false);
  });

  it('JSON of another shape, cut JSON and an empty body are garbage', async () => {
    for (const body of ['{}', '[]', 'null', '{"version":1,"agencies":[{"code"', '', '{"items":[],"cursor":-1}']) {
      json(200, body);
      expect(await everyCall()).toEqual(four('garbage'));
    }
  });

  it('a page with a hole, a receipt for something else, an error without its shape are garbage', async () => {
    const entry = { kind: 'document', messageId: randomUUID(), from: 'A', size: 1, sha256: 'b'.repeat(64) };
    const known = { ...entry, acceptedAt: new Date().toISOString(), urgency: 'normal' };
    const page = { epoch: randomUUID(), last: 2, continues: true, resend: [] };
    json(200, { ...page, items: [{ ...known, seq: 2 }], cursor: 2 });
    expect(await client.inbox({ ...fromStart, limit: 9, waitSeconds: 0 })).toMatchObject({ kind: 'garbage' });
    const receipt = { sha256: 'c'.repeat(64), acceptedAt: known.acceptedAt, recipients: [], proof: 'none' };
    json(201, { messageId: randomUUID(), ...receipt });
    expect(await client.putMessage(randomUUID(), sourceOf(Buffer.from('x')))).toEqual({
      kind: 'garbage',
      detail: 'a receipt for another message',
    });
    const messageId = randomUUID();
    json(201, { messageId, ...receipt, sha256: createHash('sha256').update('x').digest('hex') });
    expect(await client.putMessage(messageId, sourceOf(Buffer.from('x')))).toEqual({
      kind: 'garbage',
      detail: 'a receipt without proof',
    });
    json(422, { error: 'no' });
    expect(await everyCall()).toEqual(four('garbage'));
  });

  it('a busy server or proxy is asked again later, after the time it wishes', async () => {
    json(503, 'upstream down', { 'retry-after': '7', 'content-type': 'text/plain' });
    expect(await client.agencies(0)).toEqual({ kind: 'retry-later', retryAfterMs: 7_000, detail: 'status 503' });
    bare(502, '');
    expect(await everyCall()).toEqual(four('retry-later'));
  });

  it('a refusal of what somebody made of our request on the way is none of ours', async () => {
    for (const code of ['REQUEST_ALTERED', 'DIGEST_MISMATCH', 'RANGE_INVALID']) {
      json(422, { code, message: '', params: {} });
      expect(await everyCall()).toEqual(four('garbage'));
    }
    json(401, { code: 'REQUEST_REPLAYED', message: '', params: {} });
    expect(await everyCall()).toEqual(four('retry-later'));
  });

  describe('that has not the key of the exchange', () => {
    const directory = { version: 7, agencies: [] };

    it('nothing counts but that it is busy, for a time of our own choice', async () => {
      const refusal = { code: 'WORKSTATION_REVOKED', message: '', params: {} };
      const skew = { code: 'CLOCK_SKEW', message: '', params: { serverTime: '2000-01-01T00:00:00.000Z' } };
      const clockBefore = client.clockOffsetMs();
      const date = { date: 'Sat, 01 Jan 2000 00:00:00 GMT' };
      for (const [status, body] of [
        [200, directory],
        [403, refusal],
        [401, skew],
        [304, ''],
      ] as const) {
        bare(status, body, date);
        expect(await everyCall()).toEqual(four('garbage'));
      }
      for (const status of [429, 503]) {
        bare(status, '', { ...date, 'retry-after': '86400' });
        expect(await client.agencies(0)).toEqual({
          kind: 'retry-later',
          retryAfterMs: null,
          detail: `status ${status}`,
        });
      }
      expect(client.clockOffsetMs()).toBe(clockBefore);
    });

    it('nor does a proof of another answer, request, exchange or key', async () => {
      json(200, directory);
      expect(await client.agencies(0)).toEqual({ kind: 'ok', value: directory });
      const lies: Partial<AnswerStatement>[] = [
        { status: 201 },
        { request: 'A'.repeat(43) },
        { exchangeId: randomUUID() },
        { contentDigest: `sha-256=:${'A'.repeat(43)}=:` },
        { headers: { 'retry-after': '1' } },
      ];
      for (const lie of lies) {
        json(200, directory, {}, lie);
        expect(await client.agencies(0), JSON.stringify(lie)).toMatchObject({ kind: 'garbage' });
      }
      json(200, directory, { 'retry-after': '9' }, { headers: {} });
      expect(await client.agencies(0)).toMatchObject({ kind: 'garbage' });
      const own = identity;
      identity = { ...(await makeIdentity()), exchangeId: own.exchangeId };
      json(200, directory);
      expect(await client.agencies(0)).toMatchObject({ kind: 'garbage' });
      identity = own;
    });

    it('and the clock is the one that the exchange signed', async () => {
      json(200, directory, { date: 'Sat, 01 Jan 2000 00:00:00 GMT' }, { serverTime: '2031-01-01T00:00:00.000Z' });
      expect(await client.agencies(0)).toMatchObject({ kind: 'ok' });
      expect(Math.abs(client.clockOffsetMs()! - (Date.parse('2031-01-01') - Date.now()))).toBeLessThan(60_000);
      json(200, directory);
      expect(await client.agencies(0)).toMatchObject({ kind: 'ok' });
    });
  });

  it('a clock that cannot be brought together is said to be one', async () => {
    const serverTime = new Date(Date.now() - 86_400_000).toISOString();
    json(401, { code: 'CLOCK_SKEW', message: '', params: { serverTime } });
    const outcome = await client.agencies(0);
    expect(outcome).toMatchObject({ kind: 'clock' });
    expect(outcome.kind === 'clock' && Math.abs(outcome.offsetMs + 86_400_000)).toBeLessThan(5_000);
  });

  it('a download with another file, too many bytes or too few is never a success', async () => {
    const serve = (body: string, headers: Record<string, string> = {}): void =>
      json(200, body, { 'content-type': 'application/xml', etag, ...headers });
    const download = async (): Promise<unknown> =>
      client.getMessage(item, createPartFileSink(join(folder, randomUUID())));
    serve('twelve bytes');
    expect(await download()).toEqual({ kind: 'garbage', detail: 'bytes with another SHA-256' });
    serve('many more bytes than the message has');
    expect(await download()).toMatchObject({ kind: 'garbage' });
    serve('');
    expect(await download()).toMatchObject({ kind: 'garbage' });
    serve('twelve bytes', { etag: '"other"' });
    expect(await download()).toMatchObject({ kind: 'garbage' });
  });

  it('a server that answers half a download again and again does not keep us for ever', async () => {
    json(200, 'half', { 'content-type': 'application/xml', etag });
    const path = join(folder, randomUUID());
    expect(await client.getMessage(item, createPartFileSink(path))).toMatchObject({ kind: 'garbage' });
  });
});
