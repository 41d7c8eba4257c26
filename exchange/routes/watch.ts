import type { FastifyInstance } from 'fastify';
import { putStatements } from '#shared/wire/statements.ts';
import * as wire from '#shared/wire/watch.ts';
import { readWatch } from '../use-cases/read-watch.ts';
import { takeStatements } from '../use-cases/take-statements.ts';
import { watchersOf } from '../use-cases/watchers-of.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

/** What offices state of documents, and what they see of their way. */
export async function watchRoutes(app: FastifyInstance, services: ExchangeServices): Promise<void> {
  const { database, notifier, clock } = services;
  serveRoute(app, putStatements, async ({ body, caller: { agencyCode } }) => {
    const { results, added } = await takeStatements(database, agencyCode, body.statements, clock());
    notifier.delivered(watchersOf(added));
    return { results: [...results] };
  });
  serveRoute(app, wire.readWatch, ({ query, caller: { agencyCode } }) => {
    const { after = null, epoch = null, limit } = query;
    return readWatch(database, { agencyCode, after, epoch, limit }, clock());
  });
}
