import type { z } from 'zod';
import type { ExchangeOutcome } from '#core/ports/exchange.ts';
import {
  addressOf,
  type Answer,
  type Asked,
  type AskedParts,
  type HeaderRoute,
  headersOf,
  JSON_CONTENT_TYPE,
  type JsonRoute,
  type Route,
} from '#shared/wire/route.ts';
import { contentDigest } from '#shared/wire/messages.ts';
import { REQUEST_PROOF_SCHEME } from '#shared/wire/request-proof.ts';
import type { RequestToProve } from './device-key.ts';
import { base64, sha256Of } from './digest.ts';
import { attempt, type Failure, readFailure, readJson } from './http-outcome.ts';
import { secureAddress } from './secure-address.ts';

/** Electron's `net.fetch` in the application (it knows the system proxy), Node's `fetch` in tests. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request; what comes back is an answer, or why none came that can be believed. */
export type Send = <Described extends Route>(
  route: Described,
  asked: Asked<Described>,
  options: RequestOptions,
) => Promise<Response | Failure>;

/** How the two sides of a request prove themselves; `shared/wire/request-proof.ts` and `answer-proof.ts`. */
export interface Proofs {
  readonly prove: (request: RequestToProve) => Promise<string>;
  /** What may be believed of the answer to a request with this proof. */
  readonly believe: (
    response: Response,
    requestProof: string,
    callerSignal: AbortSignal | undefined,
  ) => Promise<Response | Failure>;
}

/** @param proofs null for who is not enrolled yet: such a sender makes only requests that need no proof */
export function createSender(fetchLike: FetchLike, serverUrl: string, proofs: Proofs | null): Send {
  return async (route, asked, { signal, timeoutMs, headers: extra }) => {
    const server = secureAddress(serverUrl);
    if (server === null) return { kind: 'refused', code: 'HTTPS_REQUIRED', params: {} };
    const parts = asked as AskedParts;
    const url = new URL(addressOf(route, parts), server);
    const headers = new Headers({ ...headersOf(parts), ...extra });
    const body = await bodyOf(route, parts.body, headers);
    const { method } = route;
    let requestProof: string | null = null;
    if (route.signed) {
      if (proofs === null) throw new Error('only an enrolled workstation proves requests');
      const target = url.pathname + url.search;
      requestProof = await proofs.prove({ method, target, contentDigest: headers.get('content-digest') });
      headers.set('authorization', `${REQUEST_PROOF_SCHEME} ${requestProof}`);
    }
    const response = await attempt(() => {
      const timeout = AbortSignal.timeout(Math.ceil(timeoutMs));
      return fetchLike(url.href, {
        method,
        headers,
        ...(body === null ? {} : { body }),
        // A redirect never belongs to the exchange (captive portals redirect) and must not carry a document elsewhere.
        redirect: 'error',
        cache: 'no-store',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    }, signal);
    if (!(response instanceof Response) || requestProof === null || proofs === null) return response;
    return proofs.believe(response, requestProof, signal);
  };
}

/** The body to send, with its headers. Its digest is left as given, or made of its bytes. */
async function bodyOf({ body: described, signed }: Route, body: unknown, headers: Headers): Promise<BodyInit | null> {
  if (described === undefined) return null;
  headers.set('content-type', described.kind === 'json' ? JSON_CONTENT_TYPE : described.contentType);
  const bytes =
    described.kind === 'json' ? new TextEncoder().encode(JSON.stringify(body)) : (body as Uint8Array<ArrayBuffer>);
  if (signed && !headers.has('content-digest')) {
    headers.set('content-digest', contentDigest(base64(await sha256Of(bytes))));
  }
  return bytes;
}

/** Sends a request and reads the JSON that it is answered with. */
export async function ask<Described extends JsonRoute>(
  send: Send,
  route: Described,
  asked: Asked<Described>,
  options: RequestOptions,
): Promise<ExchangeOutcome<Answer<Described>>> {
  const response = await send(route, asked, options);
  if (!(response instanceof Response)) return response;
  const schema: z.ZodType = route.answer.schema;
  return (await readJson(response, schema, options.signal)) as ExchangeOutcome<Answer<Described>>;
}

/** Sends a request and reads the header fields that it is answered with. */
export async function askHeaders<Described extends HeaderRoute>(
  send: Send,
  route: Described,
  asked: Asked<Described>,
  options: RequestOptions,
): Promise<ExchangeOutcome<Answer<Described>>> {
  const response = await send(route, asked, options);
  if (!(response instanceof Response)) return response;
  if (!response.ok) return readFailure(response, options.signal);
  await response.body?.cancel();
  const parsed = route.answer.schema.safeParse(Object.fromEntries(response.headers));
  if (!parsed.success) return { kind: 'garbage', detail: `status ${response.status} without the header fields` };
  return { kind: 'ok', value: parsed.data as Answer<Described> };
}
