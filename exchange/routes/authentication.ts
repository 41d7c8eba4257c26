import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { ExchangeError } from '../rules/exchange-error.ts';
import { SeenTokens } from '../rules/seen-tokens.ts';
import { checkToken, PROOF_LIFE_MS, readToken, type RequestLine } from '../rules/workstation-token.ts';
import type { Database } from '../storage/database.ts';
import { sharedPlugin } from './shared-plugin.ts';

/** Of one workstation at a time: more than it may make within the life of one. */
const MOST_TOKENS = 30_000;

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
}

/** Adds `request.caller` and the hook that fills it. */
export const authentication = sharedPlugin<AuthenticationOptions>(async (app, { database, exchangeId }) => {
  const seen = new SeenTokens(PROOF_LIFE_MS, MOST_TOKENS);
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
    if (verdict === 'full') throw new ExchangeError('RATE_LIMITED');
    if (hasBody(request) && token.isFor.contentDigest === null) {
      throw new ExchangeError('REQUEST_INVALID', { field: 'content-digest' });
    }
    request.caller = { workstationId, agencyCode };
  });
});

function requestLine({ method, raw, headers }: FastifyRequest): RequestLine {
  const digest = headers['content-digest'];
  return { method, target: raw.url ?? '', contentDigest: typeof digest === 'string' ? digest : null };
}

/** RFC 9112 section 6.3. */
function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
