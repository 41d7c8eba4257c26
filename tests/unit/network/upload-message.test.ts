import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExchangeClient } from '#core/ports/exchange.ts';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import { createUploadPace } from '#network/upload-pace.ts';
import { signing } from '#tests/support/signed-exchange.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import {
  createUploadExchange,
  lineFaults,
  type LineFault,
  type UploadExchange,
  uploadExchangeIdentity,
} from '#tests/support/upload-exchange.ts';

const KIB = 1024;
const secret = await createExchangeGateway(fetch).createDeviceSecret();

const clientOf = (exchange: UploadExchange): ExchangeClient =>
  createExchangeGateway(signing(exchange.fetch, uploadExchangeIdentity)).connect({
    url: 'https://exchange.invalid',
    exchangeId: uploadExchangeIdentity.exchangeId,
    exchangeKey: uploadExchangeIdentity.key.publicJwk,
    workstationId: randomUUID(),
    deviceSecret: secret,
  });

/** Time passes only in silence. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const stallTime = () => void vi.advanceTimersByTime(31_000);

describe('a message', () => {
  it('that is small is one request; a larger one is pieces, and then a commit', async () => {
    const exchange = createUploadExchange(() => 'none');
    const client = clientOf(exchange);
    expect(await client.putMessage(randomUUID(), sourceOf(randomBytes(256 * KIB)))).toMatchObject({ kind: 'ok' });
    expect(exchange.requests).toEqual([{ method: 'PUT', bytes: 256 * KIB }]);
    exchange.requests.length = 0;
    const large = randomBytes(3_000_000);
    expect(await client.putMessage(randomUUID(), sourceOf(large))).toMatchObject({ kind: 'ok' });
    const methods = exchange.requests.map(({ method }) => method);
    expect([methods[0], methods[1], methods.at(-1)]).toEqual(['PUT', 'POST', 'PUT']);
    const pieces = exchange.requests.filter(({ method }) => method === 'PATCH').map(({ bytes }) => bytes);
    // A good line is given more at a time.
    expect(pieces.slice(0, 3)).toEqual([256 * KIB, 512 * KIB, 1024 * KIB]);
    expect(exchange.accepted[1]?.bytes.equals(large)).toBe(true);
  });

  it('that is small and does not get through in one request goes in pieces', async () => {
    const exchange = createUploadExchange(({ body }) => (body.length > 70_000 ? 'cut-before' : 'none'));
    const bytes = randomBytes(100_000);
    expect(await clientOf(exchange).putMessage(randomUUID(), sourceOf(bytes))).toMatchObject({ kind: 'ok' });
    expect(exchange.accepted[0]?.bytes.equals(bytes)).toBe(true);
  });

  it('is not sent again when only the answer to its commit was lost', async () => {
    let commits = 0;
    const exchange = createUploadExchange(({ method }) => (method === 'PUT' && ++commits === 2 ? 'cut-after' : 'none'));
    const source = sourceOf(randomBytes(400_000));
    expect(await clientOf(exchange).putMessage(randomUUID(), source)).toMatchObject({ kind: 'ok' });
    expect(exchange.accepted).toHaveLength(1);
    expect(exchange.requests.map(({ method }) => method)).toEqual(['PUT', 'POST', 'PATCH', 'PATCH', 'PUT', 'PUT']);
  });

  it('whose first question is cut is sent all the same', async () => {
    let asked = 0;
    const exchange = createUploadExchange(() => (++asked === 1 ? 'cut-before' : 'none'));
    const outcome = await clientOf(exchange).putMessage(randomUUID(), sourceOf(randomBytes(400_000)));
    expect(outcome).toMatchObject({ kind: 'ok' });
  });

  it('is never sent to a host that an answer names', async () => {
    const exchange = createUploadExchange(() => 'none');
    const hosts = new Set<string>();
    const spying: UploadExchange = {
      ...exchange,
      fetch: (url, init) => (hosts.add(new URL(url).host), exchange.fetch(url, init)),
    };
    expect(await clientOf(spying).putMessage(randomUUID(), sourceOf(randomBytes(400_000)))).toMatchObject({
      kind: 'ok',
    });
    expect([...hosts]).toEqual(['exchange.invalid']);
  });

  it('whose file fails while it is read ends with that failure', async () => {
    const source = { ...sourceOf(randomBytes(400_000)), read: () => Promise.reject(new Error('FILE_DAMAGED')) };
    await expect(clientOf(createUploadExchange(() => 'none')).putMessage(randomUUID(), source)).rejects.toThrow(
      'FILE_DAMAGED',
    );
  });
});

describe('a line', () => {
  const put = (exchange: UploadExchange, bytes: Uint8Array, signal?: AbortSignal) =>
    clientOf(exchange).putMessage(randomUUID(), sourceOf(bytes), signal);

  it('that is cut in every second piece still lets a message out in one attempt', async () => {
    let patches = 0;
    const exchange = createUploadExchange(({ method }) =>
      method === 'PATCH' && ++patches % 2 === 1 ? 'cut-before' : 'none',
    );
    const bytes = randomBytes(1_000_000);
    expect(await put(exchange, bytes)).toMatchObject({ kind: 'ok' });
    expect(exchange.accepted[0]?.bytes.equals(bytes)).toBe(true);
  });

  it('that carries little at a time is given little at a time', async () => {
    const exchange = createUploadExchange(({ body }) => (body.length > 70_000 ? 'cut-before' : 'none'));
    expect(await put(exchange, randomBytes(1_000_000))).toMatchObject({ kind: 'ok' });
  });

  it('that brings nothing is given up after a few attempts', async () => {
    const exchange = createUploadExchange(({ method }) => (method === 'PATCH' ? 'cut-before' : 'none'));
    expect(await put(exchange, randomBytes(1_000_000))).toMatchObject({ kind: 'offline' });
    expect(exchange.requests.filter(({ method }) => method === 'PATCH').length).toBeLessThanOrEqual(4);
    const dead = createUploadExchange(() => 'cut-before');
    expect(await put(dead, randomBytes(1_000_000))).toMatchObject({ kind: 'offline' });
    expect(dead.requests.length).toBeLessThanOrEqual(2);
  });

  it.each(['PUT', 'POST', 'PATCH'])('that is silent at a %s is given up after the stall time', async (at) => {
    const exchange = createUploadExchange(({ method }) => (method === at ? 'silence' : 'none'), stallTime);
    expect(await put(exchange, randomBytes(300_000))).toMatchObject({ kind: 'offline' });
    expect(exchange.requests.filter(({ method }) => method === at)).toHaveLength(1);
  });

  it('that is silent for less is waited for', async () => {
    let answer = () => undefined as void;
    const exchange = createUploadExchange(() => 'none');
    let held = false;
    const slow: UploadExchange = {
      ...exchange,
      fetch: async (url, init) => {
        if (init.method === 'PATCH' && !held) {
          held = true;
          const wait = new Promise<void>((resolve) => (answer = resolve));
          vi.advanceTimersByTime(29_000);
          answer();
          await wait;
        }
        init.signal?.throwIfAborted();
        return exchange.fetch(url, init);
      },
    };
    expect(await put(slow, randomBytes(300_000))).toMatchObject({ kind: 'ok' });
  });

  it('is let go at once when the caller says so, in a piece and in silence', async () => {
    const stop = new AbortController();
    const exchange = createUploadExchange(
      ({ method }) => (method === 'PATCH' ? 'silence' : 'none'),
      () => stop.abort(),
    );
    expect(await put(exchange, randomBytes(300_000), stop.signal)).toEqual({ kind: 'aborted' });
  });
});

describe('an exchange', () => {
  const putOnce = (fetchLike: UploadExchange['fetch']) => {
    const exchange = { ...createUploadExchange(() => 'none'), fetch: fetchLike };
    return clientOf(exchange).putMessage(randomUUID(), sourceOf(Buffer.alloc(400_000, 'x')));
  };
  const refuse = (status: number, code: string) =>
    new Response(JSON.stringify({ code, message: '', params: {} }), { status });

  it('that contradicts itself does not keep us for ever', async () => {
    let real = createUploadExchange(() => 'none');
    const answers: UploadExchange['fetch'][] = [
      async () => refuse(404, 'NOT_FOUND'),
      async (url, init) => (init.method === 'PUT' ? refuse(409, 'UPLOAD_INCOMPLETE') : real.fetch(url, init)),
      async (url, init) => (init.method === 'PATCH' ? refuse(409, 'UPLOAD_OFFSET_MISMATCH') : real.fetch(url, init)),
      async (url, init) => (init.method === 'PATCH' ? refuse(422, 'DIGEST_MISMATCH') : real.fetch(url, init)),
      async (url, init) =>
        init.method === 'PATCH'
          ? new Response(null, { status: 204, headers: { 'upload-offset': '5', 'upload-expires': 'x' } })
          : real.fetch(url, init),
      async (url, init) =>
        init.method === 'POST'
          ? new Response(null, { status: 201, headers: { 'upload-offset': '0', location: '/v1/uploads/other' } })
          : real.fetch(url, init),
    ];
    for (const answer of answers) {
      real = createUploadExchange(() => 'none');
      expect(await putOnce(answer)).toMatchObject({ kind: 'garbage' });
    }
  });

  it('that loses what it confirmed is asked again later', async () => {
    let patches = 0;
    const exchange = createUploadExchange(({ method }) =>
      method === 'PATCH' && ++patches > 1 ? 'upload-lost' : 'none',
    );
    expect(await putOnce(exchange.fetch)).toMatchObject({ kind: 'retry-later' });
  });

  it('that refuses has the last word', async () => {
    expect(await putOnce(async () => refuse(403, 'WORKSTATION_REVOKED'))).toMatchObject({
      kind: 'refused',
      code: 'WORKSTATION_REVOKED',
    });
    const busy = createUploadExchange(({ method }) => (method === 'PATCH' ? 'busy' : 'none'));
    expect(await putOnce(busy.fetch)).toMatchObject({ kind: 'retry-later' });
  });
});

it('whatever happens to the requests, the same bytes are accepted once', async () => {
  const content = randomBytes(900_000);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 200_000, max: content.length }),
      fc.array(fc.constantFrom<LineFault>(...lineFaults), { maxLength: 40 }),
      async (size, faults) => {
        const left = [...faults];
        const exchange = createUploadExchange(() => left.shift() ?? 'none', stallTime);
        const bytes = content.subarray(0, size);
        const id = randomUUID();
        // As the outbox does: again until there is a receipt, sometimes after a restart that remembers nothing.
        let client = clientOf(exchange);
        let attempts = 0;
        let kind = '';
        while (kind !== 'ok' && attempts < 60) {
          if (attempts % 3 === 2) client = clientOf(exchange);
          ({ kind } = await client.putMessage(id, sourceOf(bytes)));
          attempts += 1;
          expect(['ok', 'offline', 'retry-later', 'garbage']).toContain(kind);
        }
        expect(kind).toBe('ok');
        expect(exchange.accepted).toHaveLength(1);
        expect(exchange.accepted[0]?.bytes.equals(bytes)).toBe(true);
        left.length = 0;
        const again = await clientOf(exchange).putMessage(id, sourceOf(bytes));
        expect(again.kind).toBe('ok');
        expect(exchange.accepted).toHaveLength(1);
      },
    ),
    { numRuns: 150 },
  );
});

describe('the pace', () => {
  it('grows on a quick line at once, and after a break only when that was long ago', () => {
    const pace = createUploadPace();
    expect(pace.bytes()).toBe(256 * KIB);
    pace.arrived(50);
    pace.arrived(50);
    pace.arrived(50);
    expect(pace.bytes()).toBe(1024 * KIB);
    const breaks = Array.from({ length: 5 }, () => pace.broke(pace.bytes()));
    expect(breaks).toEqual([true, true, true, true, false]);
    expect(pace.bytes()).toBe(64 * KIB);
    for (let n = 0; n < 15; n++) pace.arrived(50);
    expect(pace.bytes()).toBe(64 * KIB);
    pace.arrived(50);
    expect(pace.bytes()).toBe(128 * KIB);
  });

  it('comes to about five seconds a piece on a slow line', () => {
    const pace = createUploadPace();
    // 20 KB a second.
    for (let n = 0; n < 20; n++) pace.arrived(pace.bytes() / 20);
    expect(pace.bytes()).toBeGreaterThan(64 * KIB);
    expect(pace.bytes()).toBeLessThanOrEqual(100_000);
  });

  it('sends nothing at once that is larger than what the line carries', () => {
    const pace = createUploadPace();
    expect(pace.largestAtOnce()).toBe(256 * KIB);
    expect(pace.broke(2_000)).toBe(false);
    expect(pace.largestAtOnce()).toBe(256 * KIB);
    expect(pace.broke(200 * KIB)).toBe(true);
    expect(pace.largestAtOnce()).toBe(100 * KIB);
    for (let n = 0; n < 200; n++) pace.arrived(1);
    expect(pace.largestAtOnce()).toBe(256 * KIB);
  });
});
