import { expect, it } from 'vitest';
import { buildServer } from '#exchange/routes/build-server.ts';
import type { ExchangeServices } from '#exchange/routes/exchange-services.ts';
import { limitsSchema } from '#exchange/rules/limits.ts';
import { Quotas } from '#exchange/rules/quotas.ts';
import { makeIdentity } from '#tests/support/signed-exchange.ts';

it('costs the database nothing when strangers ask for the health of the exchange', async () => {
  let checks = 0;
  const database = { check: async () => void (checks += 1) };
  const quotas = new Quotas(limitsSchema.parse({}));
  const services = { ...(await makeIdentity()), database, quotas } as unknown as ExchangeServices;
  const app = buildServer(services, { logLevel: 'silent', trustedProxies: [] });
  const ask = async (remoteAddress: string): Promise<number> =>
    (await app.inject({ method: 'GET', url: '/v1/health', remoteAddress })).statusCode;
  const statuses = await Promise.all(Array.from({ length: 50 }, (_, n) => ask(`203.0.113.${n}`)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(checks).toBe(1);
  await ask('127.0.0.1');
  await ask('127.0.0.1');
  expect(checks).toBe(3);
  await app.close();
});
