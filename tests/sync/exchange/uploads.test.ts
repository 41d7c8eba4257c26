import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContentStore } from '#files/content-store.ts';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import { writeEdxmlDocumentInPieces } from '#shared/edxml/write-edxml.ts';
import { contentDigest, MAX_MESSAGE_BYTES } from '#shared/wire/messages.ts';
import { MAX_CHUNK_BYTES, UPLOAD_CONTENT_TYPE, uploadId, uploadMetadata } from '#shared/wire/uploads.ts';
import { startBreakingProxy, type BreakingProxy } from '#tests/support/breaking-proxy.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { peakBytes } from '#tests/support/process-memory.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';
import { expectOk, fetchBytes, gateway, letter, type Office, openOffice, proofFor, readAll } from './office.ts';

let exchange: TestExchange;
let sender: Office;
let receiver: Office;

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies(['A', 'B', 'C', 'D'].map((code) => ({ code, name: `Cơ quan ${code}` })));
  sender = await openOffice(exchange, 'A');
  receiver = await openOffice(exchange, 'B');
});
afterAll(() => exchange.stop());

const digestOf = (bytes: Uint8Array) => contentDigest(createHash('sha256').update(bytes).digest('base64'));
const uploadsOf = (code: string): string[] => {
  const folder = join(exchange.dataFolder, 'messages/uploads', code);
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** Through a proxy, on connections that no other test has used. */
const through = (office: Office, proxy: BreakingProxy, stallMs = 30_000) =>
  createExchangeGateway(fetch, { stallMs }).connect({ ...office.connection, url: proxy.url });

async function expectDeliveredOnce(id: string, edxml: Uint8Array): Promise<void> {
  const found = (await readAll(receiver)).filter((item) => item.messageId === id);
  expect(found).toHaveLength(1);
  expect(Buffer.compare(await fetchBytes(receiver, found[0]!), edxml)).toBe(0);
}

describe('over a line that breaks', () => {
  it('after every megabyte, a letter of 20 MB goes out at once, with little sent twice', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    proxy.cutAfterClientBytes = 1_000_000;
    const id = randomUUID();
    const edxml = letter('A', ['B'], '1', 15_000_000);
    expect(edxml.length).toBeGreaterThan(20_000_000);
    expectOk(await through(sender, proxy).putMessage(id, sourceOf(edxml)));
    expect(proxy.cuts()).toBeGreaterThanOrEqual(20);
    // The proofs of the requests are some hundred bytes each.
    expect(proxy.clientBytes() / edxml.length).toBeLessThan(1.13);
    await expectDeliveredOnce(id, edxml);
    expect(uploadsOf('A')).toEqual([]);
    await proxy.stop();
  });

  it('after every 700 KB, no more than 12 % is sent twice', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    proxy.cutAfterClientBytes = 700_000;
    const id = randomUUID();
    const edxml = letter('A', ['B'], '2', 15_000_000);
    expectOk(await through(sender, proxy).putMessage(id, sourceOf(edxml)));
    expect(proxy.cuts()).toBeGreaterThanOrEqual(28);
    const overhead = proxy.clientBytes() / edxml.length - 1;
    expect(overhead).toBeLessThan(0.12);
    await expectDeliveredOnce(id, edxml);
    await proxy.stop();
  });

  it('before a piece of the usual size is through, smaller ones get it out', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    proxy.cutAfterClientBytes = 100_000;
    const id = randomUUID();
    const edxml = letter('A', ['B'], '3', 800_000);
    expectOk(await through(sender, proxy).putMessage(id, sourceOf(edxml)));
    await expectDeliveredOnce(id, edxml);
    await proxy.stop();
  });

  it('and lets nothing through, it steps back and goes on later where it was', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    const client = through(sender, proxy);
    const id = randomUUID();
    const edxml = letter('A', ['B'], '4', 3_000_000);
    const stop = new AbortController();
    const source = sourceOf(edxml);
    const stopping = {
      ...source,
      read: async (start: number, end: number) => {
        if (start > 1_500_000) stop.abort();
        return source.read(start, end);
      },
    };
    expect(await client.putMessage(id, stopping, stop.signal)).toEqual({ kind: 'aborted' });
    const [kept = ''] = uploadsOf('A');
    const before = readFileSync(join(exchange.dataFolder, 'messages/uploads/A', kept)).length;
    expect(before).toBeGreaterThan(1_500_000);
    proxy.cutAfterClientBytes = 10;
    expect(await client.putMessage(id, source)).toMatchObject({ kind: 'offline' });
    proxy.cutAfterClientBytes = null;
    const sentBefore = proxy.clientBytes();
    // A new connection knows nothing of the first.
    expectOk(await through(sender, proxy).putMessage(id, source));
    expect(proxy.clientBytes() - sentBefore).toBeLessThan(edxml.length - before + 20_000);
    await expectDeliveredOnce(id, edxml);
    await proxy.stop();
  });

  it('in silence, it ends after the stall time, and a newer request is not held up by the old one', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    proxy.silentAfterClientBytes = 500_000;
    const id = randomUUID();
    const edxml = letter('A', ['B'], '5', 3_000_000);
    expect(await through(sender, proxy, 300).putMessage(id, sourceOf(edxml))).toMatchObject({ kind: 'offline' });
    expect(proxy.silences()).toBe(1);
    proxy.silentAfterClientBytes = null;
    // The server still holds the half-open connection with half a piece.
    expectOk(await through(sender, proxy).putMessage(id, sourceOf(edxml)));
    await expectDeliveredOnce(id, edxml);
    await proxy.stop();
  });

  it('silent for small letters too, they end after the stall time and are then tried in pieces', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    proxy.silentAfterClientBytes = 120_000;
    const client = through(sender, proxy, 300);
    const id = randomUUID();
    const edxml = letter('A', ['B'], '6', 150_000);
    expect(edxml.length).toBeLessThan(256 * 1024);
    const kinds: string[] = [];
    while (kinds.at(-1) !== 'ok' && kinds.length < 20) kinds.push((await client.putMessage(id, sourceOf(edxml))).kind);
    expect(kinds.at(-1)).toBe('ok');
    await expectDeliveredOnce(id, edxml);
    await proxy.stop();
  });

  it('as the answer to the commit comes, the same receipt is given though the upload is gone', async () => {
    const proxy = await startBreakingProxy(exchange.port);
    const id = randomUUID();
    const edxml = letter('A', ['B'], '7', 500_000);
    const source = sourceOf(edxml);
    const cutting = createExchangeGateway(async (url, init) => {
      if (init.method === 'PUT' && uploadsOf('A').length > 0) proxy.swallowAnswers = true;
      return fetch(url, init);
    });
    const outcome = await cutting.connect({ ...sender.connection, url: proxy.url }).putMessage(id, source);
    expect(outcome.kind).toBe('offline');
    await expectDeliveredOnce(id, edxml);
    expect(uploadsOf('A')).toEqual([]);
    proxy.swallowAnswers = false;
    const sentBefore = proxy.clientBytes();
    const receipt = expectOk(await through(sender, proxy).putMessage(id, source));
    expect(proxy.clientBytes() - sentBefore).toBeLessThan(5_000);
    const kept = await exchange.database.query('SELECT body FROM receipts WHERE message_id = $1', [id]);
    expect(receipt).toEqual(kept.rows[0].body);
    await expectDeliveredOnce(id, edxml);
    await proxy.stop();
  });
});

