/** The exchange behind a TLS proxy, as far as it can tell: by what the proxy says of each request. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { anyRegister, codeOf } from './office.ts';

let exchange: TestExchange;

beforeAll(async () => {
  exchange = await startTestExchange();
});
afterAll(() => exchange.stop());

const enrol = (headers: Record<string, string>, code = 'AAAAA-AAAAA'): Promise<Response> =>
  fetch(`${exchange.url}/v1/enrol`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      code,
      publicKey: { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) },
      workstationName: 'Máy 1',
      ...anyRegister(),
    }),
  });

const from = (address: string): Record<string, string> => ({
  'x-forwarded-for': address,
  'x-forwarded-proto': 'https',
});

it('serves nobody whose line the proxy does not call https', async () => {
  for (const headers of [
    { 'x-forwarded-for': '203.0.113.7' },
    { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'http' },
  ]) {
    const answer = await enrol(headers);
    expect([answer.status, await codeOf(answer)]).toEqual([503, 'HTTPS_REQUIRED']);
    expect((await fetch(`${exchange.url}/v1/health`, { headers })).status).toBe(200);
  }
  expect(await codeOf(await enrol(from('203.0.113.7')))).toBe('ENROL_CODE_INVALID');
});

it('makes each address wait for its own guesses, whatever it claims to be', async () => {
  let guesses = 0;
  const guess = (address: string): Promise<Response> => enrol(from(address), `AAAAA-${(guesses += 1)}`);
  const statuses: number[] = [];
  // The last address is the one that the proxy saw; those before it are what the client wrote.
  while (statuses.length < 20 && statuses.at(-1) !== 429) {
    statuses.push((await guess(`192.0.2.${statuses.length}, 203.0.113.8`)).status);
  }
  expect(statuses.at(-1)).toBe(429);
  expect((await guess('203.0.113.9')).status).toBe(403);
});

it('does not start for other machines without a proxy', async () => {
  await expect(startTestExchange({ args: ['--host', '0.0.0.0'] })).rejects.toThrow('--trusted-proxy');
});
