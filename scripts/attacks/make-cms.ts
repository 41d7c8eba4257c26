import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import type { Certificate } from '#pdf/crypto/certificate.ts';
import { children, contextTag, der, derOid, derSetOf, derSmallInteger, readDer, TAG } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';
import type { TestSubjectId } from '#scripts/make-test-pki.ts';
import { testPki } from '#tests/support/signing-fixtures.ts';

/** Signatures in every way that a good or a bad program makes them, with the keys of the test authority. */

const digestOids = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha256: OID.sha256,
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;
export type Digest = keyof typeof digestOids;
const rsaOids: Readonly<Record<Digest, string>> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha256: OID.sha256WithRsa,
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
};
const ecOids: Readonly<Record<Digest, string>> = {
  md5: '1.2.840.10045.4.1',
  sha1: '1.2.840.10045.4.1',
  sha256: OID.ecdsaWithSha256,
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
};

export type SignerId = TestSubjectId | 'tsa';

export interface CmsShape {
  readonly signer?: SignerId;
  readonly digest?: Digest;
  /** Digest that the signer info names, when another than the one used. */
  readonly namedDigest?: Digest;
  readonly contentType?: string;
  /** Content inside, as a time stamp has it; a detached signature has none. */
  readonly content?: Uint8Array;
  /** Whose certificate the signing-certificate attribute names; null leaves it out. */
  readonly bound?: SignerId | null;
  /** Whose certificates are enclosed; the signer's and the issuer's when left out. */
  readonly enclosed?: readonly (SignerId | 'issuing' | 'root')[];
  readonly withoutSignedAttributes?: boolean;
  readonly withSigningTime?: boolean;
  /** Attribute types that come twice, or are left out. */
  readonly doubled?: string;
  readonly omitted?: string;
  readonly signers?: number;
  /** Unsigned attributes: type and value. */
  readonly unsigned?: (signature: Uint8Array) => readonly (readonly [string, Uint8Array])[];
  /** What the message digest attribute is over instead of the signed bytes. */
  readonly otherDigest?: boolean;
  /** The signature value is spoilt. */
  readonly spoilt?: boolean;
}

const keys = new Map<SignerId, KeyObject>();
const certificates = new Map<string, Certificate>();

function keyOf(id: SignerId): KeyObject {
  let key = keys.get(id);
  if (!key) {
    const file = id === 'tsa' ? 'person2.key' : `${id}.key`;
    key = createPrivateKey(readFileSync(join(testPki().dir, file)));
    keys.set(id, key);
  }
  return key;
}

export function certificateOf(id: SignerId | 'issuing' | 'root'): Certificate {
  let certificate = certificates.get(id);
  if (!certificate) {
    certificate = readCertificate(id === 'tsa' ? makeAuthority() : testPki().certificate(id));
    certificates.set(id, certificate);
  }
  return certificate;
}

/** The certificate of a time stamp authority, for the key of `person2`: its extensions alone are others (RFC 3161, 2.3). */
function makeAuthority(): Uint8Array {
  const [inner, algorithm] = children(readDer(testPki().certificate('person2')));
  if (!inner || !algorithm) throw new Error('no certificate');
  const extension = (oid: string, value: Uint8Array): Uint8Array =>
    der(TAG.sequence, derOid(oid), der(TAG.boolean, Uint8Array.of(0xff)), der(TAG.octetString, value));
  const extensions = der(
    contextTag(3),
    der(
      TAG.sequence,
      extension(OID.keyUsage, der(TAG.bitString, Uint8Array.of(7, 0x80))),
      extension(OID.extKeyUsage, der(TAG.sequence, derOid(OID.timeStamping))),
    ),
  );
  const fields = children(inner).map(({ tag, whole }) => (tag === contextTag(3) ? extensions : whole));
  fields[1] = der(TAG.integer, Uint8Array.of(0x47, 0x11));
  const tbs = der(TAG.sequence, ...fields);
  const issuer = createPrivateKey(readFileSync(join(testPki().dir, 'issuing.key')));
  return der(TAG.sequence, tbs, algorithm.whole, der(TAG.bitString, Uint8Array.of(0), sign('sha256', tbs, issuer)));
}

