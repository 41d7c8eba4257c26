import type { FastifyInstance } from 'fastify';
import * as wire from '#shared/wire/oversight.ts';
import { readOverseen, readOversight, readSentDocuments } from '../use-cases/read-oversight.ts';
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
  serveRoute(app, wire.readOverseen, ({ query, caller: { agencyCode } }) => {
    const { agency = null, before: availableAt, beforeId: messageId, beforeRecipient: recipient, ...asked } = query;
    const isFirst = availableAt === undefined || messageId === undefined || recipient === undefined;
    const before = isFirst ? null : { availableAt, messageId, recipient };
    return readOverseen(database, agencyCode, { ...asked, agency, before }, clock());
  });
  serveRoute(
    app,
    wire.readSentDocuments,
    ({ query: { before: at, beforeKey: key, ...asked }, caller: { agencyCode } }) => {
      const before = at === undefined || key === undefined ? null : { at, key };
      return readSentDocuments(database, agencyCode, { ...asked, before });
    },
  );
  serveRoute(app, wire.reportPaperArrivals, async ({ body, caller: { agencyCode } }) => ({
    unknown: await reportPaperArrivals(database, agencyCode, body.arrivals, clock()),
  }));
}
