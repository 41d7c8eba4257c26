import type { Fetched, ValidationServices } from '#core/ports/validation-services.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { readBytes } from './http-outcome.ts';
import type { FetchLike } from './send-request.ts';

export interface ValidationOptions {
  /** http or https; a user and password in it are sent to that server alone. */
  readonly timestampAddress: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
/** A token, an OCSP answer or a certificate, with what belongs to it, has some kilobytes. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** Lists of large authorities. All of it goes into the signed file. */
const MAX_LIST_BYTES = 10 * 1024 * 1024;

/**
 * Asks authorities by HTTP (RFC 3161, 3.4; RFC 6960, appendix A; RFC 5280, 4.2.1.13). What they answer is signed, so http
 * is enough (many publish no other address), and no redirect is followed. Nothing is asked twice: whoever signs may try again.
 * @throws CodedError TSA_ADDRESS
 */
export function httpValidationServices(fetch: FetchLike, options: ValidationOptions): ValidationServices {
  const { timestampAddress, timeoutMs = TIMEOUT_MS } = options;
  const { address, headers } = readAddress(timestampAddress);
  const ask = asker(fetch, timeoutMs);
  return {
    askTimestamp: async (request) => {
      try {
        return await ask(address, post('application/timestamp-query', request, headers), MAX_ANSWER_BYTES);
      } catch (error) {
        const hint = describe(error, MAX_ANSWER_BYTES);
        if (error instanceof RangeError) throw new CodedError('TSA_ANSWER_BROKEN', { hint });
        throw new CodedError('TSA_UNREACHABLE', { host: new URL(address).host, hint });
      }
    },
    ...httpRevocationServices(fetch, timeoutMs),
  };
}

/** The authorities that certificates name, without one of time stamps. */
export function httpRevocationServices(
  fetch: FetchLike,
  timeoutMs: number = TIMEOUT_MS,
): Omit<ValidationServices, 'askTimestamp'> {
  const ask = asker(fetch, timeoutMs);
  const tell = async (url: string, init: RequestInit, limit: number): Promise<Fetched> => {
    try {
      return { bytes: await ask(url, init, limit) };
    } catch (error) {
      return { failure: describe(error, limit) };
    }
  };
  return {
    askOcsp: (url, request) => tell(url, post('application/ocsp-request', request), MAX_ANSWER_BYTES),
    fetchList: (url) => tell(url, { method: 'GET' }, MAX_LIST_BYTES),
    fetchIssuer: (url) => tell(url, { method: 'GET' }, MAX_ANSWER_BYTES),
  };
}

type Ask = (url: string, init: RequestInit, limit: number) => Promise<Uint8Array>;

function asker(fetch: FetchLike, timeoutMs: number): Ask {
  return async (url, init, limit) => {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
    if (response.ok && response.body) return readBytes(response, limit);
    await response.body?.cancel();
    throw new BadStatus(`HTTP ${response.status}`);
  };
}

class BadStatus extends Error {}

function describe(error: unknown, limit: number): string {
  if (error instanceof RangeError) return `more than ${limit} bytes`;
  return error instanceof BadStatus ? error.message : 'no answer';
}

function readAddress(text: string): { address: string; headers: Record<string, string> } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new CodedError('TSA_ADDRESS');
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = { authorization: `Basic ${Buffer.from(secret).toString('base64')}` };
  return { address: url.href, headers: username === '' && password === '' ? {} : authorization };
}

function post(contentType: string, body: Uint8Array, headers: Record<string, string> = {}): RequestInit {
  return { method: 'POST', body: Buffer.from(body), headers: { ...headers, 'content-type': contentType } };
}
