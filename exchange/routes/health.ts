import type { FastifyInstance } from 'fastify';
import { getHealth, type Health } from '#shared/wire/health.ts';
import { HealthWatch } from '../rules/health-watch.ts';
import { isLoopback } from '../rules/secure-transport.ts';
import { noticeStanding } from '../use-cases/notice-standing.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

/** How old the state may be that strangers are told. */
const FRESH_MS = 5_000;

/** Whoever watches the server on its own machine has the database asked each time, others at most every 5 seconds. */
export async function healthRoutes(app: FastifyInstance, { database, clock }: ExchangeServices): Promise<void> {
  const watch = new HealthWatch(() => database.check(), FRESH_MS);
  serveRoute(app, getHealth, async ({ request }): Promise<Health> => {
    const serverTime = new Date().toISOString();
    if (!isLoopback(request.ip)) {
      await watch.lately(Date.now());
      return { status: 'ok', serverTime };
    }
    await watch.now(Date.now());
    const { standsStill } = await noticeStanding(database, clock());
    return { status: 'ok', serverTime, noticesStandStill: standsStill };
  });
}
