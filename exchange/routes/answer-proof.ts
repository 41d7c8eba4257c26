import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import {
  ANSWER_PROOF_HEADER,
  ANSWER_PROOF_TYPE,
  type AnswerStatement,
  PROVEN_HEADERS,
} from '#shared/wire/answer-proof.ts';
import { contentDigest } from '#shared/wire/messages.ts';
import type { ExchangeIdentity } from '../rules/exchange-key.ts';
import { proofIn } from '../rules/workstation-token.ts';
import { sharedPlugin } from './shared-plugin.ts';

/** Signs every answer to a request that came with a proof, also one that is refused. */
export const answerProof = sharedPlugin<ExchangeIdentity>(async (app, { exchangeId, key }) => {
  app.addHook('onSend', async (request, reply, payload) => {
    const proof = proofIn(request.headers.authorization);
    if (proof === null) return payload;
    const statement: AnswerStatement = {
      exchangeId,
      request: createHash('sha256').update(proof).digest('base64url'),
      status: reply.statusCode,
      serverTime: new Date().toISOString(),
      // An answer to HEAD has the headers of a body, and none (RFC 9110 section 9.3.2).
      contentDigest: digestOf(request.method === 'HEAD' ? '' : payload),
      headers: provenHeaders(reply),
    };
    reply.header(ANSWER_PROOF_HEADER, await key.sign(ANSWER_PROOF_TYPE, statement));
    return payload;
  });
});

/** Null for a stream: what its bytes must be stands in the ETag. */
function digestOf(payload: unknown): string | null {
  if (payload !== undefined && payload !== null && typeof payload !== 'string' && !Buffer.isBuffer(payload))
    return null;
  const hash = createHash('sha256').update(payload ?? '');
  return contentDigest(hash.digest('base64'));
}

function provenHeaders(reply: FastifyReply): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of PROVEN_HEADERS) {
    const value = reply.getHeader(name);
    if (value !== undefined) found[name] = String(value);
  }
  return found;
}
