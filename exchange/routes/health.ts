import type { FastifyInstance } from 'fastify';
import { getHealth, type Health } from '#shared/wire/health.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

export async function healthRoutes(app: FastifyInstance, { database }: ExchangeServices): Promise<void> {
  serveRoute(app, getHealth, async (): Promise<Health> => {
    await database.check();
    return { status: 'ok', serverTime: new Date().toISOString() };
  });
}
