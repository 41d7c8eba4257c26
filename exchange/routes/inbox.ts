import type { FastifyInstance } from 'fastify';
import * as wire from '#shared/wire/inbox.ts';
import { readInbox } from '../use-cases/read-inbox.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

export async function inboxRoutes(app: FastifyInstance, { database, notifier }: ExchangeServices): Promise<void> {
  serveRoute(app, wire.readInbox, ({ query, caller: { agencyCode }, request }) => {
    const { after, epoch = null, anchor = null, limit, wait, watch = null } = query;
    const asked = { agencyCode, after, epoch, anchor, limit, watch, waitMs: wait * 1000 };
    return readInbox(database, notifier, asked, (stopWaiting) => {
      const { socket } = request.raw;
      socket.once('close', stopWaiting);
      return () => void socket.off('close', stopWaiting);
    });
  });
}
