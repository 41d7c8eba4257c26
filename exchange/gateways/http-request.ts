import { Agent as HttpAgent, type OutgoingHttpHeaders, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { reasonOf } from './outcomes.ts';

/** Answers of gateways are small; what is longer is none. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** A connection each, so that "not connected" and "cut after it was sent" cannot be mistaken for each other. */
const agents = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  readonly timeoutMs: number;
}

export type HttpResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      /** How long it asks to wait (RFC 9110, 10.2.3), null = it does not say. */
      readonly retryAfterMs: number | null;
    }
  /** No connection came about: the provider knows nothing of the request. */
  | { readonly kind: 'not-sent'; readonly aborted: boolean; readonly detail: string }
  /** The provider may have acted on it. */
  | { readonly kind: 'no-answer'; readonly detail: string };

/** One HTTP request; every failure is a result. An answer counts only when all of it came. */
export function requestOnce(request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
  return new Promise((resolve) => {
    let connected = false;
    const limits = new AbortController();
    const timer = setTimeout(() => limits.abort(), request.timeoutMs);
    const finish = (result: HttpResult): void => {
      clearTimeout(timer);
      resolve(result);
    };
    const fail = (error: unknown): void => {
      const why = limits.signal.aborted ? `no answer within ${request.timeoutMs} ms` : reasonOf(error);
      finish(
        connected
          ? { kind: 'no-answer', detail: why }
          : { kind: 'not-sent', aborted: signal.aborted && !limits.signal.aborted, detail: why },
      );
    };
    const secure = request.url.protocol === 'https:';
    const outgoing = (secure ? requestHttps : requestHttp)(request.url, {
      method: request.method,
      headers: {
        ...request.headers,
        ...(request.body === undefined ? {} : { 'content-length': Buffer.byteLength(request.body) }),
      },
      agent: secure ? agents.https : agents.http,
      signal: AbortSignal.any([signal, limits.signal]),
    });
    outgoing.on('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true)));
    outgoing.on('error', fail);
    outgoing.on('response', (response) => {
      const pieces: Buffer[] = [];
      let length = 0;
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        length += piece.length;
        if (length > MOST_ANSWER_BYTES) response.destroy(new Error('the answer is too long'));
      });
      response.on('error', fail);
      response.on('end', () =>
        finish({
          kind: 'answer',
          status: response.statusCode ?? 0,
          body: Buffer.concat(pieces).toString('utf8'),
          retryAfterMs: readRetryAfter(response.headers['retry-after']),
        }),
      );
    });
    outgoing.end(request.body);
  });
}

function readRetryAfter(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : null;
}