it('wherever a line is cut, the same bytes are accepted once', async () => {
  const proxy = await startBreakingProxy(exchange.port);
  let number = 1_000;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 70_000, max: 900_000 }),
      fc.option(fc.integer({ min: 2_000, max: 20_000 })),
      fc.integer({ min: 100_000, max: 1_000_000 }),
      async (clientBytes, serverBytes, size) => {
        proxy.cutAfterClientBytes = clientBytes;
        proxy.cutAfterServerBytes = serverBytes;
        const id = randomUUID();
        const edxml = letter('A', ['B'], `${number++}`, size);
        let kind = '';
        for (let attempt = 0; kind !== 'ok' && attempt < 20; attempt++) {
          ({ kind } = await through(sender, proxy).putMessage(id, sourceOf(edxml)));
          expect(['ok', 'offline']).toContain(kind);
        }
        expect(kind).toBe('ok');
        await expectDeliveredOnce(id, edxml);
      },
    ),
    { numRuns: 12 },
  );
  await proxy.stop();
});

describe('when the exchange is killed', () => {
  /** kill -9 of the server at the first request of the kind, once `when` holds; a new one at the same address. */
  const killingAt = (method: string, when: () => boolean, before: boolean) => {
    let restarted: Promise<void> | null = null;
    const restart = async (): Promise<void> => {
      const { dataFolder, port } = exchange;
      await exchange.kill();
      exchange = await startTestExchange({ dataFolder, port });
    };
    const killing = createExchangeGateway(async (url, init) => {
      const now = init.method === method && restarted === null && when();
      if (now && before) await (restarted = restart());
      const response = await fetch(url, init);
      if (now && !before) {
        restarted = restart();
        await restarted;
        throw new TypeError('the answer was lost');
      }
      return response;
    });
    return { client: killing.connect(sender.connection), wasKilled: () => restarted !== null };
  };

  it.each([
    ['between two pieces', 'PATCH', true],
    ['after a piece was kept and before its answer', 'PATCH', false],
    ['between the last piece and the commit', 'PUT', true],
  ])('%s, the upload goes on and is accepted once', async (_name, method, before) => {
    const id = randomUUID();
    const edxml = letter('A', ['B'], `k${method}${before}`, 2_000_000);
    const source = sourceOf(edxml);
    const started = () => uploadsOf('A').some((name) => name.startsWith(source.sha256));
    const { client, wasKilled } = killingAt(method, started, before);
    const sentAgain: number[] = [];
    const counted = {
      ...source,
      read: async (start: number, end: number) => {
        sentAgain.push(end - start);
        return source.read(start, end);
      },
    };
    const first = await client.putMessage(id, counted);
    if (first.kind !== 'ok') expectOk(await client.putMessage(id, counted));
    expect(wasKilled()).toBe(true);
    expect(sentAgain.reduce((sum, one) => sum + one, 0)).toBeLessThan(edxml.length + 2 * MAX_CHUNK_BYTES);
    await expectDeliveredOnce(id, edxml);
    expect(uploadsOf('A')).toEqual([]);
  });

  it('during the commit, before the database has it, the commit is repeated without the bytes', async () => {
    const id = randomUUID();
    const edxml = letter('A', ['B'], 'commit', 1_000_000);
    const source = sourceOf(edxml);
    // Somebody else holds the receiver's row, so the server stops exactly there.
    const blocker = await exchange.database.connect();
    blocker.on('error', () => undefined);
    await blocker.query('BEGIN');
    await blocker.query(`SELECT FROM agencies WHERE code = 'B' FOR UPDATE`);
    const interrupted = sender.client.putMessage(id, source);
    await expect
      .poll(async () => (await blocker.query('SELECT FROM pg_locks WHERE NOT granted')).rowCount, {
        interval: 20,
        timeout: 15_000,
      })
      .toBeGreaterThan(0);
    const { dataFolder, port } = exchange;
    const killed = exchange.kill();
    expect((await interrupted).kind).toBe('offline');
    blocker.release(true);
    await killed;
    exchange = await startTestExchange({ dataFolder, port });
    let pieces = 0;
    const counted = { ...source, read: async (from: number, to: number) => ((pieces += 1), source.read(from, to)) };
    expectOk(await sender.client.putMessage(id, counted));
    expect(pieces).toBe(0);
    await expectDeliveredOnce(id, edxml);
  });
});

