import type { ExchangeConnection } from '#core/ports/exchange.ts';
import {
  ANSWER_PROOF_HEADER,
  ANSWER_PROOF_TYPE,
  type AnswerStatement,
  answerStatementSchema,
  PROVEN_HEADERS,
} from '#shared/wire/answer-proof.ts';
import { contentDigest } from '#shared/wire/messages.ts';
import { readStatement } from '#shared/wire/signed-statement.ts';
import { base64, base64Url, sha256Of } from './digest.ts';
import { brokenLink, type Failure, readBytes } from './http-outcome.ts';

/** Of these a proxy in front of the exchange is the usual author. They are believed so far that we ask again later. */
const busyStatuses = new Set([429, 500, 502, 503, 504]);
/** Statuses whose answers have no body (RFC 9110 section 6.4.1). */
const bodylessStatuses = new Set([204, 205, 304]);

/** An answer that the exchange signed for this very request. */
export interface ProvenAnswer {
  /** Its body is checked already, unless it is the bytes of a file: those are held against its `etag` by who reads them. */
  readonly response: Response;
  /** Milliseconds since 1970, by the server's clock when it answered. */
  readonly serverTime: number;
}

/**
 * Takes an answer only with the exchange's signature over what it answers, its status, its body and the headers that
 * are acted on. Without one nothing of it counts: no body, no refusal, no clock, no wish for a later time. Only that
 * somebody is busy is taken from a bare status: all it can do is delay, and whoever could send it can do that anyway.
 * @param requestProof the proof that went with the request
 */
export async function proveAnswer(
  response: Response,
  requestProof: string,
  { exchangeId, exchangeKey }: Pick<ExchangeConnection, 'exchangeId' | 'exchangeKey'>,
  callerSignal: AbortSignal | undefined,
): Promise<ProvenAnswer | Failure> {
  const jws = response.headers.get(ANSWER_PROOF_HEADER) ?? '';
  // At once, because the body waits meanwhile, and what waits is lost when the line breaks.
  const [signed, proofDigest] = await Promise.all([
    readStatement(jws, ANSWER_PROOF_TYPE, exchangeKey),
    sha256Of(new TextEncoder().encode(requestProof)),
  ]);
  const read = answerStatementSchema.safeParse(signed);
  const request = base64Url(proofDigest);
  if (!read.success || read.data.exchangeId !== exchangeId || read.data.request !== request) {
    return disbelieve(response, `status ${response.status} without the exchange's proof`, callerSignal);
  }
  const statement = read.data;
  if (!isSame(response, statement)) {
    return disbelieve(response, `status ${response.status} with other headers than proved`, callerSignal);
  }
  const serverTime = Date.parse(statement.serverTime);
  if (statement.contentDigest === null) return { response, serverTime };
  let body: Uint8Array<ArrayBuffer>;
  try {
    body = await readBytes(response);
  } catch (error) {
    return brokenLink(error, callerSignal);
  }
  if (contentDigest(base64(await sha256Of(body))) !== statement.contentDigest) {
    return { kind: 'garbage', detail: `status ${response.status} with another body than proved` };
  }
  const { status, headers } = response;
  return { response: new Response(bodylessStatuses.has(status) ? null : body, { status, headers }), serverTime };
}

function isSame(response: Response, { status, headers }: AnswerStatement): boolean {
  return (
    response.status === status && PROVEN_HEADERS.every((name) => response.headers.get(name) === (headers[name] ?? null))
  );
}

async function disbelieve(response: Response, detail: string, callerSignal: AbortSignal | undefined): Promise<Failure> {
  await response.body?.cancel().catch(() => undefined);
  if (callerSignal?.aborted) return { kind: 'aborted' };
  if (!busyStatuses.has(response.status)) return { kind: 'garbage', detail };
  return { kind: 'retry-later', retryAfterMs: null, detail: `status ${response.status}` };
}
