import { digestByOid, OID } from './oids.ts';
import { readExtensions } from './certificate.ts';
import { readAlgorithm } from './check-signature.ts';
import {
  children,
  contextTag,
  der,
  DerError,
  derOid,
  derSmallInteger,
  expectTag,
  readDerExactly,
  readIntegerHex,
  readOid,
  readSmallInteger,
  readTime,
  TAG,
} from './der.ts';
import type { DerNode } from './der.ts';

/** What an authority states in a time stamp (RFC 3161, 2.4.2). */
export interface TimestampInfo {
  /** In the name node:crypto uses; undefined when the digest is not known here. */
  readonly digest: string | undefined;
  readonly imprint: Uint8Array;
  readonly time: Date;
  /** As {@link readIntegerHex}. */
  readonly nonce: string | undefined;
}

/** The answer to a request (RFC 3161, 2.4.2), taken apart but not yet believed. */
export type TimestampAnswer =
  | { readonly kind: 'granted'; readonly token: Uint8Array }
  /** `reason` is the authority's own text or the name of its failure bit. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string };

/**
 * A TimeStampReq that wants the authority's certificate in the token (RFC 3161, 2.4.1).
 * @param imprint SHA-256 of what is stamped
 * @param nonce random octets, read as a number above zero
 */
export function buildTimestampRequest(imprint: Uint8Array, nonce: Uint8Array): Uint8Array {
  const algorithm = der(TAG.sequence, derOid(OID.sha256), der(TAG.null));
  return der(
    TAG.sequence,
    derSmallInteger(1),
    der(TAG.sequence, algorithm, der(TAG.octetString, imprint)),
    derPositiveInteger(nonce),
    der(TAG.boolean, Uint8Array.of(0xff)),
  );
}

/** DER of the number that big-endian octets stand for. */
export function derPositiveInteger(octets: Uint8Array): Uint8Array {
  const first = octets.findIndex((octet) => octet !== 0);
  const magnitude = first < 0 ? Uint8Array.of(0) : octets.subarray(first);
  const sign = (magnitude[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0);
  return der(TAG.integer, sign, magnitude);
}

/** PKIFailureInfo (RFC 3161, 2.4.2), by bit. */
const failures: ReadonlyMap<number, string> = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
]);
const LONGEST_REASON = 200;

/** @throws DerError */
export function readTimestampAnswer(bytes: Uint8Array): TimestampAnswer {
  const [info, token, ...more] = children(expectTag(readDerExactly(bytes), TAG.sequence));
  if (more.length > 0) throw new DerError('time stamp answer');
  const [state, ...details] = children(expectTag(info, TAG.sequence));
  const status = readSmallInteger(state);
  // 0 granted, 1 granted with changes: either brings a token, any other brings none.
  if (status <= 1) return { kind: 'granted', token: expectTag(token, TAG.sequence).whole };
  if (token) throw new DerError('a token with a refusal');
  const text = details.find(({ tag }) => tag === TAG.sequence);
  const bits = details.find(({ tag }) => tag === TAG.bitString);
  const words = (text ? children(text) : []).map(({ content }) => Buffer.from(content).toString('utf8'));
  const reason = [...words, ...failureNames(bits)].join('; ');
  return { kind: 'refused', status, reason: reason.slice(0, LONGEST_REASON) };
}

function failureNames(bits: DerNode | undefined): string[] {
  const octets = bits?.content.subarray(1) ?? new Uint8Array(0);
  return [...failures].flatMap(([bit, name]) =>
    ((octets[Math.floor(bit / 8)] ?? 0) & (0x80 >> (bit % 8))) === 0 ? [] : [name],
  );
}

/** TSTInfo, the content of a token. @throws DerError also for a critical extension, of which none is known here */
export function readTimestampInfo(bytes: Uint8Array): TimestampInfo {
  const [version, policy, imprint, serial, time, ...rest] = children(expectTag(readDerExactly(bytes), TAG.sequence));
  if (readSmallInteger(version) !== 1) throw new DerError('time stamp version');
  readOid(policy);
  readIntegerHex(serial);
  const [algorithm, hash, ...more] = children(expectTag(imprint, TAG.sequence));
  if (more.length > 0) throw new DerError('message imprint');
  const nonce = rest.find(({ tag }) => tag === TAG.integer);
  const extra = rest.find(({ tag }) => tag === contextTag(1));
  // [1] IMPLICIT Extensions: its content is that of the sequence.
  const extensions = readExtensions(extra);
  if ([...extensions.values()].some(({ critical }) => critical)) throw new DerError('critical extension');
  return {
    digest: digestByOid.get(readAlgorithm(algorithm).oid),
    imprint: expectTag(hash, TAG.octetString).content,
    time: readTime(expectTag(time, TAG.generalizedTime)),
    nonce: nonce && readIntegerHex(nonce),
  };
}
