import type { Certificate } from './certificate.ts';
import { readExtensions } from './certificate.ts';
import { digestOf, readAlgorithm } from './check-signature.ts';
import type { AlgorithmIdentifier } from './check-signature.ts';
import {
  children,
  contextTag,
  der,
  DerError,
  derOid,
  expectTag,
  readBitOctets,
  readDer,
  readDerExactly,
  readIntegerHex,
  readOid,
  readTime,
  sameBytes,
  TAG,
} from './der.ts';
import type { DerNode } from './der.ts';
import { hashParts } from './hash.ts';
import { digestByOid, OID } from './oids.ts';

/** An OCSP answer (RFC 6960), taken apart but not yet believed. */
export interface OcspAnswer {
  readonly producedAt: Date;
  readonly singles: readonly SingleAnswer[];
  /** Value of the nonce extension, when the responder returned one. */
  readonly nonce: Uint8Array | undefined;
  readonly certificates: readonly Uint8Array[];
  readonly tbs: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

export interface SingleAnswer {
  readonly digest: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** As {@link Certificate.serial}. */
  readonly serial: string;
  /** `unknown` also when a critical extension is not understood here. A date: revoked then. */
  readonly says: 'good' | 'unknown' | Date;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
}

/** Certificates and single answers in one answer: each costs a check. */
const MAX_ITEMS = 100;

/** Asks for one certificate, by SHA-1 as all responders know it (RFC 5019, 2.1.1): it names, it does not prove. */
export function buildOcspRequest(certificate: Certificate, issuer: Certificate, nonce: Uint8Array): Uint8Array {
  const hash = (bytes: Uint8Array): Uint8Array => der(TAG.octetString, hashParts('sha1', [bytes]));
  const id = der(
    TAG.sequence,
    der(TAG.sequence, derOid(OID.sha1), der(TAG.null)),
    hash(issuer.subjectDn),
    hash(publicKeyOctets(issuer)),
    certificate.serialNumber,
  );
  const extension = der(TAG.sequence, derOid(OID.ocspNonce), der(TAG.octetString, der(TAG.octetString, nonce)));
  const list = der(TAG.sequence, der(TAG.sequence, id));
  return der(TAG.sequence, der(TAG.sequence, list, der(contextTag(2), der(TAG.sequence, extension))));
}

/**
 * An OCSPResponse. @throws DerError also when the responder says that it cannot answer (`tryLater` and the like)
 */
export function readOcspAnswer(bytes: Uint8Array): OcspAnswer {
  const [status, wrapper] = children(expectTag(readDerExactly(bytes), TAG.sequence));
  const { content: code } = expectTag(status, TAG.enumerated);
  if (code.length !== 1 || code[0] !== 0) throw new DerError(`responder status ${code[0] ?? ''}`);
  const [inner] = children(expectTag(wrapper, contextTag(0)));
  const [type, octets] = children(expectTag(inner, TAG.sequence));
  if (readOid(type) !== OID.basicOcspResponse) throw new DerError('OCSP response type');
  const basic = readDerExactly(expectTag(octets, TAG.octetString).content);
  const [tbs, algorithm, signature, enclosed, ...more] = children(expectTag(basic, TAG.sequence));
  if (!tbs || !algorithm || more.length > 0) throw new DerError('OCSP answer');
  const signatureAlgorithm = readAlgorithm(algorithm);
  // Malformed parameters are found here, not by whoever checks the signature.
  digestOf(signatureAlgorithm);
  const [list] = enclosed ? children(expectTag(enclosed, contextTag(0))) : [];
  const certificates = (list ? children(expectTag(list, TAG.sequence)) : []).map(({ whole }) => whole);
  const data = readResponseData(expectTag(tbs, TAG.sequence));
  if (certificates.length > MAX_ITEMS || data.singles.length > MAX_ITEMS) throw new DerError('too many in OCSP answer');
  return {
    ...data,
    certificates,
    tbs: tbs.whole,
    algorithm: signatureAlgorithm,
    signature: readBitOctets(signature),
  };
}

function readResponseData(tbs: DerNode): Pick<OcspAnswer, 'producedAt' | 'singles' | 'nonce'> {
  const fields = children(tbs);
  const at = fields[0]?.tag === contextTag(0) ? 1 : 0;
  const [responder, producedAt, responses, last] = fields.slice(at);
  if (responder?.tag !== contextTag(1) && responder?.tag !== contextTag(2)) throw new DerError('responder id');
  const [list] = last ? children(expectTag(last, contextTag(1))) : [];
  const extensions = readExtensions(list);
  for (const [oid, { critical }] of extensions) {
    if (critical && oid !== OID.ocspNonce) throw new DerError('critical extension');
  }
  const nonce = extensions.get(OID.ocspNonce);
  return {
    producedAt: readTime(producedAt),
    singles: children(expectTag(responses, TAG.sequence)).map(readSingle),
    nonce: nonce && expectTag(readDerExactly(nonce.octets), TAG.octetString).content,
  };
}

function readSingle(node: DerNode): SingleAnswer {
  const [id, status, thisUpdate, ...rest] = children(expectTag(node, TAG.sequence));
  const [algorithm, issuerName, issuerKey, serial] = children(expectTag(id, TAG.sequence));
  const next = rest.find(({ tag }) => tag === contextTag(0));
  const [nextUpdate] = next ? children(next) : [];
  const extra = rest.find(({ tag }) => tag === contextTag(1));
  const [list] = extra ? children(extra) : [];
  const restricted = [...readExtensions(list).values()].some(({ critical }) => critical);
  return {
    digest: digestByOid.get(readAlgorithm(algorithm).oid) ?? '',
    issuerNameHash: expectTag(issuerName, TAG.octetString).content,
    issuerKeyHash: expectTag(issuerKey, TAG.octetString).content,
    serial: readIntegerHex(serial),
    says: readStatus(status, restricted),
    thisUpdate: readTime(thisUpdate),
    nextUpdate: next && readTime(nextUpdate),
  };
}

function readStatus(status: DerNode | undefined, restricted: boolean): SingleAnswer['says'] {
  if (status?.tag === contextTag(1)) return readTime(children(status)[0]);
  if (status?.tag === contextTag(0, false)) return restricted ? 'unknown' : 'good';
  if (status?.tag === contextTag(2, false)) return 'unknown';
  throw new DerError('certificate status');
}

/** What an answer says of this certificate of this issuer. */
export function answersFor(answer: OcspAnswer, certificate: Certificate, issuer: Certificate): SingleAnswer[] {
  return answer.singles.filter(({ digest, issuerNameHash, issuerKeyHash, serial }) => {
    if (digest === '' || serial !== certificate.serial) return false;
    const hash = (bytes: Uint8Array): Uint8Array => hashParts(digest, [bytes]);
    return (
      sameBytes(issuerNameHash, hash(certificate.issuerDn)) && sameBytes(issuerKeyHash, hash(publicKeyOctets(issuer)))
    );
  });
}

/** The bits of the subject's public key, without tag, length and unused bits (RFC 6960, 4.1.1). */
function publicKeyOctets({ spki }: Certificate): Uint8Array {
  const [, bits] = children(readDer(spki));
  return readBitOctets(bits);
}
