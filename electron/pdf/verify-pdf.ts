import { plainTexts } from '#shared/domain/plain-text.ts';
import type {
  DocumentVerdict,
  Finding,
  FindingCode,
  FindingParams,
  Severity,
  SignatureReport,
  Verdict,
  VerificationReport,
} from '#shared/domain/verification.ts';
import { verdictOf, worseVerdict } from '#shared/domain/verification.ts';
import { readCertificate } from './crypto/certificate.ts';
import type { OnUnproven } from './crypto/certification-path.ts';
import { ifReadable } from './crypto/der.ts';
import { readOcspAnswer } from './crypto/ocsp.ts';
import { PdfError } from './pdf-error.ts';
import { Budget } from './syntax/budget.ts';
import { openPdf } from './syntax/document.ts';
import type { PdfDocument } from './syntax/document.ts';
import { signatureMarks, tailOf } from './verify/byte-range.ts';
import { pagesWithCoveredText } from './verify/covered-text.ts';
import { detachedSignatures } from './verify/detached-signatures.ts';
import { hiddenFromUs } from './verify/hidden-objects.ts';
import { readSecurityStore } from './verify/security-store.ts';
import type { SecurityStore } from './verify/security-store.ts';
import { shadowContent } from './verify/shadow-content.ts';
import { objectOfValue, readFields, signedFields } from './verify/signature-fields.ts';
import type { FormField } from './verify/signature-fields.ts';
import { SignatureVerifier } from './verify/verify-signature.ts';
import type { Trust } from './verify/verify-signature.ts';

/** Certificates and revocation lists the reader relies on, all DER. */
export interface TrustStore {
  /** Trusted roots. */
  readonly anchors: readonly Uint8Array[];
  /** Help to build paths; not trusted by themselves. */
  readonly intermediates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  /** OCSP answers (RFC 6960), as they came. */
  readonly answers?: readonly Uint8Array[];
}

export const emptyTrust: TrustStore = { anchors: [], intermediates: [], crls: [] };

export interface VerifyOptions {
  readonly trust: TrustStore;
  readonly now: Date;
  /** See {@link OnUnproven}. */
  readonly onUnproven?: OnUnproven;
  /**
   * Opens an encrypted file, empty for one that opens without. When it is given, a file that it does not open is an error
   * even with signatures in it; when it is absent, files that need one get a report.
   */
  readonly password?: string | undefined;
}

/**
 * Judges every signature of a PDF from its bytes alone, without network or repair.
 * A damaged or encrypted file that carries signatures gets a report; without any it is an error.
 * @throws PdfError PDF_EMPTY, PDF_NOT_PDF, PDF_TOO_LARGE, PDF_BROKEN, PDF_ENCRYPTED, PDF_TOO_COMPLEX,
 *   PDF_ENCRYPTION_CHANGED; with a password PDF_PASSWORD_WRONG, PDF_ENCRYPTION_UNSUPPORTED
 * An unreadable certificate or list in `trust` counts as absent: it can only make the verdict more careful.
 */
export function verifyPdf(bytes: Uint8Array, { trust, now, onUnproven, password }: VerifyOptions): VerificationReport {
  const parsedTrust: Trust = {
    anchors: trust.anchors.flatMap((der) => ifReadable(readCertificate, der)),
    intermediates: trust.intermediates.flatMap((der) => ifReadable(readCertificate, der)),
    crls: trust.crls,
    answers: (trust.answers ?? []).flatMap((der) => ifReadable(readOcspAnswer, der)),
    onUnproven: onUnproven ?? (() => undefined),
  };
  try {
    const document = openPdf(bytes, new Budget(), password ?? '');
    // Names of certificates and fields are whatever the file's maker wrote.
    return plainTexts(reportOn(document, parsedTrust, now));
  } catch (thrown) {
    if (!(thrown instanceof PdfError)) throw thrown;
    const locked = thrown.code === 'PDF_ENCRYPTED' || thrown.code === 'PDF_ENCRYPTION_UNSUPPORTED';
    // To who has no password to give, the reason is one and the same.
    const error = locked && password === undefined ? new PdfError('PDF_ENCRYPTED') : thrown;
    if (signatureMarks(bytes).length > 0 && !(locked && password !== undefined)) return unreadableReport(error);
    throw error;
  }
}

