import type { FastifyInstance } from 'fastify';
import { enrol } from '#shared/wire/enrolment.ts';
import { addressGroup } from '../rules/address-group.ts';
import { AttemptLimiter } from '../rules/attempt-limiter.ts';
import { hashEnrolmentCode } from '../rules/enrolment-code.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { enrolWorkstation } from '../use-cases/enrol-workstation.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

const ATTEMPTS = 10;
const WINDOW_MS = 10 * 60 * 1000;

/**
 * Codes cannot be guessed: a client that was refused too often waits, and so does whoever tries a code that was refused
 * too often, wherever from.
 */
export async function enrolmentRoutes(app: FastifyInstance, services: ExchangeServices): Promise<void> {
  const refusals = new AttemptLimiter(ATTEMPTS, WINDOW_MS);
  serveRoute(app, enrol, async ({ body, request }) => {
    const keys = [addressGroup(request.ip), `code ${hashEnrolmentCode(body.code).toString('hex')}`];
    const waitMs = Math.max(...keys.map((key) => refusals.waitFor(key, Date.now())));
    if (waitMs > 0) throw new ExchangeError('RATE_LIMITED', { retryAfter: Math.ceil(waitMs / 1000) });
    try {
      return await enrolWorkstation(services.database, services, body, new Date());
    } catch (error) {
      if (error instanceof ExchangeError) for (const key of keys) refusals.note(key, Date.now());
      throw error;
    }
  });
}