describe('requests by hand', () => {
  /** Requests of one office, signed as its workstation signs. */
  async function signedBy(office: Office): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
    return async (path, init = {}) => {
      const given = init.headers as Record<string, string> | undefined;
      // A body without a digest of its own is signed with the one that it has.
      const body =
        typeof init.body === 'string' ? Buffer.from(init.body) : init.body instanceof Uint8Array ? init.body : null;
      const announced = given?.['content-digest'] ?? (body === null ? null : digestOf(body));
      const proof = await proofFor(office, {
        method: init.method ?? 'GET',
        target: path,
        contentDigest: announced,
      });
      const headers = {
        'tus-resumable': '1.0.0',
        ...given,
        ...(announced === null ? {} : { 'content-digest': announced }),
        authorization: `DPoP ${proof}`,
      };
      return fetch(`${exchange.url}${path}`, { ...init, headers });
    };
  }
  const codeOf = async (response: Response): Promise<unknown> =>
    [response.status, ((await response.json()) as { code: string }).code] as const;
  const creation = (sha256: string, size: number): RequestInit => ({
    method: 'POST',
    headers: { 'upload-length': String(size), 'upload-metadata': uploadMetadata(sha256) },
  });
  const piece = (offset: number, bytes: Uint8Array, headers: Record<string, string> = {}): RequestInit => ({
    method: 'PATCH',
    headers: {
      'content-type': UPLOAD_CONTENT_TYPE,
      'upload-offset': String(offset),
      'content-digest': digestOf(bytes),
      ...headers,
    },
    body: Buffer.from(bytes),
  });
  const commit = (sha256: string, size: number): RequestInit => ({
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sha256, size }),
  });
  const nameOf = (bytes: Uint8Array) => ({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
  });

  it('go by tus 1.0: create, look, append, delete', async () => {
    const ask = await signedBy(sender);
    const bytes = letter('A', ['B'], 'tus', 400_000);
    const content = nameOf(bytes);
    const created = await ask('/v1/uploads', creation(content.sha256, content.size));
    const path = `/v1/uploads/${uploadId(content)}`;
    expect([created.status, created.headers.get('location'), created.headers.get('upload-offset')]).toEqual([
      201,
      path,
      '0',
    ]);
    expect(created.headers.get('tus-resumable')).toBe('1.0.0');
    expect(Date.parse(created.headers.get('upload-expires') ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000);
    const patched = await ask(path, piece(0, bytes.subarray(0, 1_000)));
    expect([patched.status, patched.headers.get('upload-offset')]).toEqual([204, '1000']);
    const again = await ask('/v1/uploads', creation(content.sha256, content.size));
    expect([again.status, again.headers.get('upload-offset')]).toEqual([200, '1000']);
    const looked = await ask(path, { method: 'HEAD' });
    const lookedAt = ['upload-offset', 'upload-length', 'cache-control'].map((name) => looked.headers.get(name));
    expect([looked.status, ...lookedAt]).toEqual([200, '1000', String(bytes.length), 'no-store']);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(path, { method: 'HEAD' })).status).toBe(404);
    const other = await ask('/v1/uploads', { ...creation(content.sha256, 10), headers: { 'tus-resumable': '0.2.2' } });
    expect([other.status, other.headers.get('tus-version')]).toEqual([412, '1.0.0']);
  });

  it('move the offset only for bytes that are right, at the right place and not too many', async () => {
    const ask = await signedBy(sender);
    const bytes = letter('A', ['B'], 'pieces', 1_500_000);
    const content = nameOf(bytes);
    await ask('/v1/uploads', creation(content.sha256, content.size));
    const path = `/v1/uploads/${uploadId(content)}`;
    const first = bytes.subarray(0, 1_000);
    const wrong = { 'content-digest': digestOf(bytes.subarray(1)) };
    expect(await codeOf(await ask(path, piece(0, first, wrong)))).toEqual([422, 'DIGEST_MISMATCH']);
    expect(await codeOf(await ask(path, piece(0, first, { 'content-digest': 'sha-256=:x:' })))).toEqual([
      400,
      'REQUEST_INVALID',
    ]);
    expect(await codeOf(await ask(path, piece(7, first)))).toEqual([409, 'UPLOAD_OFFSET_MISMATCH']);
    expect(await codeOf(await ask(path, piece(0, first, { 'content-type': 'application/xml' })))).toEqual([
      415,
      'REQUEST_INVALID',
    ]);
    expect((await ask(path, piece(0, bytes.subarray(0, MAX_CHUNK_BYTES + 1)))).status).toBeGreaterThanOrEqual(400);
    expect((await ask(path, { method: 'HEAD' })).headers.get('upload-offset')).toBe('0');
    expect((await ask(path, piece(0, first))).status).toBe(204);
    expect(await codeOf(await ask(path, piece(0, first)))).toEqual([409, 'UPLOAD_OFFSET_MISMATCH']);
    expect(
      await codeOf(await ask(`/v1/messages/${randomUUID()}/upload`, commit(content.sha256, content.size))),
    ).toEqual([409, 'UPLOAD_INCOMPLETE']);
    await ask(path, { method: 'DELETE' });

    const short = nameOf(bytes.subarray(0, 100));
    await ask('/v1/uploads', creation(short.sha256, short.size));
    const beyond = await ask(`/v1/uploads/${uploadId(short)}`, piece(0, bytes.subarray(0, 101)));
    expect(await codeOf(beyond)).toEqual([400, 'REQUEST_INVALID']);
    await ask(`/v1/uploads/${uploadId(short)}`, { method: 'DELETE' });
  });

  it('reach uploads of the own agency only', async () => {
    const bytes = letter('A', ['B'], 'own', 400_000);
    const content = nameOf(bytes);
    const path = `/v1/uploads/${uploadId(content)}`;
    const own = await signedBy(sender);
    const other = await signedBy(receiver);
    await own('/v1/uploads', creation(content.sha256, content.size));
    await own(path, piece(0, bytes.subarray(0, 1_000)));
    expect((await other(path, { method: 'HEAD' })).status).toBe(404);
    expect(await codeOf(await other(path, piece(1_000, bytes.subarray(1_000, 2_000))))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await other(path, { method: 'DELETE' }))).toEqual([404, 'NOT_FOUND']);
    expect(
      await codeOf(await other(`/v1/messages/${randomUUID()}/upload`, commit(content.sha256, content.size))),
    ).toEqual([404, 'NOT_FOUND']);
    // The same content from another agency is another upload.
    const theirs = await other('/v1/uploads', creation(content.sha256, content.size));
    expect([theirs.status, theirs.headers.get('upload-offset')]).toEqual([201, '0']);
    expect((await own(path, { method: 'HEAD' })).headers.get('upload-offset')).toBe('1000');
    expect((await fetch(`${exchange.url}${path}`, { method: 'HEAD' })).status).toBe(401);
    await own(path, { method: 'DELETE' });
    await other(path, { method: 'DELETE' });
  });

  it('announce too much, or nothing, in vain, before a byte is sent', async () => {
    const ask = await signedBy(sender);
    const sha256 = 'a'.repeat(64);
    expect(await codeOf(await ask('/v1/uploads', creation(sha256, MAX_MESSAGE_BYTES + 1)))).toEqual([
      413,
      'MESSAGE_TOO_LARGE',
    ]);
    expect(await codeOf(await ask('/v1/uploads', creation(sha256, 0)))).toEqual([400, 'REQUEST_INVALID']);
    expect(await codeOf(await ask('/v1/uploads', creation('../../x', 100)))).toEqual([400, 'REQUEST_INVALID']);
    expect(uploadsOf('A')).toEqual([]);
  });

  it('cannot fill the exchange with what is never finished', async () => {
    const office = await openOffice(exchange, 'C');
    const ask = await signedBy(office);
    const create = (n: number) => ask('/v1/uploads', creation(n.toString(16).padStart(64, '0'), 1_000));
    for (let n = 0; n < 16; n++) expect((await create(n)).status).toBe(201);
    const refused = await create(16);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await codeOf(refused)).toEqual([429, 'UPLOAD_LIMIT']);
    expect((await create(5)).status).toBe(200);
    // One that stood still for an hour gives way; one that did for a day is gone.
    const age = (n: number, hours: number) => {
      const at = new Date(Date.now() - hours * 3_600_000);
      const name = uploadId({ sha256: n.toString(16).padStart(64, '0'), size: 1_000 });
      utimesSync(join(exchange.dataFolder, 'messages/uploads/C', name), at, at);
      return name;
    };
    const idle = age(3, 2);
    expect((await create(16)).status).toBe(201);
    expect(uploadsOf('C')).toHaveLength(16);
    expect(uploadsOf('C')).not.toContain(idle);
    const old = age(7, 25);
    expect((await ask(`/v1/uploads/${old}`, { method: 'HEAD' })).status).toBe(404);
    const { dataFolder, port } = exchange;
    await exchange.stop({ keepData: true });
    exchange = await startTestExchange({ dataFolder, port });
    expect(uploadsOf('C')).toHaveLength(15);
    expect(uploadsOf('C')).not.toContain(old);
  });

  it('for the same upload end the one that still comes in', async () => {
    const ask = await signedBy(sender);
    const bytes = letter('A', ['B'], 'half-open', 400_000);
    const content = nameOf(bytes);
    const path = `/v1/uploads/${uploadId(content)}`;
    await ask('/v1/uploads', creation(content.sha256, content.size));
    const contentDigestOfHalf = digestOf(bytes.subarray(0, 1_000));
    const proof = await proofFor(sender, { method: 'PATCH', target: path, contentDigest: contentDigestOfHalf });
    const half = connectSocket(exchange.port, '127.0.0.1');
    half.on('error', () => undefined);
    half.write(
      [
        `PATCH ${path} HTTP/1.1`,
        'host: x',
        `authorization: DPoP ${proof}`,
        'tus-resumable: 1.0.0',
        `content-type: ${UPLOAD_CONTENT_TYPE}`,
        'upload-offset: 0',
        `content-digest: ${contentDigestOfHalf}`,
        'content-length: 1000',
        '',
        '',
      ].join('\r\n'),
    );
    half.write(bytes.subarray(0, 500));
    // At another offset they add nothing, but each is newer than the half piece as soon as the server has begun to read that.
    await expect
      .poll(async () => {
        expect((await ask(path, piece(7, bytes.subarray(0, 1_000)))).status).toBe(409);
        return half.destroyed;
      })
      .toBe(true);
    const second = await ask(path, piece(0, bytes.subarray(0, 1_000)));
    expect([second.status, second.headers.get('upload-offset')]).toEqual([204, '1000']);
    await ask(path, { method: 'DELETE' });
  });

  it('20 times at once accept a message once', async () => {
    const ask = await signedBy(sender);
    const bytes = letter('A', ['B'], 'many', 400_000);
    const content = nameOf(bytes);
    const path = `/v1/uploads/${uploadId(content)}`;
    await ask('/v1/uploads', creation(content.sha256, content.size));
    await ask(path, piece(0, bytes));
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(`/v1/messages/${id}/upload`, commit(content.sha256, content.size))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    await expectDeliveredOnce(id, bytes);
    const conflict = await ask(`/v1/messages/${id}/upload`, commit('b'.repeat(64), 5));
    expect(await codeOf(conflict)).toEqual([409, 'MESSAGE_ID_CONFLICT']);
  });
});

