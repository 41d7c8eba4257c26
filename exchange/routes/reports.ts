import type { FastifyInstance } from 'fastify';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { ExchangeServices } from './exchange-services.ts';

/** Before the name of a gateway and what its provider appends. */
const REPORTS_PATH = '/v1/reports/';
const MOST_BODY_BYTES = 64 * 1024;

/**
 * What providers of text messages and Zalo call back. They sign nothing that a workstation signs: the address that each message
 * was given proves that the report answers it. 503 asks them to repeat.
 */
export async function reportRoutes(app: FastifyInstance, { reports, clock }: ExchangeServices): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MOST_BODY_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.route<{ Params: { readonly gateway: string; readonly '*': string } }>({
    method: ['GET', 'POST'],
    url: `${REPORTS_PATH}:gateway/*`,
    onRequest: [app.admit],
    handler: async (request, reply) => {
      const { gateway, '*': path } = request.params;
      const read = reports.readers.get(gateway);
      if (read === undefined) throw new ExchangeError('NOT_FOUND');
      const { searchParams: query } = new URL(request.url, 'http://exchange.invalid');
      const body = typeof request.body === 'string' ? request.body : '';
      const report = read({ path, query, headers: request.headers, body }, clock());
      if (report === 'refused') return reply.code(403).send();
      if (report !== 'ignored') await reports.receiver.onReport(report);
      return reply.code(200).send();
    },
  });
}
