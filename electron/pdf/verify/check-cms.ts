import { verdictOf } from '#shared/domain/verification.ts';
import type { Finding, FindingCode, FindingParams, Severity } from '#shared/domain/verification.ts';
import { toDefiniteForm } from '../crypto/ber.ts';
import type { DefiniteForm } from '../crypto/ber.ts';
import { isIssuedBy, readCertificate } from '../crypto/certificate.ts';
import type { Certificate } from '../crypto/certificate.ts';
import { checkSignature, digestOf, readAlgorithm } from '../crypto/check-signature.ts';
import { MAX_EMBEDDED, readSignedData } from '../crypto/cms.ts';
import type { SignedData } from '../crypto/cms.ts';
import {
  children,
  contextTag,
  DerError,
  expectTag,
  ifReadable,
  readOid,
  readTime,
  sameBytes,
  TAG,
} from '../crypto/der.ts';
import type { DerNode } from '../crypto/der.ts';
import { hashParts } from '../crypto/hash.ts';
import { digestByOid, OID } from '../crypto/oids.ts';
import { readTimestampInfo } from '../crypto/timestamp.ts';
import { digestWeakness, keyWeakness } from '../crypto/strength.ts';
import type { Weakness } from '../crypto/strength.ts';

export interface CmsCheck {
  readonly findings: readonly Finding[];
  readonly signer: Certificate | undefined;
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Uint8Array[];
  readonly signingTime: Date | undefined;
  /** What a time stamp states; undefined for a signature. */
  readonly time: Date | undefined;
  /** The time stamps over this very signature that are intact. */
  readonly tokens: readonly CmsCheck[];
}

const emptyCheck: CmsCheck = {
  findings: [],
  signer: undefined,
  certificates: [],
  crls: [],
  signingTime: undefined,
  time: undefined,
  tokens: [],
};

/**
 * Checks the CMS of a signature against the signed bytes (RFC 5652, ETSI EN 319 142-1).
 * @param contents /Contents with padding
 * @param signedParts the byte ranges
 * @param kind `cades` for ETSI.CAdES.detached, `pkcs7` for adbe.pkcs7.detached, `timestamp` for ETSI.RFC3161
 */
export function checkCms(
  contents: Uint8Array,
  signedParts: readonly Uint8Array[],
  kind: 'cades' | 'pkcs7' | 'timestamp',
): CmsCheck {
  try {
    const { bytes, changed } = withoutPadding(contents);
    const check = new CmsChecker(readSignedData(bytes), signedParts, kind).run();
    const streamed = integrity('PROFILE_DEVIATION', 'info', { attribute: 'BER' });
    return changed ? { ...check, findings: [...check.findings, streamed] } : check;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { ...emptyCheck, findings: [integrity('CMS_MALFORMED', 'invalid', { hint: error.message })] };
  }
}

function integrity(code: FindingCode, severity: Severity, params: FindingParams = {}): Finding {
  return { code, severity, params, scope: 'integrity' };
}

/** The element at the start, in definite form; only zero bytes may follow it. */
function withoutPadding(contents: Uint8Array): DefiniteForm {
  const element = toDefiniteForm(contents);
  if (contents.subarray(element.length).some((byte) => byte !== 0)) throw new DerError('bytes after the signature');
  return element;
}

class CmsChecker {
  readonly #cms: SignedData;
  readonly #parts: readonly Uint8Array[];
  readonly #kind: 'cades' | 'pkcs7' | 'timestamp';
  readonly #findings: Finding[] = [];
  #time: Date | undefined;

  constructor(cms: SignedData, parts: readonly Uint8Array[], kind: 'cades' | 'pkcs7' | 'timestamp') {
    this.#cms = cms;
    this.#parts = parts;
    this.#kind = kind;
  }