/** SignedData over `parts` (RFC 5652, 5.1). */
export function makeCms(parts: readonly Uint8Array[], shape: CmsShape = {}): Uint8Array {
  const { signer = 'person', digest = 'sha256', content, contentType = content ? OID.tstInfo : OID.data } = shape;
  const certificate = certificateOf(signer);
  const covered = content ? [content] : parts;
  const attributes = signedAttributes(covered, shape, digest, contentType);
  const signedBytes = shape.withoutSignedAttributes === true ? Buffer.concat(covered) : attributes;
  const value = sign(digest, signedBytes, keyOf(signer));
  if (shape.spoilt === true) value[value.length - 9] = (value[value.length - 9] ?? 0) ^ 1;
  const algorithm = der(TAG.sequence, derOid(digestOids[shape.namedDigest ?? digest]));
  const isEc = certificate.publicKey?.asymmetricKeyType === 'ec';
  const unsigned = (shape.unsigned?.(value) ?? []).map(([oid, item]) => attribute(oid, item));
  const signerInfo = der(
    TAG.sequence,
    derSmallInteger(1),
    der(TAG.sequence, certificate.issuerDn, certificate.serialNumber),
    algorithm,
    ...(shape.withoutSignedAttributes === true
      ? []
      : [Buffer.concat([Uint8Array.of(contextTag(0)), attributes.subarray(1)])]),
    isEc ? der(TAG.sequence, derOid(ecOids[digest])) : der(TAG.sequence, derOid(rsaOids[digest]), der(TAG.null)),
    der(TAG.octetString, value),
    ...(unsigned.length > 0 ? [derSetOf(contextTag(1), unsigned)] : []),
  );
  const enclosed = (shape.enclosed ?? [signer, 'issuing']).map((id) => certificateOf(id).der);
  const encapsulated = content ? [der(contextTag(0), der(TAG.octetString, content))] : [];
  const signedData = der(
    TAG.sequence,
    derSmallInteger(content ? 3 : 1),
    der(TAG.set, algorithm),
    der(TAG.sequence, derOid(contentType), ...encapsulated),
    ...(enclosed.length > 0 ? [derSetOf(contextTag(0), enclosed)] : []),
    der(TAG.set, ...Array.from({ length: shape.signers ?? 1 }, () => signerInfo)),
  );
  return der(TAG.sequence, derOid(OID.signedData), der(contextTag(0), signedData));
}

function signedAttributes(
  covered: readonly Uint8Array[],
  shape: CmsShape,
  digest: Digest,
  contentType: string,
): Uint8Array {
  const hash = createHash(digest);
  for (const part of covered) hash.update(part);
  if (shape.otherDigest === true) hash.update('other');
  const bound = shape.bound === undefined ? (shape.signer ?? 'person') : shape.bound;
  const values: [string, Uint8Array][] = [
    [OID.contentType, derOid(contentType)],
    [OID.messageDigest, der(TAG.octetString, hash.digest())],
  ];
  if (shape.withSigningTime === true) values.push([OID.signingTime, der(TAG.utcTime, utcTime(new Date()))]);
  if (bound !== null) values.push([OID.signingCertificateV2, certificateId(certificateOf(bound))]);
  const kept = values.filter(([oid]) => oid !== shape.omitted);
  const doubled = kept.filter(([oid]) => oid === shape.doubled);
  return derSetOf(
    TAG.set,
    [...kept, ...doubled].map(([oid, value]) => attribute(oid, value)),
  );
}

function attribute(oid: string, value: Uint8Array): Uint8Array {
  return der(TAG.sequence, derOid(oid), der(TAG.set, value));
}

/** SigningCertificateV2 with SHA-256, its default (RFC 5035). */
function certificateId(certificate: Certificate): Uint8Array {
  const hash = der(TAG.octetString, createHash('sha256').update(certificate.der).digest());
  return der(TAG.sequence, der(TAG.sequence, der(TAG.sequence, hash)));
}

function utcTime(date: Date): Buffer {
  return Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`);
}

export interface TokenShape extends CmsShape {
  readonly imprintDigest?: Digest;
  readonly time?: Date;
}

/** A time stamp token over `parts` (RFC 3161, 2.4.2). */
export function makeToken(parts: readonly Uint8Array[], shape: TokenShape = {}): Uint8Array {
  const { imprintDigest = 'sha256', time = new Date(Date.now() - 60_000), ...cms } = shape;
  const hash = createHash(imprintDigest);
  for (const part of parts) hash.update(part);
  const imprint = der(
    TAG.sequence,
    der(TAG.sequence, derOid(digestOids[imprintDigest]), der(TAG.null)),
    der(TAG.octetString, hash.digest()),
  );
  const moment = Buffer.from(`${time.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`);
  const content = der(
    TAG.sequence,
    derSmallInteger(1),
    derOid('1.2.3.4.1'),
    imprint,
    derSmallInteger(7),
    der(TAG.generalizedTime, moment),
  );
  return makeCms([], { signer: 'tsa', ...cms, content });
}
