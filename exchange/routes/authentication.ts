import type { onRequestAsyncHookHandler } from 'fastify';
import { checkToken, readToken } from '../rules/workstation-token.ts';
import type { Database } from '../storage/database.ts';
import { sharedPlugin } from './shared-plugin.ts';

/** Who makes a request, proved by the signature of an enrolled device key. */
export interface Caller {
  readonly workstationId: string;
  readonly agencyCode: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** null until `identifyCaller` has run, and for requests that need no token. */
    caller: Caller | null;
  }
  interface FastifyInstance {
    /** Hook that lets only requests of enrolled workstations through. */
    identifyCaller: onRequestAsyncHookHandler;
  }
}

export interface AuthenticationOptions {
  readonly database: Pick<Database, 'enrolment'>;
  readonly exchangeId: string;
}

/** Adds `request.caller` and the hook that fills it. */
export const authentication = sharedPlugin<AuthenticationOptions>(async (app, { database, exchangeId }) => {
  app.decorateRequest('caller', null);
  app.decorate('identifyCaller', async (request) => {
    const token = readToken(request.headers.authorization);
    const known = await database.enrolment.findWorkstation(token.workstationId);
    const { agencyCode } = await checkToken(token, known, exchangeId, new Date());
    request.caller = { workstationId: token.workstationId, agencyCode };
  });
});