  run(): CmsCheck {
    const { signer, crls } = this.#cms;
    // If the unreadable one is the signer's, that is reported below as missing.
    const certificates = this.#cms.certificates.flatMap((der) => ifReadable(readCertificate, der));
    const certificate = certificates.find((candidate) => this.#identifies(candidate));
    const time = signer.signedAttributes.get(OID.signingTime);
    this.#checkDigest();
    if (certificate) {
      this.#checkBinding(certificate, certificates);
      this.#checkSignature(certificate);
      this.#reportWeakness(keyWeakness(certificate.publicKey));
    } else this.#report('SIGNER_CERT_MISSING', 'invalid');
    if (this.#kind === 'cades' && time) this.#report('PROFILE_DEVIATION', 'info', { attribute: 'signing-time' });
    const tokens = (signer.unsignedAttributes.get(OID.signatureTimeStamp) ?? []).flatMap((token) =>
      this.#checkToken(token.whole),
    );
    return {
      findings: this.#findings,
      signer: certificate,
      certificates,
      crls: [...crls, ...archivedLists(signer.signedAttributes.get(OID.revocationArchive))],
      signingTime: time ? readTime(time) : undefined,
      time: this.#time,
      tokens,
    };
  }

  #report(code: FindingCode, severity: Severity, params: FindingParams = {}): void {
    this.#findings.push(integrity(code, severity, params));
  }

  #reportWeakness(weakness: Weakness | undefined): void {
    if (weakness) this.#report('ALGORITHM_WEAK', weakness.severity, { algorithm: weakness.algorithm });
  }

  /**
   * A signature time stamp must be over this very signature value (RFC 3161, appendix A; ETSI EN 319 122-1, 5.3). It
   * stands outside what is signed, so a foreign one takes the time away, not the signature.
   */
  #checkToken(token: Uint8Array): CmsCheck[] {
    const check = checkCms(token, [this.#cms.signer.signature], 'timestamp');
    const verdict = verdictOf(check.findings);
    if (verdict === 'INVALID') this.#report('TIMESTAMP_MISMATCH', 'warn');
    return verdict === 'INVALID' || verdict === 'INDET' ? [] : [check];
  }

  #identifies(candidate: Certificate): boolean {
    const { identifier } = this.#cms.signer;
    if ('keyId' in identifier) {
      return candidate.subjectKeyId !== undefined && sameBytes(candidate.subjectKeyId, identifier.keyId);
    }
    return sameBytes(candidate.issuerDn, identifier.issuerDn) && candidate.serial === identifier.serial;
  }

