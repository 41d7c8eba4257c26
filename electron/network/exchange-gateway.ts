import type {
  EnrolmentRequest,
  EnrolResponse,
  ExchangeClient,
  ExchangeConnection,
  ExchangeGateway,
  ExchangeOutcome,
} from '#core/ports/exchange.ts';
import {
  directorySchema,
  type EnrolRequest,
  enrolResponseSchema,
  healthSchema,
  inboxPageSchema,
  MAX_INBOX_WAIT_SECONDS,
  MAX_MESSAGE_BYTES,
  MESSAGE_CONTENT_TYPE,
  receiptSchema,
} from '#shared/wire/exchange-api.ts';
import { createDeviceSecret, createTokenSigner, publicKeyOf } from './device-key.ts';
import { downloadMessage } from './download-message.ts';
import { attempt, type Failure, readJson } from './http-outcome.ts';

/** Electron's `net.fetch` in the application (it knows the system proxy), Node's `fetch` in tests. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/** Sends one signed request; what comes back is an answer of whoever answered, or why none came. */
export type SignedFetch = (
  path: string,
  init: RequestInit & { readonly timeoutMs: number },
) => Promise<Response | Failure>;

const CALL_TIMEOUT_MS = 30_000;
/** Slowest line that an upload is given time for, in bytes per millisecond (64 kbit/s). */
const SLOWEST_UPLOAD = 8;

export function createExchangeGateway(fetchLike: FetchLike): ExchangeGateway {
  return {
    check: async (url, signal) => {
      const response = await attempt(
        () => fetchLike(new URL('/v1/health', url).href, commonInit(signal, CALL_TIMEOUT_MS)),
        signal,
      );
      return response instanceof Response ? readJson(response, healthSchema, signal) : response;
    },
    createDeviceSecret,
    enrol: (request, signal) => enrol(fetchLike, request, signal),
    connect: (connection) => connect(fetchLike, connection),
  };
}

async function enrol(
  fetchLike: FetchLike,
  request: EnrolmentRequest,
  signal: AbortSignal | undefined,
): Promise<ExchangeOutcome<EnrolResponse>> {
  const body: EnrolRequest = {
    code: request.code,
    publicKey: publicKeyOf(request.deviceSecret),
    workstationName: request.workstationName,
  };
  const response = await attempt(
    () =>
      fetchLike(new URL('/v1/enrol', request.url).href, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        ...commonInit(signal, CALL_TIMEOUT_MS),
      }),
    signal,
  );
  return response instanceof Response ? readJson(response, enrolResponseSchema, signal) : response;
}

function connect(fetchLike: FetchLike, connection: ExchangeConnection): ExchangeClient {
  const sign = createTokenSigner(connection);
  let offsetMs: number | null = null;

  const signedFetch: SignedFetch = async (path, { timeoutMs, ...init }) => {
    const signal = init.signal ?? undefined;
    const response = await attempt(async () => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${await sign(Date.now() + (offsetMs ?? 0))}`);
      return fetchLike(new URL(path, connection.url).href, { ...init, headers, ...commonInit(signal, timeoutMs) });
    }, signal);
    if (response instanceof Response && response.ok) {
      const serverTime = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(serverTime)) offsetMs = serverTime - Date.now();
    }
    return response;
  };

  /** Once more with the server's clock when ours was wrong. */
  const withClock = async <Value>(call: () => Promise<ExchangeOutcome<Value>>): Promise<ExchangeOutcome<Value>> => {
    const first = await call();
    if (first.kind !== 'clock') return first;
    offsetMs = first.offsetMs;
    return call();
  };

  return {
    agencies: (sinceVersion, signal) =>
      withClock(async () => {
        const path = `/v1/agencies?since=${sinceVersion}`;
        const response = await signedFetch(path, { ...signalInit(signal), timeoutMs: CALL_TIMEOUT_MS });
        return response instanceof Response ? readJson(response, directorySchema, signal) : response;
      }),

    putMessage: async (messageId, edxml, signal) => {
      if (edxml.byteLength > MAX_MESSAGE_BYTES) {
        return { kind: 'refused', code: 'MESSAGE_TOO_LARGE', params: { limit: MAX_MESSAGE_BYTES } };
      }
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(edxml)));
      return withClock(async () => {
        const response = await signedFetch(`/v1/messages/${messageId}`, {
          method: 'PUT',
          headers: {
            'content-type': MESSAGE_CONTENT_TYPE,
            'content-digest': `sha-256=:${btoa(String.fromCharCode(...digest))}:`,
          },
          body: new Uint8Array(edxml),
          ...signalInit(signal),
          timeoutMs: CALL_TIMEOUT_MS + edxml.byteLength / SLOWEST_UPLOAD,
        });
        if (!(response instanceof Response)) return response;
        const outcome = await readJson(response, receiptSchema, signal);
        if (outcome.kind !== 'ok') return outcome;
        const isOurs = outcome.value.messageId === messageId && outcome.value.sha256 === toHex(digest);
        return isOurs ? outcome : { kind: 'garbage', detail: 'a receipt for another message' };
      });
    },

    inbox: ({ after, limit, waitSeconds }, signal) =>
      withClock(async () => {
        const wait = Math.min(waitSeconds, MAX_INBOX_WAIT_SECONDS);
        const response = await signedFetch(`/v1/inbox?after=${after}&limit=${limit}&wait=${wait}`, {
          ...signalInit(signal),
          timeoutMs: CALL_TIMEOUT_MS + wait * 1000,
        });
        if (!(response instanceof Response)) return response;
        const outcome = await readJson(response, inboxPageSchema, signal);
        if (outcome.kind !== 'ok') return outcome;
        const { items, cursor } = outcome.value;
        // Numbers are gap-free: a hole means that something between us and the exchange changed the answer.
        const inOrder = items.every((item, index) => item.seq === after + 1 + index) && cursor === after + items.length;
        return inOrder ? outcome : { kind: 'garbage', detail: 'an inbox page with a hole' };
      }),

    getMessage: (item, sink, signal) => withClock(() => downloadMessage(signedFetch, item, sink, signal)),

    clockOffsetMs: () => offsetMs,
  };
}

/**
 * A redirect never belongs to the exchange (captive portals redirect) and must not carry a document elsewhere.
 */
function commonInit(signal: AbortSignal | undefined, timeoutMs: number): RequestInit {
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs));
  return { redirect: 'error', cache: 'no-store', signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
}

function signalInit(signal: AbortSignal | undefined): RequestInit {
  return signal ? { signal } : {};
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
