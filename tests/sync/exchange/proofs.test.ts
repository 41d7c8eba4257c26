/** What a request must prove, and what the exchange proves back. The workstation's side: bad-network.test.ts. */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExchangeKey } from '#exchange/rules/exchange-key.ts';
import { createExchangeGateway } from '#network/exchange-gateway.ts';
import { ANSWER_PROOF_HEADER, ANSWER_PROOF_TYPE, answerStatementSchema } from '#shared/wire/answer-proof.ts';
import { privateJwkSchema } from '#shared/domain/public-jwk.ts';
import { contentDigest } from '#shared/wire/messages.ts';
import { readStatement } from '#shared/wire/signed-statement.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { askByHand, codeOf, expectOk, letter, type Office, openOffice, proofFor } from './office.ts';

let exchange: TestExchange;
let office: Office;
let other: Office;

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies([
    { code: 'A', name: 'Cơ quan A' },
    { code: 'B', name: 'Cơ quan B' },
  ]);
  office = await openOffice(exchange, 'A');
  other = await openOffice(exchange, 'B');
});
afterAll(() => exchange.stop());

describe('a request', () => {
  const target = '/v1/inbox?after=0&limit=1&wait=0';

  it('counts once', async () => {
    const proof = await proofFor(office, { target });
    expect((await askByHand(office, target, { proof })).status).toBe(200);
    const again = await askByHand(office, target, { proof });
    expect([again.status, await codeOf(again)]).toEqual([401, 'REQUEST_REPLAYED']);
    // The same name used by another workstation is another proof.
    expect((await askByHand(other, target)).status).toBe(200);
  });

  it('that comes twice at once counts once', async () => {
    const proof = await proofFor(office, { target });
    const answers = await Promise.all(Array.from({ length: 5 }, () => askByHand(office, target, { proof })));
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  });

  it('is for its method, path and query only', async () => {
    for (const signed of [
      { target: '/v1/inbox?after=1&limit=1&wait=0' },
      { target: '/v1/agencies?since=0' },
      { target, method: 'PUT' },
      { target, contentDigest: contentDigest(createHash('sha256').digest('base64')) },
    ]) {
      const answer = await askByHand(office, target, { proof: await proofFor(office, signed) });
      expect([answer.status, await codeOf(answer)]).toEqual([400, 'REQUEST_ALTERED']);
    }
  });

  it('with a body is for that body only', async () => {
    const id = randomUUID();
    const path = `/v1/messages/${id}`;
    const body = Buffer.from(letter('A', ['B']));
    const headers = { 'content-type': 'application/xml' };
    const put = { method: 'PUT', headers, body };
    const digest = contentDigest(createHash('sha256').update('another body').digest('base64'));
    const forAnother = await proofFor(office, { method: 'PUT', target: path, contentDigest: digest });
    expect(await codeOf(await askByHand(office, path, { ...put, proof: forAnother }))).toBe('REQUEST_ALTERED');
    const withItsHeader = { ...put, headers: { ...headers, 'content-digest': digest } };
    expect(await codeOf(await askByHand(office, path, withItsHeader))).toBe('DIGEST_MISMATCH');

    const unbound = await fetch(`${exchange.url}${path}`, {
      method: 'PUT',
      headers: { ...headers, authorization: `DPoP ${await proofFor(office, { method: 'PUT', target: path })}` },
      body: new Uint8Array(body),
    });
    expect([unbound.status, await codeOf(unbound)]).toEqual([400, 'REQUEST_INVALID']);
    expect((await exchange.database.query('SELECT FROM messages WHERE id = $1', [id])).rowCount).toBe(0);
    expect((await askByHand(office, path, put)).status).toBe(201);
  });

  it('with JSON is for that JSON only', async () => {
    const path = '/v1/receipts/check';
    const headers = { 'content-type': 'application/json' };
    const body = Buffer.from(JSON.stringify({ messageIds: [], proof: null }));
    const post = { method: 'POST', headers, body };
    expect((await askByHand(office, path, post)).status).toBe(200);
    const digest = contentDigest(createHash('sha256').update('{}').digest('base64'));
    const changed = await askByHand(office, path, { ...post, headers: { ...headers, 'content-digest': digest } });
    expect([changed.status, await codeOf(changed)]).toEqual([422, 'DIGEST_MISMATCH']);
    const unbound = await fetch(`${exchange.url}${path}`, {
      method: 'POST',
      headers: { ...headers, authorization: `DPoP ${await proofFor(office, { method: 'POST', target: path })}` },
      body: new Uint8Array(body),
    });
    expect([unbound.status, (await unbound.json()) as unknown]).toEqual([
      400,
      expect.objectContaining({ code: 'REQUEST_INVALID', params: { field: 'content-digest' } }),
    ]);
  });

  it('lives a minute, and a wrong clock is told the time', async () => {
    const late = await askByHand(office, target, { proof: await proofFor(office, { target }, Date.now() - 62_000) });
    expect(await codeOf(late)).toBe('CLOCK_SKEW');
    const early = await askByHand(office, target, { proof: await proofFor(office, { target }, Date.now() + 90_000) });
    expect(await codeOf(early)).toBe('CLOCK_SKEW');
    expect(await statementOf(early)).toMatchObject({ status: 401 });
  });

  it('must be signed as a request, not as anything else', async () => {
    const proof = await proofFor(office, { target });
    const bearer = await fetch(`${exchange.url}${target}`, { headers: { authorization: `Bearer ${proof}` } });
    expect([bearer.status, await codeOf(bearer)]).toEqual([401, 'UNAUTHENTICATED']);
    const key = await openExchangeKey(privateJwkSchema.parse(JSON.parse(office.connection.deviceSecret)));
    const claims = JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString()) as object;
    const asked = async (type: string): Promise<number> =>
      (await askByHand(office, target, { proof: await key.sign(type, { ...claims, jti: randomUUID() }) })).status;
    expect([await asked('dpop+jwt'), await asked('JWT')]).toEqual([200, 401]);
    const [header = '', payload = ''] = proof.split('.');
    const renamed = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'JWT' })).toString('base64url');
    expect(header).not.toBe(renamed);
    for (const broken of [`${renamed}.${payload}.${proof.split('.')[2]}`, `${header}.${payload}.`, 'x.y.z', '']) {
      expect(await codeOf(await askByHand(office, target, { proof: broken }))).toBe('UNAUTHENTICATED');
    }
  });
});

