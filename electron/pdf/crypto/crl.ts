import { readExtensions } from './certificate.ts';
import { digestOf, readAlgorithm } from './check-signature.ts';
import type { AlgorithmIdentifier } from './check-signature.ts';
import {
  children,
  contextTag,
  DerError,
  expectTag,
  readBitOctets,
  readDerExactly,
  readIntegerHex,
  readTime,
  TAG,
} from './der.ts';
import type { DerNode } from './der.ts';

/** A certificate revocation list (RFC 5280, section 5). */
export interface RevocationList {
  readonly issuerDn: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** Serial number (hex) to revocation date. */
  readonly revoked: ReadonlyMap<string, Date>;
  readonly tbs: Uint8Array;
  readonly algorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** Has a critical extension not understood here (delta, indirect or partial list): says nothing about a certificate. */
  readonly partial: boolean;
}

const timeTags: ReadonlySet<number> = new Set([TAG.utcTime, TAG.generalizedTime]);

/** @throws DerError */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const [tbs, algorithm, signature] = children(expectTag(readDerExactly(bytes), TAG.sequence));
  const fields = children(expectTag(tbs, TAG.sequence));
  if (!tbs || !algorithm) throw new DerError('revocation list');
  const at = fields[0]?.tag === TAG.integer ? 1 : 0;
  const issuer = fields[at + 1];
  if (!issuer) throw new DerError('revocation list');
  const signatureAlgorithm = readAlgorithm(algorithm);
  digestOf(signatureAlgorithm);
  const hasNext = timeTags.has(fields[at + 3]?.tag ?? 0);
  const list = fields[at + (hasNext ? 4 : 3)];
  const extensionsField = fields.find((field) => field.tag === contextTag(0));
  const extensions = readExtensions(extensionsField ? children(extensionsField)[0] : undefined);
  return {
    issuerDn: issuer.whole,
    thisUpdate: readTime(fields[at + 2]),
    nextUpdate: hasNext ? readTime(fields[at + 3]) : undefined,
    revoked: readRevoked(list?.tag === TAG.sequence ? list : undefined),
    tbs: tbs.whole,
    algorithm: signatureAlgorithm,
    signature: readBitOctets(signature),
    partial: [...extensions.values()].some((extension) => extension.critical),
  };
}

function readRevoked(list: DerNode | undefined): Map<string, Date> {
  const revoked = new Map<string, Date>();
  for (const entry of list ? children(list) : []) {
    const [serial, date] = children(entry);
    revoked.set(readIntegerHex(serial), readTime(date));
  }
  return revoked;
}
