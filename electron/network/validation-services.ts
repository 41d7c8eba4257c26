import type { ValidationServices } from '#core/ports/validation-services.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { readBytes } from './http-outcome.ts';
import type { FetchLike } from './send-request.ts';

export interface ValidationOptions {
  /** http or https; a user and password in it are sent to that server alone. */
  readonly timestampAddress: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
/** A token with its certificates has some kilobytes. */
const MAX_TIMESTAMP_BYTES = 64 * 1024;

/**
 * Asks an authority by HTTP (RFC 3161, 3.4). What it answers is signed, so http is enough
 * (authorities often publish no other address). Nothing is asked twice: whoever signs may try again.
 * @throws CodedError TSA_ADDRESS
 */
export function httpValidationServices(fetch: FetchLike, options: ValidationOptions): ValidationServices {
  const { timestampAddress, timeoutMs = TIMEOUT_MS } = options;
  const { address, headers } = readAddress(timestampAddress);
  return {
    askTimestamp: async (request) => {
      try {
        const response = await fetch(address, {
          method: 'POST',
          body: Buffer.from(request),
          headers: { ...headers, 'content-type': 'application/timestamp-query' },
          signal: AbortSignal.timeout(timeoutMs),
          redirect: 'error',
        });
        return await readAnswer(response);
      } catch (error) {
        if (error instanceof RangeError) {
          throw new CodedError('TSA_ANSWER_BROKEN', { hint: `more than ${MAX_TIMESTAMP_BYTES} bytes` });
        }
        const hint = error instanceof BadStatus ? error.message : 'no answer';
        throw new CodedError('TSA_UNREACHABLE', { host: new URL(address).host, hint });
      }
    },
  };
}

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

async function readAnswer(response: Response): Promise<Uint8Array> {
  if (response.ok && response.body) return readBytes(response, MAX_TIMESTAMP_BYTES);
  await response.body?.cancel();
  throw new BadStatus(`HTTP ${response.status}`);
}
