import { createPublicKey, createSign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isAgencyCertificate, isSignedBy, maySignDocuments, readCertificate } from '#pdf/crypto/certificate.ts';
import type { Certificate } from '#pdf/crypto/certificate.ts';
import { sameBytes, toHex } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';
import type { SigningCredential } from '#pdf/sign-pdf.ts';
import { KeyFileError } from './key-file-error.ts';
import { readPkcs12 } from './read-pkcs12.ts';

/** A key of an opened PKCS#12 file, ready to sign, with what the screen shows about its certificate. */
export interface Pkcs12Credential extends SigningCredential {
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
  readonly keyType: 'rsa' | 'ec';
}

interface Pair {
  readonly key: KeyObject;
  readonly certificate: Certificate;
}

/** An opened PKCS#12 file. */
export interface OpenedPkcs12 {
  /**
   * Whose keys it could sign with at a time: one for each holder, in the order of the file, at least one. A file may keep
   * expired certificates beside the renewed one, and a key for encipherment beside the one for signing; of each holder's
   * pairs the one that may sign and is valid longest is taken. Where none is, the best there is, so that whoever signs
   * with it can say what is wrong.
   * @throws KeyFileError P12_NO_KEY, P12_KEY_UNSUPPORTED
   */
  holders(at: Date): [Pkcs12Credential, ...Pkcs12Credential[]];
  /**
   * The key that belongs to a certificate (DER), whichever else the file holds; the certificate itself may be renewed.
   * @throws DerError when the certificate cannot be read
   */
  keyOf(certificate: Uint8Array): Pkcs12Credential | undefined;
}

/**
 * Opens a PKCS#12 file of any program ({@link readPkcs12}). Its keys sign through node:crypto.
 * @throws KeyFileError P12_NO_PASSWORD, P12_WRONG_PASSWORD, P12_BROKEN
 */
export function openPkcs12(bytes: Uint8Array, password: string): OpenedPkcs12 {
  const contents = readPkcs12(bytes, password);
  const { certificates, unknownKeys } = contents;
  const keys = contents.keys.filter(
    ({ asymmetricKeyType }) => asymmetricKeyType === 'rsa' || asymmetricKeyType === 'ec',
  );
  const unsupported = unknownKeys > 0 || keys.length < contents.keys.length;
  const pairs = keys.flatMap((key) => {
    const publicKey = createPublicKey(key);
    const own = certificates.filter((certificate) => certificate.publicKey?.equals(publicKey));
    return own.map((certificate) => ({ key, certificate }));
  });
  return {
    holders: (at) => {
      const usable = pairs.filter(({ certificate }) => fitness(certificate, at) === FIT);
      const [first, ...others] = bestOfHolders(usable, at);
      const shown = first ?? byFitness(pairs, at)[0];
      if (!shown) throw new KeyFileError(unsupported ? 'P12_KEY_UNSUPPORTED' : 'P12_NO_KEY');
      return [credentialOf(shown, certificates), ...others.map((pair) => credentialOf(pair, certificates))];
    },
    keyOf: (der) => {
      const certificate = readCertificate(der);
      const key = keys.find((candidate) => certificate.publicKey?.equals(createPublicKey(candidate)));
      return key && credentialOf({ key, certificate }, certificates);
    },
  };
}

const FIT = 2;

/** 2 may sign now, 1 may sign at another time, 0 may not sign. */
function fitness(certificate: Certificate, at: Date): number {
  if (!maySignDocuments(certificate)) return 0;
  return certificate.notBefore <= at && certificate.notAfter >= at ? FIT : 1;
}

function byFitness(pairs: readonly Pair[], at: Date): Pair[] {
  return pairs.toSorted(
    ({ certificate: a }, { certificate: b }) =>
      fitness(b, at) - fitness(a, at) || b.notAfter.getTime() - a.notAfter.getTime(),
  );
}

/** The best pair of each subject, in the order of `pairs`. */
function bestOfHolders(pairs: readonly Pair[], at: Date): Pair[] {
  const best = new Map<string, Pair>();
  for (const pair of byFitness(pairs, at)) {
    const holder = toHex(pair.certificate.subjectDn);
    if (!best.has(holder)) best.set(holder, pair);
  }
  return pairs.filter((pair) => best.get(toHex(pair.certificate.subjectDn)) === pair);
}

function credentialOf({ key, certificate }: Pair, certificates: readonly Certificate[]): Pkcs12Credential {
  return {
    chain: chainOf(certificate, certificates).map(({ der }) => der),
    subject: certificate.subject.get(OID.commonName) ?? '',
    organisation: certificate.subject.get(OID.organization) ?? '',
    agency: isAgencyCertificate(certificate),
    issuer: certificate.issuer.get(OID.commonName) ?? '',
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    serial: certificate.serial,
    keyType: key.asymmetricKeyType === 'ec' ? 'ec' : 'rsa',
    signData: (data) => Promise.resolve(new Uint8Array(createSign('sha256').update(data).sign(key))),
  };
}

/** The certificate first, then each one's issuer, as far as the file has them. */
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