describe('an upload that is refused', () => {
  const put = async (office: Office, bytes: Uint8Array): Promise<unknown> =>
    office.client.putMessage(randomUUID(), sourceOf(bytes));

  it('leaves nothing behind', async () => {
    const stranger = await openOffice(exchange, 'D');
    expect(await put(stranger, Buffer.alloc(400_000, 'x'))).toMatchObject({ kind: 'refused', code: 'EDXML_INVALID' });
    expect(await put(stranger, letter('A', ['B'], 'x', 400_000))).toMatchObject({ code: 'SENDER_MISMATCH' });
    expect(await put(stranger, letter('D', ['Z'], 'x', 400_000))).toMatchObject({ code: 'RECIPIENT_UNKNOWN' });
    expect(uploadsOf('D')).toEqual([]);
  });

  it('because the disk of the exchange changed it begins anew at the next attempt', async () => {
    const edxml = letter('A', ['B'], 'rotten', 1_000_000);
    const source = sourceOf(edxml);
    const path = join(exchange.dataFolder, 'messages/uploads/A', uploadId(source));
    let rotten = false;
    const rotting = createExchangeGateway(async (url, init) => {
      const response = await fetch(url, init);
      if (init.method === 'PATCH' && !rotten) {
        rotten = true;
        const size = readFileSync(path).length;
        writeFileSync(path, Buffer.alloc(size, '?'));
      }
      return response;
    });
    const client = rotting.connect(sender.connection);
    const id = randomUUID();
    expect(await client.putMessage(id, source)).toMatchObject({ kind: 'garbage' });
    expect(uploadsOf('A')).toEqual([]);
    expectOk(await client.putMessage(id, source));
    await expectDeliveredOnce(id, edxml);
  });

  it('because it lost bytes that were confirmed goes on with what is left', async () => {
    const edxml = letter('A', ['B'], 'shorter', 2_000_000);
    const source = sourceOf(edxml);
    const path = join(exchange.dataFolder, 'messages/uploads/A', uploadId(source));
    let lost = false;
    const losing = createExchangeGateway(async (url, init) => {
      const response = await fetch(url, init);
      if (init.method === 'PATCH' && !lost && readFileSync(path).length > 500_000) {
        lost = true;
        truncateSync(path, 300_000);
      }
      return response;
    });
    const client = losing.connect(sender.connection);
    const id = randomUUID();
    expect(await client.putMessage(id, source)).toMatchObject({ kind: 'retry-later' });
    expectOk(await client.putMessage(id, source));
    await expectDeliveredOnce(id, edxml);
  });
});

