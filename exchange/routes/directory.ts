import type { FastifyInstance } from 'fastify';
import * as wire from '#shared/wire/directory.ts';
import { JSON_CONTENT_TYPE } from '#shared/wire/route.ts';
import { DirectoryCache } from '../use-cases/directory-cache.ts';
import { listAgencies } from '../use-cases/list-agencies.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

export async function directoryRoutes(app: FastifyInstance, { database }: ExchangeServices): Promise<void> {
  const cache = new DirectoryCache(database);
  serveRoute(app, wire.listAgencies, async ({ query: { since }, request, reply }) => {
    const version = await cache.version();
    if (since === version) {
      reply.header('etag', wire.directoryEtag(version));
      if (request.headers['if-none-match'] === wire.directoryEtag(version)) return reply.code(304).send();
      return { version, agencies: [] };
    }
    // One that is ahead of us knows the directory from before a restore: it gets ours.
    if (since > 0 && since < version) return listAgencies(database, since);
    const whole = await cache.whole(version);
    return reply.type(JSON_CONTENT_TYPE).send(whole.json);
  });
}
