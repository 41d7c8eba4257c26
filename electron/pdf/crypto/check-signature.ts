import { constants, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { children, contextTag, DerError, readOid, readSmallInteger } from './der.ts';
import type { DerNode } from './der.ts';
import { digestByOid, OID, signatureByOid } from './oids.ts';

/** `mismatch`: the algorithm identifiers contradict each other or the key. */
export type SignatureCheck = 'good' | 'bad' | 'unsupported' | 'mismatch';

export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: DerNode | undefined;
}

/** @throws DerError */
export function readAlgorithm(node: DerNode | undefined): AlgorithmIdentifier {
  if (!node) throw new DerError('algorithm identifier');
  const [oid, parameters] = children(node);
  return { oid: readOid(oid), parameters };
}

/**
 * The digest a signature algorithm uses (node:crypto name).
 * @param outer digest named elsewhere (CMS digestAlgorithm); decides for plain rsaEncryption
 */
export function digestOf(algorithm: AlgorithmIdentifier, outer?: string): string | undefined {
  const fixed = signatureByOid.get(algorithm.oid);
  if (fixed) return fixed[1];
  if (algorithm.oid === OID.rsaEncryption) return outer;
  if (algorithm.oid === OID.rsaPss) return readPss(algorithm.parameters)?.digest;
  if (algorithm.oid === OID.ed25519) return 'sha512';
  return undefined;
}

/**
 * Checks `signature` over `data`. Algorithms the runtime lacks are `unsupported`, never guessed.
 * @param outer see {@link digestOf}
 * @throws DerError on malformed parameters
 */
export function checkSignature(
  algorithm: AlgorithmIdentifier,
  key: KeyObject | undefined,
  data: Uint8Array,
  signature: Uint8Array,
  outer?: string,
): SignatureCheck {
  if (!key) return 'unsupported';
  const keyType = key.asymmetricKeyType;
  try {
    if (algorithm.oid === OID.ed25519) {
      if (keyType !== 'ed25519') return 'mismatch';
      return verify(null, data, key, signature) ? 'good' : 'bad';
    }
    const digest = digestOf(algorithm, outer);
    if (digest === undefined) return 'unsupported';
    if (algorithm.oid === OID.rsaPss) return checkPss(algorithm, key, data, signature);
    const kind = signatureByOid.get(algorithm.oid)?.[0] ?? 'rsa';
    if (keyType !== kind) return 'mismatch';
    return verify(digest, data, key, signature) ? 'good' : 'bad';
  } catch (error) {
    if (error instanceof DerError) throw error;
    // BoringSSL and OpenSSL differ in what they implement; a refusal by the library is not a verdict on the signature.
    return 'unsupported';
  }
}

function checkPss(
  algorithm: AlgorithmIdentifier,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureCheck {
  const pss = readPss(algorithm.parameters);
  if (!pss) return 'unsupported';
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'rsa-pss') return 'mismatch';
  if (pss.digest !== pss.maskDigest) return 'mismatch';
  const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength };
  return verify(pss.digest, data, options, signature) ? 'good' : 'bad';
}

interface PssParameters {
  readonly digest: string;
  readonly maskDigest: string;
  readonly saltLength: number;
}

/** RSASSA-PSS-params (RFC 8017, A.2.3); undefined when a digest or mask function is unknown. */
function readPss(parameters: DerNode | undefined): PssParameters | undefined {
  let digest: string | undefined = 'sha1';
  let maskDigest: string | undefined = 'sha1';
  let saltLength = 20;
  for (const field of parameters ? children(parameters) : []) {
    const [inner] = children(field);
    if (field.tag === contextTag(0)) digest = digestByOid.get(readAlgorithm(inner).oid);
    else if (field.tag === contextTag(1)) {
      const mask = readAlgorithm(inner);
      if (mask.oid !== OID.mgf1) return undefined;
      maskDigest = digestByOid.get(readAlgorithm(mask.parameters).oid);
    } else if (field.tag === contextTag(2)) saltLength = readSmallInteger(inner);
  }
  return digest === undefined || maskDigest === undefined ? undefined : { digest, maskDigest, saltLength };
}
