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
import { attempt, type Failure, readFailure, readJson } from './http-outcome.ts';

/** Electron's `net.fetch` in the application (it knows the system proxy), Node's `fetch` in tests. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request; what comes back is an answer of whoever answered, or why none came. */
export type Send = <Described extends Route>(
  route: Described,
  asked: Asked<Described>,
  options: RequestOptions,
) => Promise<Response | Failure>;

/** @param sign makes the token for a request that needs one */
export function createSender(fetchLike: FetchLike, serverUrl: string, sign: () => Promise<string>): Send {
  return (route, asked, { signal, timeoutMs, headers: extra }) =>
    attempt(async () => {
      const parts = asked as AskedParts;
      const headers = new Headers({ ...headersOf(parts), ...extra });
      if (route.signed) headers.set('authorization', `Bearer ${await sign()}`);
      const timeout = AbortSignal.timeout(Math.ceil(timeoutMs));
      return fetchLike(new URL(addressOf(route, parts), serverUrl).href, {
        method: route.method,
        headers,
        ...withBody(route, parts.body, headers),
        // A redirect never belongs to the exchange (captive portals redirect) and must not carry a document elsewhere.
        redirect: 'error',
        cache: 'no-store',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    }, signal);
}

function withBody({ body: described }: Route, body: unknown, headers: Headers): { body?: BodyInit } {
  if (described === undefined) return {};
  headers.set('content-type', described.kind === 'json' ? JSON_CONTENT_TYPE : described.contentType);
  return { body: described.kind === 'json' ? JSON.stringify(body) : new Uint8Array(body as Uint8Array) };
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
