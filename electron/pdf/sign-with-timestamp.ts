import { createHash, randomBytes } from 'node:crypto';
import type { ValidationServices } from '#core/ports/validation-services.ts';
import { buildTimestampRequest } from './crypto/timestamp.ts';
import { PdfError } from './pdf-error.ts';
import { readStamp } from './sign/timestamp-answer.ts';
import { signPdf } from './sign-pdf.ts';
import type { SignRequest } from './sign-pdf.ts';
import { emptyTrust, verifyPdf } from './verify-pdf.ts';

/** Octets kept for a token: an authority's chain of RSA 4096 takes about 8,000. */
const TIMESTAMP_ROOM = 16_384;
const NONCE_OCTETS = 16;

/**
 * Signs at PAdES level B-T: prepare and sign, ask for a time stamp over the signature value, put it in. The result is
 * verified to have that level before it is returned.
 * @throws PdfError as signPdf; TSA_* and SIGN_LEVEL_NOT_REACHED, with nothing to be given away then
 */
export async function signWithTimestamp(
  bytes: Uint8Array,
  request: SignRequest,
  services: Pick<ValidationServices, 'askTimestamp'>,
  clock: () => Date,
): Promise<Uint8Array> {
  const signed = await signPdf(bytes, { ...request, timestampRoom: TIMESTAMP_ROOM });
  const nonce = randomBytes(NONCE_OCTETS);
  const imprint = createHash('sha256').update(signed.signatureValue).digest();
  const answer = await services.askTimestamp(buildTimestampRequest(imprint, nonce));
  const now = clock();
  const { token, time } = readStamp(answer, [signed.signatureValue], nonce, now);
  const stamped = signed.withTimestamp(token);
  const report = verifyPdf(stamped, { trust: request.trust ?? emptyTrust, now: time > now ? time : now });
  const own = report.signatures.find(({ fieldName }) => fieldName === signed.fieldName);
  if (own?.integrity !== 'VALID' || own.level === undefined || own.level === 'B-B') {
    throw new PdfError('SIGN_LEVEL_NOT_REACHED', { wanted: 'B-T', level: own?.level ?? '' });
  }
  return stamped;
}
