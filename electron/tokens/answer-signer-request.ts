import { signerRequestSchema, type SignerReply } from '#shared/contract/control.ts';
import { CodedError, isCodedError } from '#shared/errors/coded-error.ts';
import { openKey } from './key-session.ts';
import type { KeyOpeners } from './key-session.ts';
import { openKeyFile } from './open-key-file.ts';
import { listTokens } from './pkcs11/list-tokens.ts';
import { openToken } from './pkcs11/open-token.ts';

const machineOpeners: KeyOpeners = { file: openKeyFile, token: openToken };

/**
 * Answers one request of core, which must wait for the answer before it asks again. The secret lives as long as this
 * call, and is tried once. Codes: those of {@link openKeyFile}, {@link openToken} and {@link listTokens},
 * SIGN_KEY_MISMATCH, KEY_KIND_UNSUPPORTED, INVALID_INPUT, UNEXPECTED.
 */
export async function answerSignerRequest(message: unknown, openers = machineOpeners): Promise<SignerReply> {
  const parsed = signerRequestSchema.safeParse(message);
  if (!parsed.success) return { id: idOf(message), ok: false, code: 'INVALID_INPUT' };
  const request = parsed.data;
  const { id } = request;
  try {
    if (request.what === 'tokens') return { id, ok: true, tokens: listTokens(request.module) };
    const { certificate } = request;
    const session = await openKey(openers, request.key, request.secret, new Date());
    try {
      if (request.what === 'sign')
        return { id, ok: true, signature: await session.sign(request.certificate, request.data) };
      if (certificate !== null && !session.has(certificate)) throw new CodedError('SIGN_KEY_MISMATCH');
      return { id, ok: true, holders: session.holders };
    } finally {
      session.close();
    }
  } catch (error) {
    if (!isCodedError(error)) return { id, ok: false, code: 'UNEXPECTED' };
    const { params } = error;
    return { id, ok: false, code: codeOf(error), ...(Object.keys(params).length === 0 ? {} : { params }) };
  }
}

function codeOf({ code }: CodedError): string {
  // A key of a kind that cannot sign here is, for the one who wants to sign, no key.
  return code === 'P12_KEY_UNSUPPORTED' ? 'P12_NO_KEY' : code;
}

/** -1 for a message that names none: even a broken question gets an answer. */
function idOf(message: unknown): number {
  const named = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
  return Number.isSafeInteger(named) ? Number(named) : -1;
}