describe('an answer', () => {
  it('is signed with what it answers, also a refusal and one from nowhere', async () => {
    for (const [target, status] of [
      ['/v1/agencies?since=0', 200],
      ['/v1/agencies?since=x', 400],
      [`/v1/messages/${randomUUID()}`, 404],
      ['/nowhere', 404],
    ] as const) {
      const proof = await proofFor(office, { target });
      const answer = await askByHand(office, target, { proof });
      const body = Buffer.from(await answer.clone().arrayBuffer());
      expect(await statementOf(answer)).toEqual({
        exchangeId: office.connection.exchangeId,
        request: createHash('sha256').update(proof).digest('base64url'),
        status,
        serverTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        contentDigest: contentDigest(createHash('sha256').update(body).digest('base64')),
        headers: {},
      });
    }
  });

  it('with a file is signed with the ETag that names it', async () => {
    const id = randomUUID();
    const { sha256 } = expectOk(await office.client.putMessage(id, sourceOf(letter('A', ['B'], '9'))));
    const target = `/v1/messages/${id}`;
    const proof = await proofFor(other, { target });
    const answer = await askByHand(other, target, { proof, headers: { range: 'bytes=5-' } });
    expect(await statementOf(answer)).toMatchObject({
      status: 206,
      contentDigest: null,
      headers: { etag: `"${sha256}"`, 'content-range': answer.headers.get('content-range') },
    });
  });

  it('lets a workstation whose request a proxy sent twice ask again', async () => {
    let twice = true;
    const gateway = createExchangeGateway(async (url, init) => {
      if (twice) await fetch(url, init);
      return fetch(url, init);
    });
    const client = gateway.connect(office.connection);
    expect(await client.agencies(0)).toMatchObject({ kind: 'retry-later', retryAfterMs: null });
    twice = false;
    expect(await client.agencies(0)).toMatchObject({ kind: 'ok' });
  });
});

async function statementOf(answer: Response): Promise<unknown> {
  const jws = answer.headers.get(ANSWER_PROOF_HEADER) ?? '';
  return answerStatementSchema.parse(await readStatement(jws, ANSWER_PROOF_TYPE, office.connection.exchangeKey));
}
