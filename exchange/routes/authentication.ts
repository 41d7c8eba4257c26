import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Quotas } from '../rules/quotas.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { SeenTokens } from '../rules/seen-tokens.ts';
import { checkToken, PROOF_LIFE_MS, readToken, type RequestLine } from '../rules/workstation-token.ts';
import type { Database } from '../storage/database.ts';
import type { ContactNotes } from '../use-cases/contact-notes.ts';
import { hasBody } from './body-headers.ts';
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
    /** Hook that lets only requests of enrolled workstations through, each once. */
    identifyCaller: onRequestAsyncHookHandler;
  }
}

export interface AuthenticationOptions {
  readonly database: Pick<Database, 'enrolment'>;
  readonly exchangeId: string;
  readonly quotas: Pick<Quotas, 'limits'>;
  readonly contacts: ContactNotes;
}

/** Adds `request.caller` and the hook that fills it. */
export const authentication = sharedPlugin<AuthenticationOptions>(
  async (app, { database, exchangeId, quotas, contacts }) => {
    const { burst, perSecond } = quotas.limits.workstationRequests;
    // As many as its other limit lets through within the life of one.
    const seen = new SeenTokens(PROOF_LIFE_MS, burst + (perSecond * PROOF_LIFE_MS) / 1000);
    app.decorateRequest('caller', null);
    app.decorate('identifyCaller', async (request) => {
      const token = readToken(request.headers.authorization);
      const { workstationId } = token;
      const known = await database.enrolment.findWorkstation(workstationId);
      const now = new Date();
      const { agencyCode } = await checkToken(token, known, exchangeId, requestLine(request), now);
      // Only what is proved is remembered: nobody else can use up a workstation's tokens.
      const verdict = seen.note(workstationId, token.id, now.getTime());
      if (verdict === 'seen') throw new ExchangeError('REQUEST_REPLAYED');
      if (verdict === 'full') throw new ExchangeError('RATE_LIMITED', { retryAfter: PROOF_LIFE_MS / 1000 });
      if (hasBody(request) && token.isFor.contentDigest === null) {
        throw new ExchangeError('REQUEST_INVALID', { field: 'content-digest' });
      }
      request.caller = { workstationId, agencyCode };
      contacts.heardOf(agencyCode, now);
    });
  },
);

function requestLine({ method, raw, headers }: FastifyRequest): RequestLine {
  const digest = headers['content-digest'];
  return { method, target: raw.url ?? '', contentDigest: typeof digest === 'string' ? digest : null };
}