it('a letter of 95 MB is written, sent and taken without anybody holding it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-largest-'));
  const store = createContentStore(folder);
  /** Size of the message, and of what was read of it at a time. */
  const send = async (attachmentBytes: number): Promise<{ size: number; asked: readonly number[] }> => {
    const attachment = {
      contentId: '1',
      name: 'ban-ve.pdf',
      contentType: 'application/pdf',
      description: '',
      size: attachmentBytes,
      read: (start: number, end: number) => Promise.resolve(Buffer.alloc(end - start, start / 3)),
    };
    const message = {
      ...fullDocument,
      from: organ('A'),
      to: [organ('B')],
      documentId: `A,2017/05/24,${attachmentBytes}/VT`,
    };
    const pieces = writeEdxmlDocumentInPieces({ ...message, attachments: [attachment] });
    const source = await store.source((await store.writePieces(pieces)).fileId);
    const asked: number[] = [];
    const read: typeof source.read = async (start, end) => {
      asked.push(end - start);
      return source.read(start, end);
    };
    expectOk(await gateway.connect(sender.connection).putMessage(randomUUID(), { ...source, read }));
    return { size: source.size, asked };
  };
  /** Most memory that the server ever had, in bytes. */
  const peak = (): number => peakBytes(exchange.pid);
  await send(15_000_000);
  const before = peak();
  const { size, asked } = await send(71 * 1024 * 1024);
  expect(size).toBeGreaterThan(94 * 1024 * 1024);
  expect(Math.max(...asked)).toBeLessThanOrEqual(MAX_CHUNK_BYTES);
  expect(asked.reduce((sum, one) => sum + one, 0)).toBe(size);
  // Pieces that are collected late add up to half of it at times; holding it, even once, would be all of it.
  expect(peak() - before).toBeLessThan((size * 3) / 4);
  rmSync(folder, { recursive: true });
});
