import { CodedError } from '#shared/errors/coded-error.ts';
import type { Signer } from '#core/ports/signer.ts';
import { answerSignerRequest } from '#tokens/answer-signer-request.ts';

/** Keys in this process, by the same code as in the signing process. */
export const inProcessSigner: Signer = {
  inspect: async (key, secret, certificate) => {
    const reply = await answerSignerRequest({ id: 1, what: 'inspect', key, secret, certificate });
    if (!reply.ok) throw new CodedError(reply.code);
    if (reply.holders === undefined) throw new Error('no holders');
    return reply.holders;
  },
  sign: async (key, secret, certificate, data) => {
    const copy = new Uint8Array(data);
    const reply = await answerSignerRequest({ id: 1, what: 'sign', key, secret, certificate, data: copy });
    if (!reply.ok) throw new CodedError(reply.code);
    if (reply.signature === undefined) throw new Error('no signature');
    return reply.signature;
  },
};