const unreadableFindings: ReadonlyMap<string, readonly [FindingCode, Severity]> = new Map([
  ['PDF_BROKEN', ['FILE_DAMAGED', 'invalid']],
  ['PDF_ENCRYPTED', ['FILE_ENCRYPTED', 'indet']],
  ['PDF_ENCRYPTION_CHANGED', ['ENCRYPTION_CHANGED', 'invalid']],
  ['PDF_TOO_COMPLEX', ['FILE_TOO_COMPLEX', 'indet']],
]);

function unreadableReport(error: PdfError): VerificationReport {
  const [code, severity] = unreadableFindings.get(error.code) ?? [];
  if (code === undefined || severity === undefined) throw error;
  const findings = [finding(code, severity, error.params)];
  return { verdict: verdictOf(findings), integrity: verdictOf(findings), signatures: [], findings };
}

function finding(code: FindingCode, severity: Severity, params: FindingParams = {}): Finding {
  return { code, severity, params, scope: 'integrity' };
}

function reportOn(document: PdfDocument, trust: Trust, now: Date): VerificationReport {
  const fields = signedFields(readFields(document), document);
  const findings = fileFindings(document, fields);
  const numbers = fields.map(objectOfValue);
  let read: SecurityStore | undefined;
  const store = (): SecurityStore => (read ??= readSecurityStore(document));
  const verifiers = fields.map((field, index) => {
    const twice = numbers.some((num, other) => other !== index && num === numbers[index]);
    const shared = twice ? [...findings, finding('SIGNATURE_SHARED', 'warn', { field: field.name })] : findings;
    return new SignatureVerifier({ document, field, shared, store });
  });
  const vouched = new Set(
    fields.flatMap(({ holder }, index) => (verifiers[index]?.inspect() && holder !== undefined ? [holder] : [])),
  );
  const newestFirst = verifiers
    .toSorted((a, b) => b.revisionEnd - a.revisionEnd)
    .map((verifier) => ({ verifier, archive: verifier.archive() }));
  const archives = newestFirst.flatMap(({ archive }) => archive ?? []).toReversed();
  // What a trusted document time stamp covers existed at its time: older material is judged as of then.
  let known = now;
  const signatures = newestFirst
    .map(({ verifier, archive }) => {
      const report = verifier.conclude(vouched, trust, { now, known }, archives);
      const time = archive?.cms.time;
      if (time && time < known && verdictOf(report.findings, 'trust') === 'VALID') known = time;
      return report;
    })
    .toSorted((a, b) => a.revisionEnd - b.revisionEnd)
    .map((signature, index) => ({ ...signature, index }));
  return {
    verdict: overall(signatures, findings, (signature) => signature.verdict),
    integrity: overall(signatures, findings, (signature) => signature.integrity),
    signatures,
    findings,
  };
}

/** Findings about the file as a whole; those about its form count only when it is signed. */
function fileFindings(document: PdfDocument, fields: readonly FormField[]): Finding[] {
  const signed = fields.length > 0;
  const findings: Finding[] = [];
  const detached = detachedSignatures(document, fields);
  if (detached === 'removed') findings.push(finding('SIGNATURE_REMOVED', 'invalid'));
  else if (detached === 'orphan') findings.push(finding('ORPHAN_SIGNATURE', signed ? 'warn' : 'invalid'));
  if (!signed) return findings;
  const end = document.revisions.at(-1)?.end ?? 0;
  const tail = tailOf(document.bytes, end);
  if (tail === 'padding') findings.push(finding('TRAILING_PADDING', 'warn'));
  else if (tail === 'foreign') findings.push(finding('TRAILING_BYTES', 'invalid'));
  const hidden = hiddenFromUs(document);
  const notes = [...document.anomalies, ...hidden];
  if (notes.length > 0) findings.push(finding('FILE_UNUSUAL', 'warn', { notes: notes.join(', ') }));
  if (hidden.includes('OBJECT_UNREADABLE')) return findings;
  for (const code of shadowContent(document)) findings.push(finding(code, 'warn'));
  const covered = pagesWithCoveredText(document);
  if (covered.length > 0) findings.push(finding('SHADOW_COVERED', 'warn', { pages: covered.join(', ') }));
  return findings;
}

function overall(
  signatures: readonly SignatureReport[],
  findings: readonly Finding[],
  pick: (signature: SignatureReport) => Verdict,
): DocumentVerdict {
  if (signatures.length === 0 && findings.length === 0) return 'UNSIGNED';
  return signatures.map(pick).reduce(worseVerdict, verdictOf(findings));
}
