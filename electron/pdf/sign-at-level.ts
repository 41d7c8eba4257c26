import { reachesLevel } from '#shared/domain/verification.ts';
import type { PadesLevel } from '#shared/domain/verification.ts';
import type { ValidationServices } from '#core/ports/validation-services.ts';
import { addDocumentTimestamp } from './add-document-timestamp.ts';
import { askTimestamp, TIMESTAMP_ROOM } from './ask-timestamp.ts';
import { gatherValidationData, knownMaterial } from './gather-validation-data.ts';
import { PdfError } from './pdf-error.ts';
import { readSigningChain } from './sign/signing-certificate.ts';
import { addValidationData } from './sign/validation-data.ts';
import { signPdf } from './sign-pdf.ts';
import type { SignRequest } from './sign-pdf.ts';
import { emptyTrust, verifyPdf } from './verify-pdf.ts';

export type StampedLevel = Exclude<PadesLevel, 'B-B'>;

/**
 * Signs at PAdES level B-T, B-LT or B-LTA (ETSI EN 319 142-1, 6.3), each step an update or an entry of its own: prepare and
 * sign, the time stamp over the signature value, validation data of signer and authority, the document time stamp over it
 * all. That the signer's certificate is good is known before the key is used. The result is verified to have the level
 * before it is returned, and begins with the input.
 * @throws PdfError as signPdf, {@link gatherValidationData} and {@link addDocumentTimestamp}; TSA_* and
 *   SIGN_LEVEL_NOT_REACHED, with nothing to be given away then
 */
export async function signAtLevel(
  bytes: Uint8Array,
  request: SignRequest,
  level: StampedLevel,
  services: ValidationServices,
  clock: () => Date,
): Promise<Uint8Array> {
  const trust = request.trust ?? emptyTrust;
  const chain = readSigningChain(request.credential.chain, request.signingTime, trust);
  const known = knownMaterial(trust, chain);
  const keepsData = level !== 'B-T';
  const own = keepsData ? [await gatherValidationData(chain[0], 'document', known, services, clock)] : [];

  const signed = await signPdf(bytes, { ...request, timestampRoom: TIMESTAMP_ROOM });
  const { token, signer, certificates } = await askTimestamp([signed.signatureValue], services, clock);
  let result = signed.withTimestamp(token);
  if (keepsData) {
    const pool = [...known.pool, ...certificates];
    const authority = await gatherValidationData(signer, 'timestamp', { ...known, pool }, services, clock);
    result = addValidationData(result, [...own, authority], request.password);
  }
  if (level === 'B-LTA') result = await addDocumentTimestamp(result, trust, services, clock, request.password);

  const report = verifyPdf(result, { trust, now: clock(), password: request.password });
  const made = report.signatures.find(({ fieldName }) => fieldName === signed.fieldName);
  if (made?.integrity !== 'VALID' || !reachesLevel(made.level, level)) {
    throw new PdfError('SIGN_LEVEL_NOT_REACHED', { wanted: level, level: made?.level ?? '' });
  }
  return result;
}
