import { CodedError } from '#shared/errors/coded-error.ts';
import type { Signer } from '#core/ports/signer.ts';
import { answerSignerRequest } from '#tokens/answer-signer-request.ts';

/** Keys in this process, by the same code as in the signing process. */
export const inProcessSigner: Signer = {
  inspect: async (path, password) => {
    const reply = await answerSignerRequest({ id: 1, what: 'inspect', path, password });
    if (!reply.ok) throw new CodedError(reply.code);
    if (reply.identity === undefined) throw new Error('no identity');
    return reply.identity;
  },
  sign: async (path, password, data) => {
    const reply = await answerSignerRequest({ id: 1, what: 'sign', path, password, data: new Uint8Array(data) });
    if (!reply.ok) throw new CodedError(reply.code);
    if (reply.signature === undefined) throw new Error('no signature');
    return reply.signature;
  },
};
