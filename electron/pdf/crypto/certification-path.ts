import type { Finding, FindingCode, FindingParams, Severity } from '#shared/domain/verification.ts';
import { isIssuedBy, isSignedBy, KEY_USAGE, maySignDocuments } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { digestOf } from './check-signature.ts';
import { sameBytes } from './der.ts';
import { OID } from './oids.ts';
import { revocationStatus } from './revocation.ts';
import type { RevocationMaterial, Times } from './revocation.ts';
import { digestWeakness, keyWeakness } from './strength.ts';

export interface PathMaterial extends RevocationMaterial {
  readonly anchors: readonly Certificate[];
  /** Certificates that may help to build a path; not trusted by themselves. */
  readonly pool: readonly Certificate[];
  /** Told of each certificate below a trusted root that nothing at hand proves good or revoked, with its issuer. */
  readonly onUnproven?: OnUnproven;
}

export type OnUnproven = (certificate: Certificate, issuer: Certificate) => void;

export type CertificatePurpose = 'document' | 'timestamp';

const MAX_PATH = 8;
/** Signatures checked in search of a path: certificates that all issue each other allow any number of ways. */
const MAX_CHECKS = 200;

/**
 * What can be said about trust in a signer's certificate (RFC 5280, section 6): a path to an anchor, validity, usage, and
 * revocation from the given lists and answers. Without proof of when a signature was made, the present decides.
 * @param purpose see {@link mayBeUsed}
 */
export function judgeCertificate(
  signer: Certificate,
  purpose: CertificatePurpose,
  trust: PathMaterial,
  times: Times,
): Finding[] {
  const findings: Finding[] = [];
  const report = (code: FindingCode, severity: Severity, params: FindingParams): void => {
    findings.push({ code, severity, params, scope: 'trust' });
  };
  if (!mayBeUsed(signer, purpose)) report('CERT_WRONG_USAGE', 'invalid', { name: commonName(signer) });
  const path = findPath(signer, trust);
  if (!path) {
    report('CERT_UNTRUSTED', 'indet', { name: commonName(signer), issuer: signer.issuer.get(OID.commonName) ?? '' });
  } else if (!isWellFormed(path)) report('CERT_CHAIN_INVALID', 'invalid', { name: commonName(signer) });
  for (const certificate of path ?? [signer]) {
    judgeValidity(certificate, times.at, report);
    judgeStrength(certificate, trust.anchors.includes(certificate), report);
  }
  if (path) judgeRevocation(path, trust, times, report);
  return findings;
}

/** @param purpose `timestamp` demands the extended key usage timeStamping, critical and alone (RFC 3161, 2.3) */
export function mayBeUsed(certificate: Certificate, purpose: CertificatePurpose): boolean {
  if (purpose === 'document') return maySignDocuments(certificate);
  const { extKeyUsage, extKeyUsageCritical } = certificate;
  return extKeyUsageCritical && extKeyUsage?.size === 1 && extKeyUsage.has(OID.timeStamping);
}

/** The way from a certificate to an anchor, itself first: one that RFC 5280 allows if there is any. */
export function findPath(
  signer: Certificate,
  trust: Pick<PathMaterial, 'anchors' | 'pool'>,
): readonly Certificate[] | undefined {
  const paths = findPaths(signer, trust);
  return paths.find(isWellFormed) ?? paths[0];
}

/** Those that certify themselves: where a path ends, whoever trusts it. */
export function rootsAmong(certificates: readonly Certificate[]): Certificate[] {
  return certificates.filter((one) => isIssuedBy(one, one));
}

type Report = (code: FindingCode, severity: Severity, params: FindingParams) => void;

/** All ways from the signer to an anchor, signer first. An anchor given as the signer itself is a path of one. */
function findPaths(signer: Certificate, trust: Pick<PathMaterial, 'anchors' | 'pool'>): Certificate[][] {
  const found: Certificate[][] = [];
  let checks = 0;
  const extend = (path: readonly Certificate[]): void => {
    const last = path.at(-1);
    if (!last || path.length > MAX_PATH || found.length >= MAX_PATH) return;
    const anchor = trust.anchors.find((candidate) => sameBytes(candidate.der, last.der));
    if (anchor) {
      found.push([...path.slice(0, -1), anchor]);
      return;
    }
    for (const candidate of [...trust.anchors, ...trust.pool]) {
      const repeated = path.some((member) => sameBytes(member.der, candidate.der));
      if (repeated || !sameBytes(candidate.subjectDn, last.issuerDn)) continue;
      checks += 1;
      if (checks > MAX_CHECKS) return;
      if (isSignedBy(last, candidate) === 'good') extend([...path, candidate]);
    }
  };
  extend([signer]);
  return found;
}

/** Every issuer is a CA that may sign certificates, within its path length, and nothing critical is unknown. */
function isWellFormed(path: readonly Certificate[]): boolean {
  return path.every((certificate, index) => {
    if (certificate.unknownCritical) return false;
    if (index === 0) return true;
    const below = index - 1;
    const lengthOk = certificate.pathLength === undefined || below <= certificate.pathLength;
    const usageOk = certificate.keyUsage === undefined || certificate.keyUsage.has(KEY_USAGE.keyCertSign);
    return certificate.isCa && lengthOk && usageOk;
  });
}

function judgeValidity(certificate: Certificate, now: Date, report: Report): void {
  const params = { name: commonName(certificate) };
  if (certificate.notAfter < now) {
    report('CERT_EXPIRED', 'indet', { ...params, date: certificate.notAfter.toISOString() });
  } else if (certificate.notBefore > now) {
    report('CERT_NOT_YET_VALID', 'indet', { ...params, date: certificate.notBefore.toISOString() });
  }
}

function judgeStrength(certificate: Certificate, isAnchor: boolean, report: Report): void {
  const key = keyWeakness(certificate.publicKey);
  if (key) report('ALGORITHM_WEAK', 'indet', { algorithm: key.algorithm });
  const digest = digestOf(certificate.algorithm);
  const weak = digest === undefined ? undefined : digestWeakness(digest);
  if (!isAnchor && weak) report('ALGORITHM_WEAK', 'indet', { algorithm: weak.algorithm });
}

function judgeRevocation(path: readonly Certificate[], material: PathMaterial, times: Times, report: Report): void {
  path.slice(0, -1).forEach((certificate, index) => {
    const issuer = path[index + 1];
    if (!issuer) return;
    const status = revocationStatus(certificate, issuer, material, times);
    const name = commonName(certificate);
    if (status.status === 'stale' || status.status === 'unknown') material.onUnproven?.(certificate, issuer);
    if (status.status === 'revoked') report('CERT_REVOKED', 'invalid', { name, date: status.date.toISOString() });
    else if (status.status === 'stale') {
      report('REVOCATION_STALE', 'indet', { name, date: status.nextUpdate.toISOString() });
    } else if (status.status === 'unknown') report('REVOCATION_NOT_CHECKED', 'indet', { name });
  });
}

export function commonName(certificate: Certificate): string {
  return certificate.subject.get(OID.commonName) ?? certificate.subject.get(OID.organization) ?? certificate.serial;
}
