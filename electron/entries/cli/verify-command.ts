import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillText } from '#shared/messages/fill-text.ts';
import { findingsVi } from '#shared/messages/findings.vi.ts';
import type { Finding } from '#shared/domain/verification.ts';
import { MAX_PDF_BYTES } from '#pdf/limits.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { loadTrust } from '../load-trust.ts';
import { noLog } from '../machine-ports.ts';
import { printJson, readInput, refuseExtra } from './input-file.ts';

const shippedTrust = join(import.meta.dirname, '../../../resources/trust');

export async function verifyCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, trust: { type: 'string', multiple: true, default: [] } },
  });
  refuseExtra(positionals, 1);
  const bytes = await readInput(positionals[0], MAX_PDF_BYTES);
  const report = verifyPdf(bytes, { trust: loadTrust([shippedTrust, ...values.trust], noLog), now: new Date() });
  if (values.json) {
    printJson(report);
    return 0;
  }
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const tell = (finding: Finding) =>
    say(`    ${finding.code}: ${fillText(findingsVi[finding.code], finding.params, (blank) => blank)}`);
  say(`${report.verdict} (integrity ${report.integrity})`);
  report.findings.forEach(tell);
  for (const signature of report.signatures) {
    say(
      `${signature.index + 1}. ${signature.verdict} ${signature.role} ${signature.signerName} (${signature.organisation})`,
    );
    signature.findings.forEach(tell);
  }
  return 0;
}
