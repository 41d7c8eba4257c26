import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { checkSignature, digestOf, readAlgorithm } from './check-signature.ts';
import type { AlgorithmIdentifier, SignatureCheck } from './check-signature.ts';
import {
  children,
  contextTag,
  DerError,
  expectTag,
  ifReadable,
  readBitOctets,
  readDerExactly,
  readIntegerHex,
  readOid,
  readSmallInteger,
  readTime,
  sameBytes,
  TAG,
} from './der.ts';
import type { DerNode } from './der.ts';
import { OID } from './oids.ts';

/** An X.509 certificate (RFC 5280), as far as signature validation needs it. */
export interface Certificate {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  /** Upper-case hex; serial numbers below zero, which RFC 5280, 4.1.2.2 asks readers to bear, after a minus sign. */
  readonly serial: string;
  /** DER of the serial number as the authority wrote it. */
  readonly serialNumber: Uint8Array;
  /** DER of the names, compared byte for byte. */
  readonly issuerDn: Uint8Array;
  readonly subjectDn: Uint8Array;
  readonly issuer: ReadonlyMap<string, string>;
  readonly subject: ReadonlyMap<string, string>;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Undefined when the runtime does not know the kind of key. */
  readonly publicKey: KeyObject | undefined;
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** Key usage bits that are set, bit 0 = digitalSignature; undefined without the extension. */
  readonly keyUsage: ReadonlySet<number> | undefined;
  readonly extKeyUsage: ReadonlySet<string> | undefined;
  readonly extKeyUsageCritical: boolean;
  /** Where its issuer answers by OCSP, gives its own certificate, and publishes its lists; http and https only. */
  readonly ocspAddresses: readonly string[];
  readonly issuerAddresses: readonly string[];
  readonly listAddresses: readonly string[];
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  /** A critical extension that is not understood: the certificate must not be relied on. */
  readonly unknownCritical: boolean;
}

export const KEY_USAGE = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const;

const understoodExtensions = new Set<string>([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extKeyUsage,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
  // Certificate policies and alternative names inform; they do not restrict a path here.
  '2.5.29.32',
  '2.5.29.17',
  '2.5.29.18',
  OID.crlDistributionPoints,
]);

/** @throws DerError */
export function readCertificate(bytes: Uint8Array): Certificate {
  const root = expectTag(readDerExactly(bytes), TAG.sequence);
  const [tbs, algorithm, signature] = children(root);
  const fields = children(expectTag(tbs, TAG.sequence));
  const at = fields[0]?.tag === contextTag(0) ? 1 : 0;
  const [serial, innerAlgorithm, issuer, validity, subject, spki] = fields.slice(at);
  if (!tbs || !issuer || !subject || !validity || !spki || !algorithm || !innerAlgorithm) {
    throw new DerError('certificate');
  }
  if (!sameBytes(algorithm.whole, innerAlgorithm.whole)) throw new DerError('certificate algorithms differ');
  const [notBefore, notAfter] = children(validity);
  const signatureAlgorithm = readAlgorithm(algorithm);
  // Malformed parameters are found here, not by whoever checks the signature.
  digestOf(signatureAlgorithm);
  const extensionsField = fields.find((field) => field.tag === contextTag(3));
  const extensions = readExtensions(extensionsField ? children(extensionsField)[0] : undefined);
  const value = (oid: string): DerNode | undefined => {
    const extension = extensions.get(oid);
    return extension && readDerExactly(extension.octets);
  };
  const constraints = readBasicConstraints(value(OID.basicConstraints));
  const keyId = value(OID.subjectKeyIdentifier);
  return {
    der: bytes,
    tbs: tbs.whole,
    serial: readIntegerHex(serial),
    serialNumber: expectTag(serial, TAG.integer).whole,
    issuerDn: issuer.whole,
    subjectDn: subject.whole,
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    publicKey: readPublicKey(spki.whole),
    spki: spki.whole,
    algorithm: signatureAlgorithm,
    signature: readBitOctets(signature),
    keyUsage: readKeyUsage(value(OID.keyUsage)),
    extKeyUsage: readExtKeyUsage(value(OID.extKeyUsage)),
    extKeyUsageCritical: extensions.get(OID.extKeyUsage)?.critical === true,
    ocspAddresses: readAccess(extensions.get(OID.authorityInfoAccess), OID.accessOcsp),
    issuerAddresses: readAccess(extensions.get(OID.authorityInfoAccess), OID.accessIssuers),
    listAddresses: readListAddresses(extensions.get(OID.crlDistributionPoints)),
    isCa: constraints.isCa,
    pathLength: constraints.pathLength,
    subjectKeyId: keyId ? expectTag(keyId, TAG.octetString).content : undefined,
    unknownCritical: [...extensions].some(([oid, extension]) => extension.critical && !understoodExtensions.has(oid)),
  };
}

/** Whether `issuer`'s key signed `certificate`. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): SignatureCheck {
  return checkSignature(certificate.algorithm, issuer, certificate.tbs, certificate.signature);
}

/** Whether `issuer` made `certificate`: by its name, and by its key. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return sameBytes(certificate.issuerDn, issuer.subjectDn) && isSignedBy(certificate, issuer) === 'good';
}

export interface Extension {
  readonly critical: boolean;
  readonly octets: Uint8Array;
}

/**
 * The Extensions sequence by identifier. Values are left as octets: those that are understood are read strictly by whoever
 * uses them, while a private one may hold plain text (RFC 5280, 4.2 asks for DER, openssl and others do not enforce it).
 * @throws DerError when one appears twice
 */
