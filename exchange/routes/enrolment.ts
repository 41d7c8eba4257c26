import type { FastifyInstance } from 'fastify';
import { enrol } from '#shared/wire/enrolment.ts';
import { AttemptLimiter } from '../rules/attempt-limiter.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { enrolWorkstation } from '../use-cases/enrol-workstation.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

const ATTEMPTS = 10;
const WINDOW_MS = 10 * 60 * 1000;

/** Codes cannot be guessed: an address that was refused too often waits. */
export async function enrolmentRoutes(app: FastifyInstance, services: ExchangeServices): Promise<void> {
  const refusals = new AttemptLimiter(ATTEMPTS, WINDOW_MS);
  serveRoute(
    app,
    enrol,
    async ({ body, request }) => {
      try {
        return await enrolWorkstation(services.database, services, body, new Date());
      } catch (error) {
        if (error instanceof ExchangeError) refusals.note(request.ip, Date.now());
        throw error;
      }
    },
    {
      preHandler: async (request, reply) => {
        const wait = refusals.waitFor(request.ip, Date.now());
        if (wait === 0) return;
        reply.header('retry-after', Math.ceil(wait / 1000));
        throw new ExchangeError('RATE_LIMITED');
      },
    },
  );
}
