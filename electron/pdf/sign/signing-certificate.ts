import { maySignDocuments, readCertificate } from '../crypto/certificate.ts';
import type { Certificate } from '../crypto/certificate.ts';
import { commonName } from '../crypto/certification-path.ts';
import { DerError } from '../crypto/der.ts';
import { PdfError } from '../pdf-error.ts';

/**
 * Reads the chain and refuses, before any key is used, a certificate that could not make a valid signature.
 * @throws PdfError SIGN_CERT_UNREADABLE, SIGN_CERT_EXPIRED, SIGN_CERT_NOT_YET_VALID, SIGN_CERT_WRONG_USAGE
 */
export function readSigningChain(chain: readonly Uint8Array[], signingTime: Date): [Certificate, ...Certificate[]] {
  const [signer, ...issuers] = chain.map(readOrRefuse);
  const keyType = signer?.publicKey?.asymmetricKeyType;
  if (!signer || (keyType !== 'rsa' && keyType !== 'ec')) throw new PdfError('SIGN_CERT_UNREADABLE');
  const name = commonName(signer);
  if (signer.notAfter < signingTime) {
    throw new PdfError('SIGN_CERT_EXPIRED', { name, date: signer.notAfter.toISOString() });
  }
  if (signer.notBefore > signingTime) {
    throw new PdfError('SIGN_CERT_NOT_YET_VALID', { name, date: signer.notBefore.toISOString() });
  }
  if (!maySignDocuments(signer)) throw new PdfError('SIGN_CERT_WRONG_USAGE', { name });
  return [signer, ...issuers];
}

function readOrRefuse(der: Uint8Array): Certificate {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof DerError) throw new PdfError('SIGN_CERT_UNREADABLE', { hint: error.message });
    throw error;
  }
}

/** The longest signature value the key can produce, in octets: RSA modulus, or DER of two ECDSA numbers. */
export function longestSignature(certificate: Certificate): number {
  const details = certificate.publicKey?.asymmetricKeyDetails;
  if (details?.modulusLength !== undefined) return Math.ceil(details.modulusLength / 8);
  const longestCurveOctets = 66;
  return 2 * (longestCurveOctets + 3) + 3;
}
