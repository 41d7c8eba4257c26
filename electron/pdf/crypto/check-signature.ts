import { constants, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { children, contextTag, DerError, readOid, readSmallInteger } from './der.ts';
import type { DerNode } from './der.ts';
import { isNative } from './hash.ts';
import { digestByOid, OID, signatureByOid } from './oids.ts';
import { checkEcdsa, checkEd448, checkRsa, checkRsaPss, rareKeyKind } from './rare-keys.ts';

/** `mismatch`: the algorithm identifiers contradict each other or the key. */
export type SignatureCheck = 'good' | 'bad' | 'unsupported' | 'mismatch';

export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: DerNode | undefined;
}

/** Whose signature is checked: a certificate. */
interface Signer {
  readonly publicKey: KeyObject | undefined;
  readonly spki: Uint8Array;
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
  if (algorithm.oid === OID.ed448) return 'shake256';
  return undefined;
}

/**
 * Checks `signature` over `data`. Algorithms that are not known are `unsupported`, never guessed; what the runtime lacks of
 * those that are is in `rare-keys.ts`.
 * @param outer see {@link digestOf}
 * @throws DerError on malformed parameters
 */
export function checkSignature(
  algorithm: AlgorithmIdentifier,
  signer: Signer,
  data: Uint8Array,
  signature: Uint8Array,
  outer?: string,
): SignatureCheck {
  const keyType = signer.publicKey?.asymmetricKeyType ?? rareKeyKind(signer.spki);
  if (keyType === undefined) return 'unsupported';
  try {
    const { oid } = algorithm;
    if (oid === OID.ed25519 || oid === OID.ed448) {
      if (keyType !== (oid === OID.ed25519 ? 'ed25519' : 'ed448')) return 'mismatch';
      return judged(checkEdwards(signer, data, signature));
    }
    const digest = digestOf(algorithm, outer);
    if (digest === undefined) return 'unsupported';
    if (oid === OID.rsaPss) return checkPss(algorithm, signer, data, signature);
    const kind = signatureByOid.get(oid)?.[0] ?? 'rsa';
    if (keyType !== (kind === 'rsa' ? 'rsa' : 'ec')) return 'mismatch';
    return judged(checkDigested(signer, data, signature, { kind, digest }));
  } catch (error) {
    if (error instanceof DerError) throw error;
    // A refusal by the library is not a verdict on the signature.
    return 'unsupported';
  }
}

function judged(good: boolean | undefined): SignatureCheck {
  if (good === undefined) return 'unsupported';
  return good ? 'good' : 'bad';
}

function checkEdwards({ publicKey, spki }: Signer, data: Uint8Array, signature: Uint8Array): boolean {
  return publicKey ? verify(null, data, publicKey, signature) : checkEd448(spki, data, signature);
}

function checkDigested(
  { publicKey, spki }: Signer,
  data: Uint8Array,
  signature: Uint8Array,
  { kind, digest }: { readonly kind: 'rsa' | 'ec' | 'plain'; readonly digest: string },
): boolean | undefined {
  const native = publicKey && isNative(digest) ? publicKey : undefined;
  if (kind === 'rsa') {
    if (native) return verify(digest, data, native, signature);
    return publicKey && checkRsa(publicKey, data, signature, digest);
  }
  if (native) {
    const dsaEncoding = kind === 'plain' ? 'ieee-p1363' : 'der';
    return verify(digest, data, { key: native, dsaEncoding }, signature);
  }
  return checkEcdsa(spki, data, signature, { digest, format: kind === 'plain' ? 'compact' : 'der' });
}

function checkPss(
  algorithm: AlgorithmIdentifier,
  { publicKey: key }: Signer,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureCheck {
  const pss = readPss(algorithm.parameters);
  if (!pss || !key) return 'unsupported';
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'rsa-pss') return 'mismatch';
  if (pss.digest !== pss.maskDigest) return 'mismatch';
  if (!isNative(pss.digest)) return judged(checkRsaPss(key, data, signature, pss));
  const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength };
  return judged(verify(pss.digest, data, options, signature));
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
