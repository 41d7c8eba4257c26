import { getHealth } from '#shared/wire/health.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { isLoopback } from '../rules/secure-transport.ts';
import { sharedPlugin } from './shared-plugin.ts';

/**
 * Turns away what came over plain HTTP from another machine. What a trusted proxy says counts: without its
 * X-Forwarded-Proto nothing from outside is served, so a proxy that forgets it is noticed at once. Health says nothing
 * that anyone may not read.
 */
export const secureTransport = sharedPlugin(async (app) => {
  app.addHook('onRequest', async (request) => {
    if (request.protocol === 'https' || isLoopback(request.ip)) return;
    if (request.routeOptions.url === getHealth.path) return;
    throw new ExchangeError('HTTPS_REQUIRED');
  });
});
