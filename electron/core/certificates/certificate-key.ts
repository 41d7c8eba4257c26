import type { KeyRef } from '#shared/contract/control.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CertificateRecord } from './certificate-store.ts';

/** Signs with the key of a kept certificate, whichever else are where it is. @throws CodedError of {@link Signer} */
export function signWith(
  { signer }: Pick<CoreContext, 'signer'>,
  certificate: CertificateRecord,
  secret: string,
  data: Uint8Array,
): Promise<Uint8Array> {
  return signer.sign(keyOf(certificate), secret, ownOf(certificate), data);
}

/** Tries a password, and whether the key of the certificate is still there. @throws CodedError of {@link Signer} */
export async function tryKey(
  { signer }: Pick<CoreContext, 'signer'>,
  certificate: CertificateRecord,
  secret: string,
): Promise<void> {
  await signer.inspect(keyOf(certificate), secret, ownOf(certificate));
}

function keyOf({ path }: CertificateRecord): KeyRef {
  return { kind: 'file', path };
}

function ownOf({ chain, subject }: CertificateRecord): Uint8Array {
  const [own] = chain;
  if (!own) throw new CodedError('SIGN_CERT_UNREADABLE', { name: subject });
  return own;
}
