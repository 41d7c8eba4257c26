import { createHash } from 'node:crypto';
import { readAlgorithm } from './check-signature.ts';
import type { AlgorithmIdentifier } from './check-signature.ts';
import type { Certificate } from './certificate.ts';
import {
  children,
  contextTag,
  der,
  derOid,
  DerError,
  derSetOf,
  derSmallInteger,
  expectTag,
  readDerExactly,
  readIntegerHex,
  readOid,
  TAG,
} from './der.ts';
import type { DerNode } from './der.ts';
import { OID } from './oids.ts';

/** A SignedData with exactly one SignerInfo (RFC 5652, 5.1), taken apart but not yet believed. */
export interface SignedData {
  readonly contentType: string;
  /** The encapsulated content; undefined when detached. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly signer: SignerInfo;
}

export interface SignerInfo {
  /** DER of the issuer name and serial (hex), or the subject key identifier. */
  readonly identifier: { readonly issuerDn: Uint8Array; readonly serial: string } | { readonly keyId: Uint8Array };
  readonly digestOid: string;
  /** The signed attributes as they were signed: DER of a SET OF; undefined when absent. */
  readonly signedBytes: Uint8Array | undefined;
  /** Attribute type to its single value. */
  readonly signedAttributes: ReadonlyMap<string, DerNode>;
  /** Attribute type to all its values: unlike signed ones they may come several times (RFC 5652, 5.3 and 11). */
  readonly unsignedAttributes: ReadonlyMap<string, readonly DerNode[]>;
  readonly algorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** Certificates, or revocation lists, in one signature: each costs checks of signatures. */
export const MAX_EMBEDDED = 200;

/** @throws DerError when malformed, when there is not exactly one signer, or when an attribute is doubled */
export function readSignedData(bytes: Uint8Array): SignedData {
  const [type, wrapper] = children(expectTag(readDerExactly(bytes), TAG.sequence));
  if (readOid(type) !== OID.signedData) throw new DerError('not SignedData');
  const [inner] = children(expectTag(wrapper, contextTag(0)));
  const fields = children(expectTag(inner, TAG.sequence));
  const [, , encapsulated] = fields;
  const [contentType, contentWrapper] = children(expectTag(encapsulated, TAG.sequence));
  const content = contentWrapper ? children(expectTag(contentWrapper, contextTag(0)))[0] : undefined;
  const certificates = fields.find((field) => field.tag === contextTag(0));
  const crls = fields.find((field) => field.tag === contextTag(1));
  const signers = children(expectTag(fields.at(-1), TAG.set));
  const [signer] = signers;
  if (signers.length !== 1 || !signer) throw new DerError('exactly one signer expected');
  return {
    contentType: readOid(contentType),
    content: content ? expectTag(content, TAG.octetString).content : undefined,
    certificates: wholes(certificates),
    crls: wholes(crls),
    signer: readSigner(signer),
  };
}

function wholes(node: DerNode | undefined): Uint8Array[] {
  const items = node ? children(node) : [];
  if (items.length > MAX_EMBEDDED) throw new DerError('too many certificates or lists');
  return items.filter((child) => child.tag === TAG.sequence).map((child) => child.whole);
}

function readSigner(node: DerNode): SignerInfo {
  const fields = children(expectTag(node, TAG.sequence));
  const [, sid, digest] = fields;
  if (!sid) throw new DerError('signer identifier');
  const signed = fields[3]?.tag === contextTag(0) ? fields[3] : undefined;
  const at = signed ? 4 : 3;
  const unsigned = fields[at + 2];
  return {
    identifier: readIdentifier(sid),
    digestOid: readAlgorithm(digest).oid,
    // The signature covers the attributes with the tag of a plain SET (RFC 5652, 5.4).
    signedBytes: signed ? Buffer.concat([Uint8Array.of(TAG.set), signed.whole.subarray(1)]) : undefined,
    signedAttributes: readAttributes(signed),
    unsignedAttributes: readUnsigned(unsigned?.tag === contextTag(1) ? unsigned : undefined),
    algorithm: readAlgorithm(fields[at]),
    signature: expectTag(fields[at + 1], TAG.octetString).content,
  };
}

function readIdentifier(sid: DerNode): SignerInfo['identifier'] {
  if (sid.tag === contextTag(0, false)) return { keyId: sid.content };
  const [issuer, serial] = children(expectTag(sid, TAG.sequence));
  if (!issuer) throw new DerError('signer identifier');
  return { issuerDn: issuer.whole, serial: readIntegerHex(serial) };
}

function readAttributes(node: DerNode | undefined): Map<string, DerNode> {
  const attributes = new Map<string, DerNode>();
  for (const attribute of node ? children(node) : []) {
    const [type, values] = children(attribute);
    const oid = readOid(type);
    const [value, ...more] = children(expectTag(values, TAG.set));
    if (!value || more.length > 0) throw new DerError('attribute values');
    if (attributes.has(oid)) throw new DerError('attribute twice');
    attributes.set(oid, value);
  }
  return attributes;
}

function readUnsigned(node: DerNode | undefined): Map<string, readonly DerNode[]> {
  const attributes = new Map<string, readonly DerNode[]>();
  for (const attribute of node ? children(node) : []) {
    const [type, values] = children(attribute);
    const oid = readOid(type);
    const all = [...(attributes.get(oid) ?? []), ...children(expectTag(values, TAG.set))];
    if (all.length > MAX_EMBEDDED) throw new DerError('too many attribute values');
    attributes.set(oid, all);
  }
  return attributes;
}

/**
 * The signed attributes of a PAdES B-B signature (ETSI EN 319 122-1, 319 142-1): content type, message digest and
 * signing-certificate-v2; no signing-time. DER of a SET OF: exactly what the key signs.
 * @param digest SHA-256 of the signed byte ranges
 */
export function buildSignedAttributes(digest: Uint8Array, signer: Certificate): Uint8Array {
  const attribute = (oid: string, value: Uint8Array): Uint8Array => der(TAG.sequence, derOid(oid), der(TAG.set, value));
  const certificateHash = der(TAG.octetString, createHash('sha256').update(signer.der).digest());
  const issuerName = der(TAG.sequence, der(contextTag(4), signer.issuerDn));
  // SHA-256 is the default of ESSCertIDv2 and therefore left out (RFC 5035, DER).
  const certificateId = der(TAG.sequence, certificateHash, der(TAG.sequence, issuerName, signer.serialNumber));
  return derSetOf(TAG.set, [
    attribute(OID.contentType, derOid(OID.data)),
    attribute(OID.messageDigest, der(TAG.octetString, digest)),
    attribute(OID.signingCertificateV2, der(TAG.sequence, der(TAG.sequence, certificateId))),
  ]);
}

/** The detached SignedData around a finished signature value, with the whole chain. */
export function buildSignedData(
  chain: readonly Certificate[],
  signedAttributes: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  const [signer] = chain;
  if (!signer) throw new TypeError('empty chain');
  const sha256 = der(TAG.sequence, derOid(OID.sha256));
  const algorithm =
    signer.publicKey?.asymmetricKeyType === 'ec'
      ? der(TAG.sequence, derOid(OID.ecdsaWithSha256))
      : der(TAG.sequence, derOid(OID.sha256WithRsa), der(TAG.null));
  const signerInfo = der(
    TAG.sequence,
    derSmallInteger(1),
    der(TAG.sequence, signer.issuerDn, signer.serialNumber),
    sha256,
    Buffer.concat([Uint8Array.of(contextTag(0)), signedAttributes.subarray(1)]),
    algorithm,
    der(TAG.octetString, signature),
  );
  const signedData = der(
    TAG.sequence,
    derSmallInteger(1),
    der(TAG.set, sha256),
    der(TAG.sequence, derOid(OID.data)),
    derSetOf(
      contextTag(0),
      chain.map((certificate) => certificate.der),
    ),
    der(TAG.set, signerInfo),
  );
  return der(TAG.sequence, derOid(OID.signedData), der(contextTag(0), signedData));
}

/** The SignedData with one more unsigned attribute of its signer, which the signature does not cover (RFC 5652, 5.3). */
export function addUnsignedAttribute(signedData: Uint8Array, oid: string, value: Uint8Array): Uint8Array {
  const [type, wrapper] = children(readDerExactly(signedData));
  const [inner] = wrapper ? children(wrapper) : [];
  const fields = inner ? children(inner) : [];
  const [signer] = children(expectTag(fields.at(-1), TAG.set));
  if (!type || !signer) throw new DerError('signer');
  const parts = children(signer);
  const before = parts.filter(({ tag }, at) => at < 4 || tag !== contextTag(1)).map(({ whole }) => whole);
  const unsigned = parts.find(({ tag }, at) => at >= 4 && tag === contextTag(1));
  const attributes = (unsigned ? children(unsigned) : []).map(({ whole }) => whole);
  attributes.push(der(TAG.sequence, derOid(oid), der(TAG.set, value)));
  const signerInfo = der(TAG.sequence, ...before, derSetOf(contextTag(1), attributes));
  const kept = fields.slice(0, -1).map(({ whole }) => whole);
  const rebuilt = der(TAG.sequence, ...kept, der(TAG.set, signerInfo));
  return der(TAG.sequence, type.whole, der(contextTag(0), rebuilt));
}
