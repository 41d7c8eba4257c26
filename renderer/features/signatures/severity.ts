import type { Finding, Severity, VerificationReport } from '#shared/domain/verification.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tag.tsx';

export const severityLooks: Readonly<Record<Severity, { readonly icon: IconName; readonly tone: Tone }>> = {
  info: { icon: 'info', tone: 'plain' },
  warn: { icon: 'warning', tone: 'warn' },
  indet: { icon: 'shield-question', tone: 'warn' },
  invalid: { icon: 'shield-cross', tone: 'urgent' },
};

const rank: readonly Severity[] = ['invalid', 'indet', 'warn', 'info'];

/** Findings of the whole document, the gravest first; those of `info` change no verdict and are left out. */
export function worstFirst(report: VerificationReport): readonly Finding[] {
  return [...report.findings, ...report.signatures.flatMap((signature) => signature.findings)]
    .filter((finding) => finding.severity !== 'info')
    .toSorted((one, other) => rank.indexOf(one.severity) - rank.indexOf(other.severity));
}
