import type { PadesLevel } from '#shared/domain/verification.ts';
import type { Certificate } from '../crypto/certificate.ts';
import { judgeCertificate, rootsAmong } from '../crypto/certification-path.ts';
import type { CertificatePurpose } from '../crypto/certification-path.ts';
import type { Times } from '../crypto/revocation.ts';
import type { CmsCheck } from './check-cms.ts';
import type { SecurityStore } from './security-store.ts';

/** A document time stamp that is intact, with the store as it was when it was made. */
export interface Archive {
  readonly cms: CmsCheck;
  readonly revisionEnd: number;
  readonly store: SecurityStore;
}

/**
 * The PAdES baseline level of an intact CAdES signature (ETSI EN 319 142-1, 6.3): what is there and fits, whoever trusts it.
 * Validation data counts when it proves every certificate below a root good at the time of the time stamp.
 * @param archives the document time stamps made after the signature, oldest first
 */
export function reachedLevel(
  cms: CmsCheck,
  archives: readonly Archive[],
  store: SecurityStore,
  anchors: readonly Certificate[],
  now: Date,
): PadesLevel {
  const stamps = cms.tokens.length > 0 ? cms.tokens : archives.slice(0, 1).map((archive) => archive.cms);
  const at = stamps.flatMap(({ time }) => (time ? [time] : [])).toSorted((a, b) => a.getTime() - b.getTime())[0];
  if (!at) return 'B-B';
  const proves = (kept: SecurityStore, known: Date): boolean => {
    const times = { at, known };
    const isGood = (one: CmsCheck, purpose: CertificatePurpose): boolean =>
      isProvedBy(kept, one, purpose, anchors, times);
    return isGood(cms, 'document') && stamps.every((stamp) => isGood(stamp, 'timestamp'));
  };
  // What a document time stamp covers existed when it was made, however old the issuers' keys have become since.
  if (archives.some((archive) => proves(archive.store, archive.cms.time ?? now))) return 'B-LTA';
  return proves(store, now) ? 'B-LT' : 'B-T';
}

/** Whether the store alone proves every certificate from the signer's up to a root good, whoever trusts that. */
export function isProvedBy(
  store: SecurityStore,
  { signer, certificates }: Pick<CmsCheck, 'signer' | 'certificates'>,
  purpose: CertificatePurpose,
  anchors: readonly Certificate[],
  times: Times,
): boolean {
  if (!signer) return false;
  const pool = [...store.certificates, ...certificates];
  const material = { ...store, pool, anchors: [...anchors, ...rootsAmong(pool)] };
  return judgeCertificate(signer, purpose, material, times).length === 0;
}
