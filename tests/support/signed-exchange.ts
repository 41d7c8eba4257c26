import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type ExchangeIdentity, makeExchangeKey, openExchangeKey } from '#exchange/rules/exchange-key.ts';
import { ANSWER_PROOF_HEADER, ANSWER_PROOF_TYPE, type AnswerStatement } from '#shared/wire/answer-proof.ts';
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

/** The header with which an exchange proves an answer; `lie` says other things than the answer does. */
export async function proofOf(
  identity: ExchangeIdentity,
  request: IncomingMessage,
  { status, body, headers }: HandmadeAnswer,
  lie: Partial<AnswerStatement> = {},
): Promise<Record<string, string>> {
  const proof = request.headers.authorization?.replace(/^DPoP /, '') ?? '';
  const isFile = headers['content-type'] === 'application/xml';
  const proven = ['etag', 'retry-after', 'content-range'].filter((name) => headers[name] !== undefined);
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
