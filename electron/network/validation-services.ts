import type { ValidationServices } from '#core/ports/validation-services.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { FetchLike } from './send-request.ts';

export interface ValidationOptions {
  /** http or https; a user and password in it are sent to that server alone. */
  readonly timestampAddress: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
/** A token with its certificates has some kilobytes. */
const MAX_TIMESTAMP_BYTES = 64 * 1024;
const MAX_OCSP_BYTES = 256 * 1024;
const MAX_CERTIFICATE_BYTES = 64 * 1024;
/** Lists of large authorities. */
const MAX_LIST_BYTES = 20 * 1024 * 1024;

/**
 * Asks the authorities by HTTP (RFC 3161, 3.4; RFC 6960, appendix A). What they answer is signed, so http is enough
 * (authorities publish no other address). Nothing is asked twice: whoever signs may try again.
 * @throws CodedError TSA_ADDRESS
 */
export function httpValidationServices(fetch: FetchLike, options: ValidationOptions): ValidationServices {
  const { timestampAddress, timeoutMs = TIMEOUT_MS } = options;
  const { address, headers } = readAddress(timestampAddress);
  const ask = (url: string, init: RequestInit, limit: number): Promise<Uint8Array> =>
    askOnce(fetch, url, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' }, limit);
  const orNull = async (url: string, init: RequestInit, limit: number): Promise<Uint8Array | null> => {
    try {
      return await ask(url, init, limit);
    } catch {
      // Another address may answer; that none did is said by whoever needs the answer.
      return null;
    }
  };
  return {
    askTimestamp: async (request) => {
      const init = post('application/timestamp-query', request, headers);
      try {
        return await ask(address, init, MAX_TIMESTAMP_BYTES);
      } catch (error) {
        if (error instanceof TooLarge) throw new CodedError('TSA_ANSWER_BROKEN', { hint: error.message });
        const hint = error instanceof BadStatus ? error.message : 'no answer';
        throw new CodedError('TSA_UNREACHABLE', { host: new URL(address).host, hint });
      }
    },
    askOcsp: (url, request) => orNull(url, post('application/ocsp-request', request, {}), MAX_OCSP_BYTES),
    fetchList: (url) => orNull(url, { method: 'GET' }, MAX_LIST_BYTES),
    fetchIssuer: (url) => orNull(url, { method: 'GET' }, MAX_CERTIFICATE_BYTES),
  };
}

class TooLarge extends Error {}
class BadStatus extends Error {}

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

function post(contentType: string, body: Uint8Array, headers: Record<string, string>): RequestInit {
  return { method: 'POST', body: Buffer.from(body), headers: { ...headers, 'content-type': contentType } };
}

async function askOnce(fetch: FetchLike, url: string, init: RequestInit, limit: number): Promise<Uint8Array> {
  const response = await fetch(url, init);
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new BadStatus(`HTTP ${response.status}`);
  }
  const reader = response.body.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    length += piece.value.length;
    if (length > limit) {
      await reader.cancel();
      throw new TooLarge(`more than ${limit} bytes`);
    }
    pieces.push(piece.value);
  }
  return new Uint8Array(Buffer.concat(pieces, length));
}
