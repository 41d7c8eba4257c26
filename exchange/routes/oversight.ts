import type { FastifyInstance } from 'fastify';
import * as wire from '#shared/wire/oversight.ts';
import { readOverseen, readOversight } from '../use-cases/read-oversight.ts';
import { reportPaperArrivals } from '../use-cases/report-paper-arrivals.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

/** Figures for those who supervise, and what offices report for them. */
export async function oversightRoutes(app: FastifyInstance, { database, clock }: ExchangeServices): Promise<void> {
  serveRoute(app, wire.readOversight, ({ query, caller: { agencyCode } }) =>
    readOversight(database, agencyCode, query, clock()),
  );
  serveRoute(app, wire.readSupervision, async ({ caller: { agencyCode } }) => {
    const supervision = await database.oversight.supervision(agencyCode);
    return { supervises: supervision !== null, under: supervision?.under ?? null };
  });
  serveRoute(app, wire.readOverseen, ({ query: { before, beforeId, ...asked }, caller: { agencyCode } }) =>
    readOverseen(
      database,
      agencyCode,
      { ...asked, before: before === undefined || beforeId === undefined ? null : { at: before, id: beforeId } },
      clock(),
    ),
  );
  serveRoute(app, wire.reportPaperArrivals, async ({ body, caller: { agencyCode } }) => ({
    unknown: await reportPaperArrivals(database, agencyCode, body.arrivals, clock()),
  }));
}
