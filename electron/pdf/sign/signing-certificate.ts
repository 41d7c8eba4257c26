import type { FindingCode, PdfErrorCode } from '#shared/domain/verification.ts';
import { maySignDocuments, readCertificate } from '../crypto/certificate.ts';
import type { Certificate } from '../crypto/certificate.ts';
import { commonName, judgeCertificate } from '../crypto/certification-path.ts';
import { readRevocationList } from '../crypto/crl.ts';
import { DerError, ifReadable } from '../crypto/der.ts';
import { keyWeakness } from '../crypto/strength.ts';
import { PdfError } from '../pdf-error.ts';
import type { TrustStore } from '../verify-pdf.ts';

/** What the verifier would say of the signer's certificate, as a refusal to sign with it. */
export const signerRefusals: ReadonlyMap<FindingCode, PdfErrorCode> = new Map([
  ['CERT_REVOKED', 'SIGN_CERT_REVOKED'],
  ['CERT_CHAIN_INVALID', 'SIGN_CHAIN_INVALID'],
  ['CERT_EXPIRED', 'SIGN_CERT_EXPIRED'],
  ['CERT_NOT_YET_VALID', 'SIGN_CERT_NOT_YET_VALID'],
]);

/**
 * Reads the chain and refuses, before any key is used and any password asked for, a certificate that could not make a
 * valid signature: by itself, and as far as `trust` knows its issuers and what they revoked.
 * @throws PdfError SIGN_CERT_UNREADABLE, SIGN_CERT_EXPIRED, SIGN_CERT_NOT_YET_VALID, SIGN_CERT_WRONG_USAGE,
 *   SIGN_CERT_WEAK, SIGN_CERT_REVOKED, SIGN_CHAIN_INVALID
 */
export function readSigningChain(
  chain: readonly Uint8Array[],
  signingTime: Date,
  trust: TrustStore,
): [Certificate, ...Certificate[]] {
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
  const weakness = keyWeakness(signer.publicKey);
  if (weakness) throw new PdfError('SIGN_CERT_WEAK', { name, algorithm: weakness.algorithm });
  const anchors = trust.anchors.flatMap((der) => ifReadable(readCertificate, der));
  const intermediates = trust.intermediates.flatMap((der) => ifReadable(readCertificate, der));
  const lists = trust.crls.flatMap((der) => ifReadable(readRevocationList, der));
  const pool = [...intermediates, ...issuers];
  const times = { at: signingTime, known: signingTime };
  for (const { code, params } of judgeCertificate(signer, 'document', { anchors, pool, lists, answers: [] }, times)) {
    const refusal = signerRefusals.get(code);
    if (refusal) throw new PdfError(refusal, params);
  }
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
