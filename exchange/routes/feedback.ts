import type { FastifyInstance } from 'fastify';
import * as wire from '#shared/wire/feedback.ts';
import { answerOverseen, overseenBundle, overseenFeedback, ownFeedback, takeFeedback } from '../use-cases/feedback.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

/** What clerks report, and the answers of those who supervise their offices. */
export async function feedbackRoutes(
  app: FastifyInstance,
  { database, quotas, clock }: ExchangeServices,
): Promise<void> {
  serveRoute(app, wire.sendFeedback, ({ params: { id }, body, caller }) =>
    takeFeedback(database, caller, { id, ...body }, { perDay: quotas.limits.feedbackPerDay, now: clock() }),
  );
  serveRoute(app, wire.listFeedback, ({ query, caller: { agencyCode } }) =>
    ownFeedback(database, agencyCode, pageOf(query)),
  );
  serveRoute(app, wire.markAnswersRead, async ({ body, caller: { agencyCode } }) => {
    await database.feedback.markRead(agencyCode, body.answers, clock());
    return {};
  });
  serveRoute(app, wire.listOverseenFeedback, ({ query, caller: { agencyCode } }) => {
    const { which, agency = null } = query;
    return overseenFeedback(database, agencyCode, { ...pageOf(query), which, agency });
  });
  serveRoute(app, wire.readOverseenBundle, ({ params: { id }, caller: { agencyCode } }) =>
    overseenBundle(database, agencyCode, id),
  );
  serveRoute(app, wire.answerFeedback, ({ params: { id: reportId, answerId: id }, body, caller: { agencyCode } }) =>
    answerOverseen(database, agencyCode, { id, reportId, ...body }, clock()),
  );
}

/** The page after one that ended with `before` and `beforeId`; the first without both. */
function pageOf({
  before: at,
  beforeId: id,
  limit,
}: {
  readonly before?: string | undefined;
  readonly beforeId?: string | undefined;
  readonly limit: number;
}) {
  return { before: at === undefined || id === undefined ? null : { at, id }, limit };
}