  #checkDigest(): void {
    const { signer, content, contentType } = this.#cms;
    const digest = digestByOid.get(signer.digestOid);
    if (digest === undefined) {
      this.#report('ALGORITHM_UNSUPPORTED', 'indet', { algorithm: signer.digestOid });
      return;
    }
    this.#reportWeakness(digestWeakness(digest));
    const { signedAttributes } = signer;
    if (!signer.signedBytes && this.#kind === 'pkcs7') {
      if (contentType !== OID.data || content !== undefined) throw new DerError('content');
      return;
    }
    const stated = signedAttributes.get(OID.messageDigest);
    const statedType = signedAttributes.get(OID.contentType);
    if (!stated || !statedType || !signer.signedBytes) throw new DerError('signed attributes missing');
    if (readOid(statedType) !== contentType) throw new DerError('content type');
    const timestamp = this.#kind === 'timestamp';
    if (contentType !== (timestamp ? OID.tstInfo : OID.data)) throw new DerError('content type');
    if ((content !== undefined) !== timestamp) throw new DerError('content');
    const covered = content === undefined ? this.#parts : [content];
    if (!sameBytes(hashParts(digest, covered), expectTag(stated, TAG.octetString).content)) {
      this.#report('DIGEST_MISMATCH', 'invalid');
    }
    if (content !== undefined) this.#checkImprint(content);
  }

  /** The imprint of a timestamp token must be that of the document, or the token was copied (RFC 3161, 2.4.2). */
  #checkImprint(content: Uint8Array): void {
    const { digest, imprint, time } = readTimestampInfo(content);
    this.#time = time;
    if (digest === undefined) {
      this.#report('ALGORITHM_UNSUPPORTED', 'indet', { algorithm: 'messageImprint' });
      return;
    }
    this.#reportWeakness(digestWeakness(digest));
    if (!sameBytes(hashParts(digest, this.#parts), imprint)) {
      this.#report('TIMESTAMP_MISMATCH', 'invalid');
    }
  }

  #checkBinding(certificate: Certificate, enclosed: readonly Certificate[]): void {
    const { signedAttributes } = this.#cms.signer;
    const v2 = signedAttributes.get(OID.signingCertificateV2);
    const v1 = signedAttributes.get(OID.signingCertificate);
    if (!v2 && !v1) {
      // Without it another certificate for the same key could be put in its place. CAdES demands it (ETSI EN 319 142-1,
      // 6.3); PKCS#7 does not, but then the certificate must prove itself, by its own key or by an enclosed issuer's.
      const proved = this.#kind === 'pkcs7' && enclosed.some((issuer) => isIssuedBy(certificate, issuer));
      if (!proved) this.#report('SIGNING_CERT_ABSENT', 'warn');
      return;
    }
    const bound = v2 ? bindsV2(v2, certificate) : v1 ? bindsV1(v1, certificate) : false;
    if (!bound) this.#report('SIGNING_CERT_MISMATCH', 'invalid');
  }

  #checkSignature(certificate: Certificate): void {
    const { signer } = this.#cms;
    const outer = digestByOid.get(signer.digestOid);
    if (outer === undefined) return;
    const used = digestOf(signer.algorithm, outer);
    if (used !== undefined && used !== outer) {
      this.#report('ALGORITHM_MISMATCH', 'invalid', { digest: outer, signature: used });
      return;
    }
    const { algorithm, signature } = signer;
    // Plain PKCS#7 may do without signed attributes: the signature is then over the document itself (RFC 5652, 5.4).
    const signedBytes = signer.signedBytes ?? Buffer.concat(this.#parts);
    const result = checkSignature(algorithm, certificate, signedBytes, signature, outer);
    if (result === 'bad') this.#report('SIGNATURE_MISMATCH', 'invalid');
    else if (result === 'mismatch') this.#report('ALGORITHM_MISMATCH', 'invalid', { algorithm: algorithm.oid });
    else if (result === 'unsupported') this.#report('ALGORITHM_UNSUPPORTED', 'indet', { algorithm: algorithm.oid });
  }
}

/** The revocation lists that Adobe's programs put into a signature (ISO 32000-2, 12.8.3.3.2). */
function archivedLists(archive: DerNode | undefined): Uint8Array[] {
  const lists = (archive ? children(archive) : []).find((field) => field.tag === contextTag(0));
  const [sequence] = lists ? children(lists) : [];
  return (sequence ? children(sequence) : []).slice(0, MAX_EMBEDDED).map((list) => list.whole);
}

/** ESSCertIDv2 (RFC 5035): the digest is SHA-256 unless named. */
function bindsV2(attribute: DerNode, certificate: Certificate): boolean {
  const first = firstCertificateId(attribute);
  const [head] = first;
  const named = head?.tag === TAG.sequence;
  const digest = named ? digestByOid.get(readAlgorithm(head).oid) : 'sha256';
  const hash = expectTag(named ? first[1] : head, TAG.octetString).content;
  return digest !== undefined && sameBytes(hashParts(digest, [certificate.der]), hash);
}

/** ESSCertID (RFC 2634): always SHA-1. */
function bindsV1(attribute: DerNode, certificate: Certificate): boolean {
  const [hash] = firstCertificateId(attribute);
  return sameBytes(hashParts('sha1', [certificate.der]), expectTag(hash, TAG.octetString).content);
}

function firstCertificateId(attribute: DerNode): DerNode[] {
  const [certificates] = children(attribute);
  const [first] = certificates ? children(certificates) : [];
  if (!first) throw new DerError('signing certificate');
  return children(first);
}
