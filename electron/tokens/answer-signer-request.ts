import { readFile, stat } from 'node:fs/promises';
import { signerRequestSchema, type KeyIdentity, type SignerReply } from '#shared/contract/control.ts';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { OID } from '#pdf/crypto/oids.ts';
import { KeyFileError } from './key-file-error.ts';
import { openPkcs12, type Pkcs12Credential } from './pkcs12.ts';

/** A key file holds a key and a few certificates; anything of this size is something else. */
const MAX_KEY_FILE_BYTES = 1024 * 1024;

/**
 * Answers one request of core. The password lives as long as this call. Codes: P12_WRONG_PASSWORD, P12_BROKEN, P12_NO_KEY,
 * P12_MISSING, INVALID_INPUT, UNEXPECTED.
 */
export async function answerSignerRequest(message: unknown): Promise<SignerReply> {
  const parsed = signerRequestSchema.safeParse(message);
  if (!parsed.success) return { id: idOf(message), ok: false, code: 'INVALID_INPUT' };
  const request = parsed.data;
  try {
    const credential = openPkcs12(await readKeyFile(request.path), request.password);
    return request.what === 'inspect'
      ? { id: request.id, ok: true, identity: identityOf(credential) }
      : { id: request.id, ok: true, signature: await credential.signData(request.data) };
  } catch (error) {
    return { id: request.id, ok: false, code: codeOf(error) };
  }
}

/** Whatever keeps the file from being read, to the clerk it is not there: the stick is out, the share is gone. */
async function readKeyFile(file: string): Promise<Uint8Array> {
  try {
    const info = await stat(file);
    if (!info.isFile()) throw new MissingKeyFile();
    if (info.size > MAX_KEY_FILE_BYTES) throw new KeyFileError('P12_BROKEN');
    return await readFile(file);
  } catch (error) {
    if (error instanceof KeyFileError) throw error;
    throw new MissingKeyFile();
  }
}

class MissingKeyFile extends Error {}

function codeOf(error: unknown): string {
  if (error instanceof MissingKeyFile) return 'P12_MISSING';
  if (!(error instanceof KeyFileError)) return 'UNEXPECTED';
  // A key of a kind that cannot sign here is, for the one who wants to sign, no key.
  return error.code === 'P12_KEY_UNSUPPORTED' ? 'P12_NO_KEY' : error.code;
}

function identityOf(credential: Pkcs12Credential): KeyIdentity {
  const [own] = credential.chain;
  return {
    chain: credential.chain,
    subject: credential.subject,
    organisation: (own && readCertificate(own).subject.get(OID.organization)) ?? '',
    issuer: credential.issuer,
    serial: credential.serial,
    notBefore: credential.notBefore.toISOString(),
    notAfter: credential.notAfter.toISOString(),
  };
}

/** -1 for a message that names none: even a broken question gets an answer. */
function idOf(message: unknown): number {
  const named = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
  return Number.isSafeInteger(named) ? Number(named) : -1;
}
