import type { ValidationServices } from '#core/ports/validation-services.ts';
import { askTimestamp, TIMESTAMP_ROOM } from './ask-timestamp.ts';
import type { Certificate } from './crypto/certificate.ts';
import { sameBytes } from './crypto/der.ts';
import { gatherValidationData, knownMaterial } from './gather-validation-data.ts';
import { openDocumentTimestamp } from './sign/document-timestamp.ts';
import { addValidationData } from './sign/validation-data.ts';
import { Budget } from './syntax/budget.ts';
import { openPdf } from './syntax/document.ts';
import { isProvedBy } from './verify/reached-level.ts';
import { readSecurityStore } from './verify/security-store.ts';
import { stampsToVouchFor } from './verify/stamps-to-vouch-for.ts';
import type { TrustStore } from './verify-pdf.ts';

/**
 * Puts a document time stamp over a signed file and its validation data (ETSI EN 319 142-1, 5.4.3). What the file does not
 * keep yet of the authorities whose time stamps it vouches for goes in before it, and of its own authority after it: each
 * an update of its own.
 * @param password opens an encrypted file
 * @throws PdfError TSA_*, and as {@link gatherValidationData}
 */
export async function addDocumentTimestamp(
  bytes: Uint8Array,
  trust: TrustStore,
  services: ValidationServices,
  clock: () => Date,
  password?: string,
): Promise<Uint8Array> {
  const keep = (stamps: readonly StampingAuthority[], file: Uint8Array): Promise<Uint8Array> =>
    keepProofOf(stamps, file, trust, services, clock, password);
  const complete = await keep(stampsToVouchFor(openPdf(bytes, new Budget(), password)), bytes);
  const open = openDocumentTimestamp(complete, TIMESTAMP_ROOM, password);
  const stamp = await askTimestamp(open.parts, services, clock);
  return keep([stamp], open.close(stamp.token));
}

interface StampingAuthority {
  readonly signer: Certificate | undefined;
  readonly certificates: readonly Certificate[];
}

/** The file with proof that these authorities' certificates are good now, as far as it keeps none. */
async function keepProofOf(
  stamps: readonly StampingAuthority[],
  bytes: Uint8Array,
  trust: TrustStore,
  services: ValidationServices,
  clock: () => Date,
  password: string | undefined,
): Promise<Uint8Array> {
  const store = readSecurityStore(openPdf(bytes, new Budget(), password));
  const known = knownMaterial(trust, store.certificates);
  const now = clock();
  const gathered = await Promise.all(
    stamps.filter(isFirstOfSigner).map(async ({ signer, certificates }) => {
      const stamp = { signer, certificates };
      if (!signer || isProvedBy(store, stamp, 'timestamp', known.anchors, { at: now, known: now })) return [];
      const pool = [...known.pool, ...certificates];
      return [await gatherValidationData(signer, 'timestamp', { ...known, pool }, services, clock)];
    }),
  );
  const data = gathered.flat();
  return data.length === 0 ? bytes : addValidationData(bytes, data, password);
}

function isFirstOfSigner({ signer }: StampingAuthority, at: number, all: readonly StampingAuthority[]): boolean {
  return all.findIndex((other) => signer && other.signer && sameBytes(other.signer.der, signer.der)) === at;
}
