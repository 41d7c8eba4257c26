import type { PadesLevel } from '#shared/domain/verification.ts';
import { isSignedBy } from '../crypto/certificate.ts';
import type { Certificate } from '../crypto/certificate.ts';
import { judgeCertificate } from '../crypto/certification-path.ts';
import type { CertificatePurpose } from '../crypto/certification-path.ts';
import { sameBytes } from '../crypto/der.ts';
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
  const proves = (kept: SecurityStore): boolean =>
    isProved(cms, 'document', kept) && stamps.every((stamp) => isProved(stamp, 'timestamp', kept));
  const isProved = (one: CmsCheck, purpose: CertificatePurpose, kept: SecurityStore): boolean => {
    if (!one.signer) return false;
    const pool = [...kept.certificates, ...one.certificates];
    const roots = pool.filter((root) => sameBytes(root.subjectDn, root.issuerDn) && isSignedBy(root, root) === 'good');
    const material = { pool, anchors: [...anchors, ...roots], lists: kept.lists, answers: kept.answers };
    return judgeCertificate(one.signer, purpose, material, { at, known: now }).length === 0;
  };
  if (!proves(store)) return 'B-T';
  return archives.some((archive) => proves(archive.store)) ? 'B-LTA' : 'B-LT';
}
