import { reachesLevel } from '#shared/domain/verification.ts';
import type { ValidationServices } from '#core/ports/validation-services.ts';
import { addDocumentTimestamp } from './add-document-timestamp.ts';
import { PdfError } from './pdf-error.ts';
import { Budget } from './syntax/budget.ts';
import { openPdf } from './syntax/document.ts';
import { verifyPdf } from './verify-pdf.ts';
import type { TrustStore } from './verify-pdf.ts';

/**
 * Puts a further document time stamp over a file of level B-LT or B-LTA, before the certificate of the last one runs out
 * (ETSI EN 319 142-1, 5.5): all its signatures are of level B-LTA then. No key is needed.
 * @param password opens an encrypted file
 * @throws PdfError PDF_*, SIGN_PERMISSION_FORBIDS, SIGN_INVALID_EXISTING, RENEW_NO_DATA for a signature of a lower level, and as
 *   {@link addDocumentTimestamp}; SIGN_LEVEL_NOT_REACHED, with nothing to be given away then
 */
export async function renewTimestamp(
  bytes: Uint8Array,
  trust: TrustStore,
  services: ValidationServices,
  clock: () => Date,
  password?: string,
): Promise<Uint8Array> {
  const document = openPdf(bytes, new Budget(), password);
  if (document.encryption?.maySign === false) throw new PdfError('SIGN_PERMISSION_FORBIDS');
  const before = verifyPdf(bytes, { trust, now: clock(), password });
  const broken = before.signatures.find(({ integrity }) => integrity === 'INVALID');
  if (broken || before.integrity === 'INVALID') {
    throw new PdfError('SIGN_INVALID_EXISTING', { field: broken?.fieldName ?? '' });
  }
  const signatures = before.signatures.filter(({ role }) => role !== 'timestamp');
  const low = signatures.find(({ level }) => !reachesLevel(level, 'B-LT'));
  if (low || signatures.length === 0) {
    throw new PdfError('RENEW_NO_DATA', { field: low?.fieldName ?? '', level: low?.level ?? '' });
  }
  const renewed = await addDocumentTimestamp(bytes, trust, services, clock, password);
  const after = verifyPdf(renewed, { trust, now: clock(), password });
  const short = after.signatures.find(({ role, level }) => role !== 'timestamp' && level !== 'B-LTA');
  if (short) throw new PdfError('SIGN_LEVEL_NOT_REACHED', { wanted: 'B-LTA', level: short.level ?? '' });
  return renewed;
}
