import { createHash, randomUUID } from 'node:crypto';
import { type ExchangeIdentity, makeExchangeKey, openExchangeKey } from '#exchange/rules/exchange-key.ts';
import {
  ANSWER_PROOF_HEADER,
  ANSWER_PROOF_TYPE,
  type AnswerStatement,
  PROVEN_HEADERS,
} from '#shared/wire/answer-proof.ts';
import type { FetchLike } from '#network/send-request.ts';
import { contentDigest } from '#shared/wire/messages.ts';

export async function makeIdentity(): Promise<ExchangeIdentity> {
  return { exchangeId: randomUUID(), key: await openExchangeKey(await makeExchangeKey()) };
}

/** An answer as a server writes it by hand. */
export interface HandmadeAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The header with which an exchange proves an answer to a request with this Authorization; `lie` says other things than the answer does. */
export async function proofOf(
  identity: ExchangeIdentity,
  authorization: string,
  { status, body, headers }: HandmadeAnswer,
  lie: Partial<AnswerStatement> = {},
): Promise<Record<string, string>> {
  const proof = authorization.replace(/^DPoP /, '');
  const isFile = headers['content-type'] === 'application/xml';
  const proven = PROVEN_HEADERS.filter((name) => headers[name] !== undefined);
  const statement: AnswerStatement = {
    exchangeId: identity.exchangeId,
    request: createHash('sha256').update(proof).digest('base64url'),
    status,
    serverTime: new Date().toISOString(),
    contentDigest: isFile ? null : contentDigest(createHash('sha256').update(body).digest('base64')),
    headers: Object.fromEntries(proven.map((name) => [name, headers[name] ?? ''])),
    ...lie,
  };
  return { [ANSWER_PROOF_HEADER]: await identity.key.sign(ANSWER_PROOF_TYPE, statement) };
}

/** A line to an exchange in memory that signs every answer of it, as the real one does. */
export function signing(fetchLike: FetchLike, identity: ExchangeIdentity): FetchLike {
  return async (url, init) => {
    const answer = await fetchLike(url, init);
    const body = await answer.text();
    const headers = Object.fromEntries(answer.headers);
    const authorization = new Headers(init.headers).get('authorization') ?? '';
    const { status } = answer;
    const proof = await proofOf(identity, authorization, { status, body, headers });
    return new Response(body === '' ? null : body, { status, headers: { ...headers, ...proof } });
  };
}
