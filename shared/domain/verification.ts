/**
 * What checking a signed PDF says. Words follow ETSI EN 319 102-1 in spirit, with four verdicts a clerk can act on:
 * VALID   intact, trusted and current
 * WARN    intact, but something was added afterwards or looks unusual
 * INDET   cannot be concluded: trust, time, revocation or an algorithm is open
 * INVALID broken, forged, revoked or changed
 */
export const VERDICTS = ['VALID', 'WARN', 'INDET', 'INVALID'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** UNSIGNED: the file holds no signature and nothing that looks like one. */
export type DocumentVerdict = Verdict | 'UNSIGNED';

/** A person's signature (chữ ký số cá nhân), an agency's seal (con dấu số cơ quan), or a document timestamp. */
export const SIGNATURE_ROLES = ['person', 'seal', 'timestamp'] as const;
export type SignatureRole = (typeof SIGNATURE_ROLES)[number];

export const SEVERITIES = ['info', 'warn', 'indet', 'invalid'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const FINDING_CODES = [
  'FILE_DAMAGED',
  'FILE_ENCRYPTED',
  'ENCRYPTION_CHANGED',
  'FILE_UNUSUAL',
  'FILE_TOO_COMPLEX',
  'TRAILING_BYTES',
  'TRAILING_PADDING',
  'ORPHAN_SIGNATURE',
  'SIGNATURE_REMOVED',
  'SIGNATURE_SHARED',
  'SIGNATURE_STRUCTURE',
  'NOT_COVERED',
  'SIGNATURE_DICT_CHANGED',
  'SIGNATURE_APPEARANCE_CHANGED',
  'SIGNATURE_COVERS_PAGE',
  'SUBFILTER_OBSOLETE',
  'SUBFILTER_UNKNOWN',
  'CMS_MALFORMED',
  'DIGEST_MISMATCH',
  'SIGNATURE_MISMATCH',
  'SIGNER_CERT_MISSING',
  'SIGNING_CERT_MISMATCH',
  'SIGNING_CERT_ABSENT',
  'PROFILE_DEVIATION',
  'ALGORITHM_MISMATCH',
  'ALGORITHM_WEAK',
  'ALGORITHM_UNSUPPORTED',
  'PAGES_CHANGED',
  'PAGE_CONTENT_CHANGED',
  'ANNOTATION_CHANGED',
  'FORM_CHANGED',
  'FIELD_CHANGED',
  'DOCUMENT_CHANGED',
  'CHANGE_NOT_PERMITTED',
  'SHADOW_LAYERS',
  'SHADOW_SCRIPT',
  'SHADOW_VALUES',
  'SHADOW_XFA',
  'SHADOW_EXTERNAL',
  'SHADOW_COVERED',
  'SHADOW_PAGES',
  'CERT_UNTRUSTED',
  'CERT_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_WRONG_USAGE',
  'CERT_CHAIN_INVALID',
  'REVOCATION_NOT_CHECKED',
  'REVOCATION_STALE',
  'TIMESTAMP_UNPROVEN',
  'TIMESTAMP_MISMATCH',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export type FindingParams = Readonly<Record<string, string | number>>;

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly params: FindingParams;
  /** `integrity`: follows from the bytes of the file alone. `trust`: depends on trust anchors, time or revocation. */
  readonly scope: 'integrity' | 'trust';
}

/** Baseline levels of PAdES (ETSI EN 319 142-1, clause 6), the lowest first. */
export const PADES_LEVELS = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export type PadesLevel = (typeof PADES_LEVELS)[number];

/** Whether a level is `wanted` or above; what has none is of no profile. */
export function reachesLevel(level: PadesLevel | undefined, wanted: PadesLevel): boolean {
  return level !== undefined && PADES_LEVELS.indexOf(level) >= PADES_LEVELS.indexOf(wanted);
}

export interface SignatureReport {
  /** Order of signing, from 0; also the index for extracting the signed revision. */
  readonly index: number;
  readonly fieldName: string;
  readonly role: SignatureRole;
  /** Common name of the signer's certificate; empty when there is no readable certificate. */
  readonly signerName: string;
  /** Title (chức vụ) from the certificate, or empty. */
  readonly signerTitle: string;
  /** Organisation of the certificate; empty when absent. */
  readonly organisation: string;
  /** Common name of the issuing authority. */
  readonly issuer: string;
  /** Serial number of the certificate, upper-case hex. */
  readonly serial: string;
  /** Validity of the certificate, ISO 8601 in UTC; absent without a certificate. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** The time the signer claims (/M, or signing-time), ISO 8601. Not proof. */
  readonly claimedTime?: string;
  /** A trusted time stamp proves that the signature existed then, ISO 8601. */
  readonly provenTime?: string;
  /** Of an intact signature of the profile PAdES; absent for others, and in reports of older versions. */
  readonly level?: PadesLevel;
  readonly reason?: string;
  readonly subFilter: string;
  /** Page (from 1) and rectangle [x1, y1, x2, y2] in user space of the visible appearance, when there is one. */
  readonly page?: number;
  readonly rect?: readonly [number, number, number, number];
  readonly verdict: Verdict;
  readonly integrity: Verdict;
  /** The signature covers every byte of one revision but its own place. */
  readonly coversWholeRevision: boolean;
  /** Length in bytes of the revision that was signed; 0 when unknown. */
  readonly revisionEnd: number;
  readonly findings: readonly Finding[];
}

export interface VerificationReport {
  readonly verdict: DocumentVerdict;
  /** What the bytes alone prove, without trust, time and revocation. */
  readonly integrity: DocumentVerdict;
  readonly signatures: readonly SignatureReport[];
  /** About the file as a whole. */
  readonly findings: readonly Finding[];
}

const severityVerdict: Readonly<Record<Severity, Verdict>> = {
  info: 'VALID',
  warn: 'WARN',
  indet: 'INDET',
  invalid: 'INVALID',
};

/** The worse of two verdicts. */
export function worseVerdict(a: Verdict, b: Verdict): Verdict {
  return VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b;
}

/** The verdict that a list of findings leads to; `scope` restricts it to findings of that scope. */
export function verdictOf(findings: readonly Finding[], scope?: Finding['scope']): Verdict {
  return findings
    .filter((finding) => scope === undefined || finding.scope === scope)
    .reduce<Verdict>((worst, finding) => worseVerdict(worst, severityVerdict[finding.severity]), 'VALID');
}

/** Of a certificate that would make no valid signature, whatever the password. */
export const SIGNER_ERROR_CODES = [
  'SIGN_CERT_EXPIRED',
  'SIGN_CERT_NOT_YET_VALID',
  'SIGN_CERT_WRONG_USAGE',
  'SIGN_CERT_WEAK',
  'SIGN_CERT_REVOKED',
  'SIGN_CHAIN_INVALID',
  'SIGN_CERT_UNREADABLE',
] as const;

/** Expected failures of reading, stamping, signing and verifying, and of opening a key file. */
export const PDF_ERROR_CODES = [
  'PDF_EMPTY',
  'PDF_NOT_PDF',
  'PDF_TOO_LARGE',
  'PDF_BROKEN',
  'PDF_ENCRYPTED',
  'PDF_PASSWORD_WRONG',
  'PDF_ENCRYPTION_UNSUPPORTED',
  'PDF_ENCRYPTION_CHANGED',
  'PDF_TOO_COMPLEX',
  'PDF_NO_SUCH_PAGE',
  'PDF_NO_SUCH_SIGNATURE',
  'STAMP_ALREADY_SIGNED',
  'STAMP_TEXT_UNSUPPORTED',
  'SIGN_PERMISSION_FORBIDS',
  'SIGN_DOCMDP_FORBIDS',
  'SIGN_WOULD_WARN',
  'SIGN_TEXT_COVERED',
  'SIGN_NOT_PERSON_SIGNED',
  'SIGN_INVALID_EXISTING',
  ...SIGNER_ERROR_CODES,
  'SIGN_KEY_MISMATCH',
  'SIGN_CHAIN_INCOMPLETE',
  'SIGN_REVOCATION_UNKNOWN',
  'SIGN_LEVEL_NOT_REACHED',
  'RENEW_NO_DATA',
  'TSA_ADDRESS',
  'TSA_UNREACHABLE',
  'TSA_REFUSED',
  'TSA_ANSWER_BROKEN',
  'TSA_ANSWER_MISMATCH',
  'TSA_CERT_WRONG_USAGE',
  'TSA_CERT_EXPIRED',
  'TSA_CERT_REVOKED',
  'SIGN_IMAGE_UNSUPPORTED',
] as const;
export type PdfErrorCode = (typeof PDF_ERROR_CODES)[number];

export const KEY_FILE_ERROR_CODES = [
  'P12_NO_PASSWORD',
  'P12_WRONG_PASSWORD',
  'P12_BROKEN',
  'P12_NO_KEY',
  'P12_KEY_UNSUPPORTED',
] as const;
export type KeyFileErrorCode = (typeof KEY_FILE_ERROR_CODES)[number];
