import type { z } from 'zod';
import type { ExchangeOutcome } from '#core/ports/exchange.ts';
import { errorBodySchema } from '#shared/wire/errors.ts';

export type Failure = Exclude<ExchangeOutcome<never>, { readonly kind: 'ok' }>;

const retryableStatuses = new Set([408, 423, 425, 429, 500, 502, 503, 504]);
/** Refusals of something that we did not send so: not a decision about what we sent. */
const changedOnTheWay = new Set(['REQUEST_ALTERED', 'DIGEST_MISMATCH', 'RANGE_INVALID']);
/** The directory of a whole country has a few megabytes. */
const LONGEST_JSON_BODY = 32 * 1024 * 1024;
const LONGEST_ERROR_BODY = 64 * 1024;

/** Runs a request; whatever is thrown means that no answer came. */
export async function attempt(
  request: () => Promise<Response>,
  callerSignal: AbortSignal | undefined,
): Promise<Response | Failure> {
  try {
    return await request();
  } catch (error) {
    return brokenLink(error, callerSignal);
  }
}

export function brokenLink(error: unknown, callerSignal: AbortSignal | undefined): Failure {
  if (callerSignal?.aborted) return { kind: 'aborted' };
  return { kind: 'offline', detail: describe(error) };
}

/** An answer with a JSON body of a known shape, or why it is none. */
export async function readJson<Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
  callerSignal: AbortSignal | undefined,
): Promise<ExchangeOutcome<z.infer<Schema>>> {
  if (!response.ok) return readFailure(response, callerSignal);
  let text: string;
  try {
    text = await readText(response);
  } catch (error) {
    return brokenLink(error, callerSignal);
  }
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) return { kind: 'garbage', detail: `status ${response.status} with an unknown body` };
  return { kind: 'ok', value: parsed.data };
}

/**
 * A whole body of at most `limit` bytes, in memory.
 * @throws RangeError before a hostile or broken server fills the memory; whatever breaks the link
 */
export async function readBytes(response: Response, limit = LONGEST_JSON_BODY): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return joined(pieces, size);
    pieces.push(piece.value);
    size += piece.value.byteLength;
    if (size <= limit) continue;
    await reader?.cancel();
    throw new RangeError('answer too long');
  }
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

async function readText(response: Response): Promise<string> {
  return new TextDecoder().decode(await readBytes(response));
}

/** What a status other than 2xx means. Only an error body of the exchange itself counts as a refusal. */
export async function readFailure(response: Response, callerSignal: AbortSignal | undefined): Promise<Failure> {
  let text: string;
  try {
    text = await readText(response);
  } catch (error) {
    return brokenLink(error, callerSignal);
  }
  if (retryableStatuses.has(response.status)) {
    return {
      kind: 'retry-later',
      retryAfterMs: parseRetryAfter(response.headers.get('retry-after')),
      detail: `status ${response.status}`,
    };
  }
  const body = errorBodySchema.safeParse(text.length <= LONGEST_ERROR_BODY ? parseJson(text) : null);
  if (!body.success) return { kind: 'garbage', detail: `status ${response.status} without an error of the exchange` };
  const { code, params } = body.data;
  if (code === 'CLOCK_SKEW') {
    const serverTime = Date.parse(String(params['serverTime']));
    if (Number.isNaN(serverTime)) return { kind: 'garbage', detail: 'CLOCK_SKEW without a time' };
    return { kind: 'clock', offsetMs: serverTime - Date.now() };
  }
  // A proxy that lost an answer on the way may have sent the request twice: a new proof decides.
  if (code === 'REQUEST_REPLAYED') return { kind: 'retry-later', retryAfterMs: null, detail: code };
  if (changedOnTheWay.has(code)) return { kind: 'garbage', detail: code };
  return { kind: 'refused', code, params };
}

/** Seconds or an HTTP date (RFC 9110 section 10.2.3) → milliseconds from now. */
function parseRetryAfter(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Without addresses of other hosts or contents: this text reaches the log. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  const cause = error.cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code === '' ? error.message : `${error.message} (${code})`;
}
