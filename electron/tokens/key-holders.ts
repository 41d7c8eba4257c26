import type { KeyIdentity } from '#shared/contract/control.ts';
import { isAgencyCertificate, isSignedBy, maySignDocuments } from '#pdf/crypto/certificate.ts';
import type { Certificate } from '#pdf/crypto/certificate.ts';
import { sameBytes, toHex } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';

/** A private key, wherever it is, by its certificate. */
export interface KeyPair {
  readonly certificate: Certificate;
}

/** Whose key it is, as a screen shows it. */
export interface Holder {
  /** DER, signer first, then its issuers as far as they lie beside it. */
  readonly chain: readonly Uint8Array[];
  /** Common names. */
  readonly subject: string;
  readonly organisation: string;
  /** An agency's certificate, that is its seal, rather than a person's. */
  readonly agency: boolean;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Upper-case hex, after a minus sign when negative. */
  readonly serial: string;
}

const FIT = 2;

/**
 * One pair for each holder, in the order given; none only of none. A file or token may keep expired certificates beside
 * the renewed one, and a key for encipherment beside the one for signing; of each holder's pairs the one that may sign at
 * that time and is valid longest is taken. Where none is, the best there is, so that whoever signs with it can say what
 * is wrong.
 */
export function bestOfHolders<Pair extends KeyPair>(pairs: readonly Pair[], at: Date): Pair[] {
  const usable = pairs.filter(({ certificate }) => fitness(certificate, at) === FIT);
  if (usable.length === 0) return byFitness(pairs, at).slice(0, 1);
  const best = new Map<string, Pair>();
  for (const pair of byFitness(usable, at)) {
    const holder = toHex(pair.certificate.subjectDn);
    if (!best.has(holder)) best.set(holder, pair);
  }
  return usable.filter((pair) => best.get(toHex(pair.certificate.subjectDn)) === pair);
}

/** 2 may sign now, 1 may sign at another time, 0 may not sign. */
function fitness(certificate: Certificate, at: Date): number {
  if (!maySignDocuments(certificate)) return 0;
  return certificate.notBefore <= at && certificate.notAfter >= at ? FIT : 1;
}

function byFitness<Pair extends KeyPair>(pairs: readonly Pair[], at: Date): Pair[] {
  return pairs.toSorted(
    ({ certificate: a }, { certificate: b }) =>
      fitness(b, at) - fitness(a, at) || b.notAfter.getTime() - a.notAfter.getTime(),
  );
}

/** @param beside what else lies in the file or on the token: issuers among them */
export function describeHolder(certificate: Certificate, beside: readonly Certificate[]): Holder {
  return {
    chain: chainOf(certificate, beside).map(({ der }) => der),
    subject: certificate.subject.get(OID.commonName) ?? '',
    organisation: certificate.subject.get(OID.organization) ?? '',
    agency: isAgencyCertificate(certificate),
    issuer: certificate.issuer.get(OID.commonName) ?? '',
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    serial: certificate.serial,
  };
}

/** A holder as it travels between processes. */
export function identityOf(holder: Holder): KeyIdentity {
  const { chain, subject, organisation, agency, issuer, serial, notBefore, notAfter } = holder;
  return {
    chain,
    subject,
    organisation,
    agency,
    issuer,
    serial,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
  };
}

/** The certificate first, then each one's issuer, as far as they are there. */
function chainOf(own: Certificate, certificates: readonly Certificate[]): Certificate[] {
  const chain = [own];
  for (let last = own; chain.length < 10;) {
    const { issuerDn, subjectDn }: Certificate = last;
    if (sameBytes(issuerDn, subjectDn)) break;
    // An authority that renewed its key has two certificates under one name.
    const named = certificates.filter((one) => sameBytes(one.subjectDn, issuerDn) && !chain.includes(one));
    const next = named.find((one) => isSignedBy(last, one) === 'good') ?? named[0];
    if (!next) break;
    chain.push(next);
    last = next;
  }
  return chain;
}
