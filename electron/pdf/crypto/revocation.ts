import { isSignedBy, KEY_USAGE, readCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { checkSignature, digestOf } from './check-signature.ts';
import type { AlgorithmIdentifier } from './check-signature.ts';
import type { RevocationList } from './crl.ts';
import { ifReadable, sameBytes } from './der.ts';
import { OID } from './oids.ts';
import { answersFor } from './ocsp.ts';
import type { OcspAnswer } from './ocsp.ts';
import { digestWeakness } from './strength.ts';

/** Clocks of authorities and of this machine may differ by this much. */
export const CLOCK_SKEW_MS = 5 * 60_000;

export interface RevocationMaterial {
  readonly lists: readonly RevocationList[];
  readonly answers: readonly OcspAnswer[];
}

/** When a certificate was used, and the moment from which one looks back at it. */
export interface Times {
  /** The certificate has to be good then: the proven time of signing, or the present. */
  readonly at: Date;
  /** What is known is known since then at the latest: an archive time stamp's time, or the present. Not before `at`. */
  readonly known: Date;
}

export type RevocationStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly date: Date }
  | { readonly status: 'stale'; readonly nextUpdate: Date }
  | { readonly status: 'unknown' };

/** One statement of an authority about a certificate, from a list or an OCSP answer. */
interface Statement {
  readonly says: 'good' | 'unknown' | Date;
  readonly from: Date;
  readonly until: Date | undefined;
  readonly weak: boolean;
}

/**
 * What lists and OCSP answers say about a certificate. Only those of its issuer, or of a responder that the issuer
 * appointed, with a good signature count (RFC 5280, 6.3; RFC 6960, 4.2.2.2). Old material that names the certificate still
 * revokes it; a revocation after the proven time of use does not touch that use.
 */
export function revocationStatus(
  certificate: Certificate,
  issuer: Certificate,
  material: RevocationMaterial,
  { at, known }: Times,
): RevocationStatus {
  const statements = [
    ...fromLists(certificate, issuer, material.lists),
    ...fromAnswers(certificate, issuer, material.answers),
  ];
  for (const { says } of statements) {
    if (!(says instanceof Date)) continue;
    const proven = at.getTime() < known.getTime();
    if (!proven || says <= at) return { status: 'revoked', date: says };
  }
  // A weak one may still warn, but proves nothing: whoever forges it would leave his certificate out. What its issuer signed
  // with a key that had expired by the time one knows of it could be made later by whoever found that key.
  const proofs = issuer.notAfter < known ? [] : statements.filter(({ says, weak }) => says !== 'unknown' && !weak);
  const fresh = proofs.some(
    ({ from, until }) =>
      from.getTime() <= known.getTime() + CLOCK_SKEW_MS &&
      (until?.getTime() ?? from.getTime() + CLOCK_SKEW_MS) >= at.getTime(),
  );
  if (fresh) return { status: 'good' };
  const newest = proofs.map(({ from, until }) => until ?? from).toSorted((a, b) => b.getTime() - a.getTime())[0];
  return newest ? { status: 'stale', nextUpdate: newest } : { status: 'unknown' };
}

function fromLists(certificate: Certificate, issuer: Certificate, lists: readonly RevocationList[]): Statement[] {
  if (issuer.keyUsage && !issuer.keyUsage.has(KEY_USAGE.crlSign)) return [];
  return lists
    .filter(
      (list) =>
        !list.partial &&
        sameBytes(list.issuerDn, certificate.issuerDn) &&
        checkSignature(list.algorithm, issuer, list.tbs, list.signature) === 'good',
    )
    .map((list) => ({
      says: list.revoked.get(certificate.serial) ?? 'good',
      from: list.thisUpdate,
      // A list without an end would be good for ever.
      until: list.nextUpdate ?? new Date(0),
      weak: isWeak(list.algorithm),
    }));
}

function fromAnswers(certificate: Certificate, issuer: Certificate, answers: readonly OcspAnswer[]): Statement[] {
  return answers.flatMap((answer) => {
    const singles = answersFor(answer, certificate, issuer);
    if (singles.length === 0 || !isBelievable(answer, issuer)) return [];
    const weak = isWeak(answer.algorithm);
    return singles.map(({ says, thisUpdate, nextUpdate }) => ({ says, from: thisUpdate, until: nextUpdate, weak }));
  });
}

/** Signed by the issuer itself, or by a responder whose certificate the issuer made for that (RFC 6960, 4.2.2.2). */
function isBelievable(answer: OcspAnswer, issuer: Certificate): boolean {
  const signedBy = (candidate: Certificate): boolean =>
    checkSignature(answer.algorithm, candidate, answer.tbs, answer.signature) === 'good';
  if (signedBy(issuer)) return true;
  return answer.certificates
    .flatMap((der) => ifReadable(readCertificate, der))
    .some(
      (responder) =>
        sameBytes(responder.issuerDn, issuer.subjectDn) &&
        responder.extKeyUsage?.has(OID.ocspSigning) === true &&
        !responder.unknownCritical &&
        responder.notBefore <= answer.producedAt &&
        responder.notAfter >= answer.producedAt &&
        signedBy(responder) &&
        isSignedBy(responder, issuer) === 'good',
    );
}

function isWeak(algorithm: AlgorithmIdentifier): boolean {
  const digest = digestOf(algorithm);
  return digest !== undefined && digestWeakness(digest) !== undefined;
}
