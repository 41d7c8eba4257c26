import type { FastifyInstance } from 'fastify';
import * as wire from '#shared/wire/directory.ts';
import { listAgencies } from '../use-cases/list-agencies.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

export async function directoryRoutes(app: FastifyInstance, { database }: ExchangeServices): Promise<void> {
  serveRoute(app, wire.listAgencies, ({ query }) => listAgencies(database, query.since));
}
