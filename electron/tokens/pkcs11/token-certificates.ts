import { readCertificate } from '#pdf/crypto/certificate.ts';
import type { Certificate } from '#pdf/crypto/certificate.ts';
import { ifReadable, toHex } from '#pdf/crypto/der.ts';
import { ATTRIBUTE, OBJECT, X_509 } from './constants.ts';
import type { TokenSession } from './session.ts';

/** A certificate that lies on a token. */
export interface TokenCertificate {
  readonly certificate: Certificate;
  /** CKA_ID in upper-case hex: its private key has the same. */
  readonly id: string;
}

/** Those that can be read; some tokens show them only to whoever is logged in. @throws DriverError */
export function readTokenCertificates(session: TokenSession): TokenCertificate[] {
  return session.find(OBJECT.CERTIFICATE).flatMap((object) => {
    const type = session.number(object, ATTRIBUTE.CERTIFICATE_TYPE);
    const value = session.attribute(object, ATTRIBUTE.VALUE);
    if ((type !== null && type !== X_509) || value === null) return [];
    const id = toHex(session.attribute(object, ATTRIBUTE.ID) ?? new Uint8Array());
    return ifReadable(readCertificate, value).map((certificate) => ({ certificate, id }));
  });
}