export function readExtensions(node: DerNode | undefined): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  for (const item of node ? children(node) : []) {
    const parts = children(item);
    const oid = readOid(parts[0]);
    const critical = parts[1]?.tag === TAG.boolean && parts[1].content[0] !== 0;
    const octets = expectTag(parts.at(-1), TAG.octetString).content;
    if (extensions.has(oid)) throw new DerError('extension twice');
    extensions.set(oid, { critical, octets });
  }
  return extensions;
}

function readName(node: DerNode): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const set of children(node)) {
    for (const attribute of children(set)) {
      const [type, value] = children(attribute);
      const oid = readOid(type);
      if (value && !attributes.has(oid)) attributes.set(oid, readDirectoryString(value));
    }
  }
  return attributes;
}

function readDirectoryString(node: DerNode): string {
  const bytes = Buffer.from(node.content);
  if (node.tag === TAG.bmpString) return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : '';
  return bytes.toString(node.tag === TAG.utf8String ? 'utf8' : 'latin1');
}

function readPublicKey(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    // The runtime does not know this kind of key; `checkSignature` may do without.
    return undefined;
  }
}

function readBasicConstraints(node: DerNode | undefined): { isCa: boolean; pathLength: number | undefined } {
  const parts = node ? children(node) : [];
  const flag = parts[0]?.tag === TAG.boolean ? parts[0] : undefined;
  const length = parts.find((part) => part.tag === TAG.integer);
  return {
    isCa: flag !== undefined && flag.content[0] !== 0,
    pathLength: length ? readSmallInteger(length) : undefined,
  };
}

function readKeyUsage(node: DerNode | undefined): ReadonlySet<number> | undefined {
  if (!node) return undefined;
  const bits = new Set<number>();
  expectTag(node, TAG.bitString)
    .content.subarray(1)
    .forEach((octet, index) => {
      for (let bit = 0; bit < 8; bit += 1) if ((octet & (0x80 >> bit)) !== 0) bits.add(index * 8 + bit);
    });
  return bits;
}

function readExtKeyUsage(node: DerNode | undefined): ReadonlySet<string> | undefined {
  return node ? new Set(children(node).map(readOid)) : undefined;
}

/** URIs of one kind in an Authority Information Access (RFC 5280, 4.2.2.1); one that is malformed names none. */
function readAccess(extension: Extension | undefined, method: string): string[] {
  return extension ? ifReadable((bytes) => accessAddresses(bytes, method), extension.octets).flat() : [];
}

function accessAddresses(bytes: Uint8Array, method: string): string[] {
  return children(expectTag(readDerExactly(bytes), TAG.sequence)).flatMap((description) => {
    const [kind, location] = children(description);
    return readOid(kind) === method ? webAddress(location) : [];
  });
}

/** Addresses of whole lists (RFC 5280, 4.2.1.13): a point for some reasons, or of another issuer, tells only a part. */
function readListAddresses(extension: Extension | undefined): string[] {
  return extension ? ifReadable(listAddresses, extension.octets).flat() : [];
}

function listAddresses(bytes: Uint8Array): string[] {
  return children(expectTag(readDerExactly(bytes), TAG.sequence)).flatMap((point) => {
    const [name, ...restrictions] = children(point);
    if (name?.tag !== contextTag(0) || restrictions.length > 0) return [];
    const [fullName] = children(name);
    return fullName?.tag === contextTag(0) ? children(fullName).flatMap(webAddress) : [];
  });
}

function webAddress(name: DerNode | undefined): string[] {
  if (name?.tag !== contextTag(6, false)) return [];
  const address = Buffer.from(name.content).toString('latin1');
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? [address] : [];
}

const purposesForDocuments = new Set([
  '2.5.29.37.0', // any
  '1.3.6.1.5.5.7.3.4', // e-mail protection: what national certificates commonly carry for signing
  '1.3.6.1.5.5.7.3.36', // document signing (RFC 9336)
  '1.3.6.1.5.5.7.3.2', // client authentication, usual in Vietnamese personal certificates
  '1.3.6.1.4.1.311.10.3.12', // Microsoft document signing
  '1.2.840.113583.1.1.5', // Adobe authentic documents
]);

/**
 * Whether the certificate may sign documents: not a CA, digitalSignature or nonRepudiation, and an extended key usage
 * (if any) that fits (RFC 5280, 4.2.1.3 and 4.2.1.12).
 */
export function maySignDocuments(certificate: Certificate): boolean {
  const { keyUsage, extKeyUsage } = certificate;
  if (certificate.isCa) return false;
  if (keyUsage && !keyUsage.has(KEY_USAGE.digitalSignature) && !keyUsage.has(KEY_USAGE.nonRepudiation)) return false;
  return extKeyUsage === undefined || [...extKeyUsage].some((purpose) => purposesForDocuments.has(purpose));
}

const agencyNamePattern =
  /^(ủy ban|uỷ ban|ubnd|hđnd|hội đồng|văn phòng|sở|bộ|tổng cục|cục|chi cục|ban|phòng|trung tâm|viện|trường|thanh tra|công an|tòa án|viện kiểm sát|kho bạc|bảo hiểm|thuế|hội|đảng|tỉnh|huyện|xã|phường|thị xã|thành phố|công ty|tổng công ty|bệnh viện|cơ quan|quốc hội|chính phủ)(?=\s|$)/iu;

/** Whether a certificate is an agency's (its seal) rather than a person's, by the common name of its subject. */
export function isAgencyCertificate(certificate: Certificate): boolean {
  if (certificate.subject.has(OID.title)) return false;
  const commonName = (certificate.subject.get(OID.commonName) ?? '').normalize('NFC').trim();
  return (
    commonName === certificate.subject.get(OID.organization)?.normalize('NFC').trim() ||
    agencyNamePattern.test(commonName)
  );
}
