import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFinding } from '#shared/messages/describe-finding.ts';
import { verdictOf } from '#shared/domain/verification.ts';
import type { DocumentVerdict, Finding, SignatureReport, VerificationReport } from '#shared/domain/verification.ts';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { httpRevocationServices } from '#network/validation-services.ts';
import { verifyOnline } from '#pdf/verify-online.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { loadTrust } from '../load-trust.ts';
import { noLog } from '../machine-ports.ts';
import { UsageError } from './failures.ts';
import { printJson, readInput, readPasswordVariable, refuseExtra } from './input-file.ts';
import { readTrustOption } from './trust-option.ts';

export const shippedTrust = join(import.meta.dirname, '../../../resources/trust');

/** So that a script needs no JSON; 2, as everywhere, is wrong use or a file that cannot be read. */
const EXIT_STATUS: Readonly<Record<DocumentVerdict, number>> = {
  VALID: 0,
  WARN: 10,
  INDET: 11,
  INVALID: 12,
  UNSIGNED: 13,
};

/** What the signatures of a file prove. @returns the exit status of the verdict */
export async function verifyCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      trust: { type: 'string', multiple: true, default: [] },
      at: { type: 'string' },
      offline: { type: 'boolean', default: false },
      'pdf-password-env': { type: 'string' },
    },
  });
  refuseExtra(positionals, 1);
  const now = values.at === undefined ? new Date() : readTime(values.at);
  const password = readPasswordVariable(values['pdf-password-env']);
  const given = await Promise.all(values.trust.map(readTrustOption));
  const shipped = loadTrust([shippedTrust], noLog);
  const trust = {
    anchors: [shipped, ...given].flatMap(({ anchors }) => anchors),
    intermediates: [shipped, ...given].flatMap(({ intermediates }) => intermediates),
    crls: [shipped, ...given].flatMap(({ crls }) => crls),
  };
  const bytes = await readInput(positionals[0], MAX_PDF_BYTES);
  // Authorities say what holds now, and nothing of another time.
  const asks = !values.offline && values.at === undefined;
  const opened = password ?? '';
  const report = asks
    ? await verifyOnline(bytes, trust, revocationServices(), () => new Date(), opened)
    : verifyPdf(bytes, { trust, now, password: opened });
  if (values.json)
    printJson({ ...report, signatures: report.signatures.map(describeSignature), reasons: codesOf(report.findings) });
  else printReport(report);
  return EXIT_STATUS[report.verdict];
}

/** Nobody waits for an authority as long as whoever signs. */
const ASKING_MS = 5_000;

function revocationServices(): ReturnType<typeof httpRevocationServices> {
  return httpRevocationServices((url, init) => fetch(url, init), ASKING_MS);
}

/** With a zone, since `12:00` alone is another moment on every machine; a day begins at midnight in Việt Nam. */
const timePattern = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2}))?$/;

function readTime(text: string): Date {
  const [, day = '', time = '00:00', zone = '+07:00'] = timePattern.exec(text) ?? [];
  const at = new Date(`${day}T${time}${zone}`);
  const start = new Date(`${day}T00:00Z`);
  // Date takes 31 February for 3 March.
  const exists = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day);
  if (day === '' || !exists || Number.isNaN(at.getTime())) {
    throw new UsageError('--at is a day or a time with its zone, as 2026-05-24 or 2026-05-24T08:30:00+07:00');
  }
  return at;
}

function describeSignature(signature: SignatureReport): object {
  const { fieldName: field, signerName: signer, verdict, integrity, claimedTime, findings, level, ...more } = signature;
  return {
    field,
    verdict,
    integrity,
    trust: verdictOf(findings, 'trust'),
    level: level ?? null,
    signer,
    /** As the signer claims it. */
    time: claimedTime ?? null,
    reasons: codesOf(findings),
    ...more,
    findings,
  };
}

function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ code }) => code))];
}

function printReport(report: VerificationReport): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const tell = (finding: Finding) => say(`    ${finding.code}: ${describeFinding('vi', finding)}`);
  say(`${report.verdict} (integrity ${report.integrity})`);
  report.findings.forEach(tell);
  for (const signature of report.signatures) {
    say(
      `${signature.index + 1}. ${signature.verdict} ${signature.role} ${signature.signerName} (${signature.organisation})`,
    );
    signature.findings.forEach(tell);
  }
}
