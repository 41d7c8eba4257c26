import { verdictOf } from '#shared/domain/verification.ts';
import type { Certificate } from '../crypto/certificate.ts';
import { mayBeUsed, commonName } from '../crypto/certification-path.ts';
import { DerError, expectTag, readDer, readIntegerHex, TAG } from '../crypto/der.ts';
import { OID } from '../crypto/oids.ts';
import { readSignedData } from '../crypto/cms.ts';
import { CLOCK_SKEW_MS } from '../crypto/revocation.ts';
import { derPositiveInteger, readTimestampAnswer, readTimestampInfo } from '../crypto/timestamp.ts';
import { PdfError } from '../pdf-error.ts';
import { checkCms } from '../verify/check-cms.ts';

export interface Stamp {
  /** DER of the token. */
  readonly token: Uint8Array;
  /** The authority's certificate, and all that the token encloses. */
  readonly signer: Certificate;
  readonly certificates: readonly Certificate[];
  readonly time: Date;
}

/**
 * Reads an authority's answer strictly: granted, over this imprint by SHA-256, with this nonce, signed by an enclosed
 * certificate that is bound to the token, made for nothing else and valid then (RFC 3161, 2.2 to 2.4).
 * @param parts what was to be stamped
 * @throws PdfError TSA_ANSWER_BROKEN, TSA_REFUSED, TSA_ANSWER_MISMATCH, TSA_CERT_WRONG_USAGE, TSA_CERT_EXPIRED
 */
export function readStamp(answer: Uint8Array, parts: readonly Uint8Array[], nonce: Uint8Array, now: Date): Stamp {
  try {
    const read = readTimestampAnswer(answer);
    if (read.kind === 'refused') throw new PdfError('TSA_REFUSED', { status: read.status, reason: read.reason });
    const { content, signer: info } = readSignedData(read.token);
    const stated = readTimestampInfo(content ?? new Uint8Array(0));
    const sent = readIntegerHex(expectTag(readDer(derPositiveInteger(nonce)), TAG.integer));
    if (stated.nonce !== sent) throw new PdfError('TSA_ANSWER_MISMATCH', { what: 'nonce' });
    if (stated.digest !== 'sha256') throw new PdfError('TSA_ANSWER_MISMATCH', { what: 'digest' });
    const check = checkCms(read.token, parts, 'timestamp');
    if (check.findings.some(({ code }) => code === 'TIMESTAMP_MISMATCH')) {
      throw new PdfError('TSA_ANSWER_MISMATCH', { what: 'imprint' });
    }
    const { signer } = check;
    const bound =
      info.signedAttributes.has(OID.signingCertificateV2) || info.signedAttributes.has(OID.signingCertificate);
    if (verdictOf(check.findings) !== 'VALID' || !signer || !bound) {
      throw new DerError(check.findings.map(({ code }) => code).join(', '));
    }
    const name = commonName(signer);
    if (!mayBeUsed(signer, 'timestamp')) throw new PdfError('TSA_CERT_WRONG_USAGE', { name });
    if (signer.notAfter < stated.time || signer.notAfter < now || signer.notBefore > stated.time) {
      throw new PdfError('TSA_CERT_EXPIRED', { name, date: signer.notAfter.toISOString() });
    }
    if (stated.time.getTime() > now.getTime() + CLOCK_SKEW_MS) {
      throw new PdfError('TSA_ANSWER_MISMATCH', { what: 'time' });
    }
    return { token: read.token, signer, certificates: check.certificates, time: stated.time };
  } catch (error) {
    if (error instanceof DerError) throw new PdfError('TSA_ANSWER_BROKEN', { hint: error.message });
    throw error;
  }
}
