import { sharedPlugin } from './shared-plugin.ts';

/** Gives each request an id that the client sees, and one line in the log: no bodies, no addresses, no credentials. */
export const requestLog = sharedPlugin(async (app) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      workstation: request.caller?.workstationId,
    });
  });
});
